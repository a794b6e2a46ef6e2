internal import ApusMath

/// A math function that a kernel calls.
public struct KernelMathUse: Sendable, Hashable, Codable {
  /// The kernel's name in the program.
  public var kernel: String
  /// The function, by its name in C for `double`: `sin`.
  public var function: String
  /// The type it is computed in: `f32` or `f64`.
  public var elementType: String
  /// How many values a call computes.
  public var width: Int
  /// The function's name in its library, or in the kernel where that computes it itself.
  public var symbol: String
  /// How many calls of it the kernel's text has.
  public var callCount: Int

  /// Where the function comes from.
  public var library: Library {
    symbol.hasPrefix("_ZGV") ? .libmvec : symbol.hasPrefix("apus.") ? .apus : .musl
  }

  /// A library of math functions.
  public enum Library: String, Sendable, Hashable, Codable {
    /// glibc's, for vectors.
    case libmvec
    /// musl's libm, for single values.
    case musl
    /// None: a formula of Apus's in the kernel itself.
    case apus
  }
}

extension KernelMathUse {
  /// One formula.
  init(_ kernel: String, _ formula: MathFormula) {
    self.init(kernel, formula.function, formula.element, formula.count, formula.symbol)
  }

  /// One formula.
  init(_ kernel: String, _ formula: ExactFormula) {
    self.init(kernel, formula.function, .f64, formula.count, formula.symbol)
  }

  private init(
    _ kernel: String,
    _ function: MathFunction,
    _ type: FloatType,
    _ count: Int,
    _ symbol: String
  ) {
    self.init(
      kernel: kernel,
      function: function.name,
      elementType: type.intrinsicSuffix,
      width: count,
      symbol: symbol,
      callCount: 0
    )
  }

  /// One call.
  init(_ kernel: String, _ helper: MathHelper, _ part: MathHelper.Part) {
    self.init(kernel, helper.function, helper.type, part.width, part.symbol)
  }
}

/// Uses, with equal ones counted.
struct KernelMathUses {
  private var counts: [KernelMathUse: Int] = [:]

  /// Counts a use, whose own count is 0.
  mutating func add(_ use: KernelMathUse) { counts[use, default: 0] += 1 }

  /// In the order of kernels and names.
  var all: [KernelMathUse] {
    counts.map { use, count in
      var use = use
      use.callCount = count
      return use
    }.sorted { ($0.kernel, $0.function, $0.symbol) < ($1.kernel, $1.function, $1.symbol) }
  }
}
