internal import ApusMath

/// A math function of `f32` or `f64` that a kernel computes itself, for a vector of any width.
///
/// Inlined, it has no call's cost, and the kernel's constants stay in registers. Coefficients are minimax fits;
/// those of `f32` are each rounded and the ones left fitted again. The errors given are the largest over all numbers, or
/// over every few of them, against more digits.
struct MathFormula: Hashable {
  let function: MathFunction
  /// The type of the values.
  let element: FloatType
  /// How many values.
  let count: Int
  /// Whether they are a vector: a vector of one value is not a single number.
  let isVector: Bool
  /// Whether the processor has AVX-512.
  private let hasWideVectors: Bool

  private typealias Body = @Sendable (inout FormulaBuilder) -> String

  private static let ofEitherType: [String: Body] = [
    "sin": { $0.sin() }, "cos": { $0.cos() },
    "expm1": { $0.expm1() }, "sinh": { $0.sinh() }, "cosh": { $0.cosh() },
    "exp2": { $0.exp2() }, "pow": { $0.pow() },
    "log": { $0.log() }, "log2": { $0.log2() }, "log10": { $0.log10() }, "log1p": { $0.log1p() },
    "asinh": { $0.asinh() }, "acosh": { $0.acosh() }, "atanh": { $0.atanh() },
    "asin": { $0.asin() }, "acos": { $0.acos() }, "atan": { $0.atan() }, "atan2": { $0.atan2() },
  ]

  private static let ofFloat: [String: Body] = [
    "exp": { $0.floatExp() }, "tanh": { $0.floatTanh() }, "cbrt": { $0.floatCbrt() },
    "erf": { $0.floatErf() },
  ]

  private static let ofDouble: [String: Body] = [
    "exp": { $0.doubleExp() }, "tanh": { $0.doubleTanh() }, "cbrt": { $0.doubleCbrt() },
  ]

  private var body: Body? {
    switch element {
    case .f32: Self.ofFloat[function.name] ?? Self.ofEitherType[function.name]
    case .f64: Self.ofDouble[function.name] ?? Self.ofEitherType[function.name]
    default: nil
    }
  }

  /// The functions whose formulas leave no argument to a function of a library.
  private static let withoutExceptions: [FloatType: Set<String>] = [
    .f32: ["exp", "exp2", "tanh", "cbrt", "erf", "asin", "acos", "atan"],
    .f64: ["exp2", "tanh", "asin", "acos", "atan"],
  ]

  /// The functions that libmvec computes in less time, by its code for a processor.
  private static let fasterInLibrary: [VectorISA: [FloatType: Set<String>]] = [
    .avx2: [
      .f32: ["log", "log2", "log10", "log1p"], .f64: ["sin", "cos", "exp2", "log2", "log10"],
    ],
    .avx512: [.f32: ["log2", "log10"], .f64: ["log2", "log10"]],
  ]

  /// Nil where a function of a library is called.
  init?(_ function: MathFunction, _ shape: FloatShape, _ target: KernelMathTarget) {
    let faster = target.vectorISAs.first.flatMap { Self.fasterInLibrary[$0]?[shape.element] }
    guard target.mode == .accurate, target.hasFusedMultiplyAdd, let count = shape.laneCount,
      faster?.contains(function.name) != true
    else { return nil }
    self.function = function
    self.count = count
    element = shape.element
    isVector = !shape.isScalar
    hasWideVectors = target.vectorISAs.contains(.avx512)
    if body == nil { return nil }
  }

  /// The name of the function of the kernel's: `apus.tanh.formula.v8f32`.
  var symbol: String {
    "apus.\(function.name).formula.\(isVector ? "v\(count)" : "")\(element.intrinsicSuffix)"
  }

  /// Whether some arguments are left to a function of a library.
  var hasExceptions: Bool { Self.withoutExceptions[element]?.contains(function.name) != true }

  /// The function's text, in the `llvm` dialect.
  ///
  /// - Parameter library: the function called for exceptions, of the same type.
  func definition(library: String?) -> String {
    let names = Array(["%x", "%y"].prefix(function.arity))
    var builder = FormulaBuilder(
      count: isVector ? count : nil,
      library: library,
      names,
      isDouble: element == .f64,
      hasWideVectors: hasWideVectors
    )
    let result = body.map { $0(&builder) } ?? "%x"
    return builder.function(
      symbol,
      returning: result,
      attributes: "always_inline, \(MathHelper.effects)"
    )
  }
}
