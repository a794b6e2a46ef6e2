/// A math function: what it is called, and where it is found.
///
/// The catalogue, ``all``, is data: the linker lowers intrinsics with it, the compiler names the
/// functions of kernels by ``number``.
public struct MathFunction: Hashable, Sendable {
  /// What goes in and what comes out.
  public enum Shape: Hashable, Sendable {
    /// One number to one.
    case unary
    /// Two numbers to one.
    case binary
    /// Three numbers to one.
    case ternary
    /// A number and an integer to a number: `ldexp`.
    case floatAndInteger
    /// An integer and a number to a number: `jn`.
    case integerAndFloat
    /// A number to an integer: `lround`.
    case toInteger
    /// Several results, by pointers in C: `sincos`.
    case severalResults
  }

  /// A small integer of its own that never changes, so that files may hold it.
  public let number: UInt16
  /// What C calls it for `double`.
  public let name: String
  /// What goes in and what comes out.
  public let shape: Shape
  /// The intrinsic of LLVM's that stands for it, without types: `llvm.sin`; nil if there is none.
  public let intrinsic: String?
  /// The operation of MLIR's that stands for it: `math.sin`; nil if there is none.
  public let operation: String?
  /// Where it is found.
  let libraries: Libraries

  /// How many arguments it takes, results by pointer not counted.
  public var arity: Int {
    switch shape {
    case .unary, .toInteger: 1
    case .ternary: 3
    case .severalResults: name == "remquo" ? 2 : 1
    case .binary, .floatAndInteger, .integerAndFloat: 2
    }
  }

  /// Whether both have the same number.
  public static func == (a: MathFunction, b: MathFunction) -> Bool { a.number == b.number }
  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

// MARK: Looking up

extension MathFunction {
  /// The function that C calls by this name for `double`.
  public static func named(_ name: String) -> MathFunction? { byName[name] }

  /// The function of this number.
  public static func numbered(_ number: UInt16) -> MathFunction? {
    let index = Int(number) - 1
    return all.indices.contains(index) ? all[index] : nil
  }

  /// The function that an intrinsic of LLVM's stands for: `llvm.sin`, without types.
  public static func standing(forIntrinsic name: String) -> MathFunction? { byIntrinsic[name] }

  /// The function that an operation of MLIR's stands for: `math.sin`.
  public static func standing(forOperation name: String) -> MathFunction? { byOperation[name] }

  /// The function and the type of a libm's function: `sinf` is `sin` for `f32`.
  ///
  /// - Parameters:
  ///   - symbol: the name in C.
  ///   - longDouble: C's `long double` on the target.
  public static func named(
    inC symbol: String,
    longDouble: FloatType? = .x86FP80
  ) -> (function: MathFunction, type: FloatType)? {
    guard let (function, type) = bySymbol[symbol] else { return nil }
    guard type == .x86FP80 else { return (function, type) }
    return longDouble.map { (function, $0) }
  }

  private static let byName = index { $0.name }
  private static let byIntrinsic = index { $0.intrinsic }
  private static let byOperation = index { $0.operation }

  private static let bySymbol: [String: (MathFunction, FloatType)] = {
    var functions: [String: (MathFunction, FloatType)] = [:]
    for function in all {
      for type in [FloatType.f64, .f32, .x86FP80, .f128] {
        for library in [MathLibrary.glibc, .musl] {
          guard let name = function.name(for: type, in: library) else { continue }
          functions[name] = functions[name] ?? (function, type)
        }
      }
    }
    return functions
  }()

  private static func index(_ key: (MathFunction) -> String?) -> [String: MathFunction] {
    var functions: [String: MathFunction] = [:]
    for function in all {
      if let key = key(function) { functions[key] = function }
    }
    return functions
  }
}

// MARK: The catalogue

extension MathFunction {
  private static func f(
    _ number: UInt16,
    _ name: String,
    _ shape: Shape,
    _ intrinsic: String?,
    _ operation: String?,
    _ libraries: Libraries
  ) -> MathFunction {
    MathFunction(
      number: number,
      name: name,
      shape: shape,
      intrinsic: intrinsic,
      operation: operation,
      libraries: libraries
    )
  }

  /// Every function, by number.
  ///
  /// New ones come at the end: the numbers are in files.
  public static let all: [MathFunction] = [
    f(1, "sin", .unary, "llvm.sin", "math.sin", [.c, .libmvec, .gpu]),
    f(2, "cos", .unary, "llvm.cos", "math.cos", [.c, .libmvec, .gpu]),
    f(3, "tan", .unary, "llvm.tan", "math.tan", [.c, .libmvec, .gpu]),
    f(4, "asin", .unary, "llvm.asin", "math.asin", [.c, .libmvec, .gpu]),
    f(5, "acos", .unary, "llvm.acos", "math.acos", [.c, .libmvec, .gpu]),
    f(6, "atan", .unary, "llvm.atan", "math.atan", [.c, .libmvec, .gpu]),
    f(7, "sinh", .unary, "llvm.sinh", "math.sinh", [.c, .libmvec, .gpu]),
    f(8, "cosh", .unary, "llvm.cosh", "math.cosh", [.c, .libmvec, .gpu]),
    f(9, "tanh", .unary, "llvm.tanh", "math.tanh", [.c, .libmvec, .gpu]),
    f(10, "asinh", .unary, nil, "math.asinh", [.c, .libmvec, .gpu]),
    f(11, "acosh", .unary, nil, "math.acosh", [.c, .libmvec, .gpu]),
    f(12, "atanh", .unary, nil, "math.atanh", [.c, .libmvec, .gpu]),
    f(13, "exp", .unary, "llvm.exp", "math.exp", [.c, .libmvec, .gpu]),
    f(14, "exp2", .unary, "llvm.exp2", "math.exp2", [.c, .libmvec, .gpu]),
    f(15, "exp10", .unary, "llvm.exp10", nil, [.c, .libmvec, .gpu]),
    f(16, "expm1", .unary, nil, "math.expm1", [.c, .libmvec, .gpu]),
    f(17, "log", .unary, "llvm.log", "math.log", [.c, .libmvec, .gpu]),
    f(18, "log2", .unary, "llvm.log2", "math.log2", [.c, .libmvec, .gpu]),
    f(19, "log10", .unary, "llvm.log10", "math.log10", [.c, .libmvec, .gpu]),
    f(20, "log1p", .unary, nil, "math.log1p", [.c, .libmvec, .gpu]),
    f(21, "sqrt", .unary, "llvm.sqrt", "math.sqrt", [.c, .gpu]),
    f(22, "rsqrt", .unary, nil, "math.rsqrt", .gpu),
    f(23, "cbrt", .unary, nil, "math.cbrt", [.c, .libmvec, .gpu]),
    f(24, "erf", .unary, nil, "math.erf", [.c, .libmvec, .gpu]),
    f(25, "erfc", .unary, nil, "math.erfc", [.c, .libmvec, .gpu]),
    f(26, "tgamma", .unary, nil, nil, [.c, .gpu]),
    f(27, "lgamma", .unary, nil, nil, [.c, .gpu]),
    f(28, "pow", .binary, "llvm.pow", "math.powf", [.c, .libmvec, .gpu]),
    f(29, "atan2", .binary, "llvm.atan2", "math.atan2", [.c, .libmvec, .gpu]),
    f(30, "hypot", .binary, nil, nil, [.c, .libmvec, .gpu]),
    f(31, "fmod", .binary, nil, "arith.remf", [.c, .gpu]),
    f(32, "remainder", .binary, nil, nil, [.c, .gpu]),
    f(33, "fdim", .binary, nil, nil, [.c, .gpu]),
    f(34, "fma", .ternary, "llvm.fma", "math.fma", [.c, .gpu]),
    f(35, "fabs", .unary, "llvm.fabs", "math.absf", [.c, .gpu]),
    f(36, "copysign", .binary, "llvm.copysign", "math.copysign", [.c, .gpu]),
    f(37, "floor", .unary, "llvm.floor", "math.floor", [.c, .gpu]),
    f(38, "ceil", .unary, "llvm.ceil", "math.ceil", [.c, .gpu]),
    f(39, "trunc", .unary, "llvm.trunc", "math.trunc", [.c, .gpu]),
    f(40, "round", .unary, "llvm.round", "math.round", [.c, .gpu]),
    f(41, "roundeven", .unary, "llvm.roundeven", "math.roundeven", .glibc),
    f(42, "rint", .unary, "llvm.rint", nil, [.c, .gpu]),
    f(43, "nearbyint", .unary, "llvm.nearbyint", nil, [.c, .gpu]),
    f(44, "fmin", .binary, "llvm.minnum", "arith.minnumf", [.c, .gpu]),
    f(45, "fmax", .binary, "llvm.maxnum", "arith.maxnumf", [.c, .gpu]),
    f(46, "fminimum", .binary, "llvm.minimum", "arith.minimumf", .glibc),
    f(47, "fmaximum", .binary, "llvm.maximum", "arith.maximumf", .glibc),
    f(48, "fminimum_num", .binary, "llvm.minimumnum", nil, .glibc),
    f(49, "fmaximum_num", .binary, "llvm.maximumnum", nil, .glibc),
    f(50, "sinpi", .unary, nil, nil, .gpu),
    f(51, "cospi", .unary, nil, nil, .gpu),
    f(52, "tanpi", .unary, nil, nil, .ocml),
    f(53, "asinpi", .unary, nil, nil, .ocml),
    f(54, "acospi", .unary, nil, nil, .ocml),
    f(55, "atanpi", .unary, nil, nil, .ocml),
    f(56, "j0", .unary, nil, nil, [.c, .gpu]),
    f(57, "j1", .unary, nil, nil, [.c, .gpu]),
    f(58, "y0", .unary, nil, nil, [.c, .gpu]),
    f(59, "y1", .unary, nil, nil, [.c, .gpu]),
    f(60, "logb", .unary, nil, nil, [.c, .gpu]),
    f(61, "significand", .unary, nil, nil, .c),
    f(62, "nextafter", .binary, nil, nil, [.c, .gpu]),
    f(63, "drem", .binary, nil, nil, .c),
    f(64, "scalb", .binary, nil, nil, [.c, .ocml]),
    f(65, "ldexp", .floatAndInteger, "llvm.ldexp", nil, [.c, .gpu]),
    f(66, "scalbn", .floatAndInteger, nil, nil, [.c, .gpu]),
    f(67, "scalbln", .floatAndInteger, nil, nil, .c),
    f(68, "powi", .floatAndInteger, "llvm.powi", "math.fpowi", .gpu),
    f(69, "jn", .integerAndFloat, nil, nil, [.c, .libdevice]),
    f(70, "yn", .integerAndFloat, nil, nil, [.c, .libdevice]),
    f(71, "ilogb", .toInteger, nil, nil, [.c, .gpu]),
    f(72, "lround", .toInteger, "llvm.lround", nil, .c),
    f(73, "llround", .toInteger, "llvm.llround", nil, [.c, .libdevice]),
    f(74, "lrint", .toInteger, "llvm.lrint", nil, .c),
    f(75, "llrint", .toInteger, "llvm.llrint", nil, [.c, .libdevice]),
    f(76, "sincos", .severalResults, "llvm.sincos", "math.sincos", [.c, .libmvec, .gpu]),
    f(77, "frexp", .severalResults, "llvm.frexp", nil, [.c, .gpu]),
    f(78, "modf", .severalResults, "llvm.modf", nil, [.c, .gpu]),
    f(79, "remquo", .severalResults, nil, nil, [.c, .gpu]),
    f(80, "lgamma_r", .severalResults, nil, nil, [.c, .ocml]),
  ]
}
