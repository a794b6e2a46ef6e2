/// What a program tests, and how exact its result must be.
struct Subject: Hashable, Sendable {
  /// The function or operation: `acos`, `dot_general`.
  let operation: String
  /// Whether it is one of the mathematical functions.
  let isMath: Bool
  /// How many units in the last place a real number may be off.
  let tolerance: Double

  /// How many units a complex number may be off, by norm.
  static let complexTolerance = 16.0

  /// What a program tests, by its name.
  ///
  /// Names are the operation, then the types and shapes of the operands: `atan2_float32_20_20_…`.
  init(ofProgramNamed name: String) {
    let file = name.split(separator: "#").first.map(String.init) ?? name
    var operation = file
    for suffix in Self.typeWords {
      if let range = operation.utf8.firstRange(of: "_\(suffix)".utf8) {
        operation = String(operation[..<range.lowerBound])
      }
    }
    while operation.hasSuffix("_") { operation.removeLast() }
    self.operation = operation
    isMath = Self.functions.contains(operation) || Self.decomposed.contains(operation)
    tolerance = Self.decomposed.contains(operation) ? 16 : 4
  }

  /// What the operands' part of a name begins with.
  private static let typeWords = [
    "float", "bfloat", "complex", "int", "uint", "bool", "shape", "dtype", "qi8",
  ]

  /// Functions that reach IREE as one operation.
  private static let functions: Set = [
    "atan2", "cbrt", "ceil", "cos", "exp", "expm1", "floor", "integer_pow", "log", "log1p",
    "logistic", "nextafter", "pow", "rem", "round", "round_nearest_afz", "round_nearest_even",
    "rsqrt", "sin", "sqrt", "tan", "tanh",
  ]

  /// Functions that the program, or StableHLO, expresses by others, whose errors add up.
  private static let decomposed: Set = [
    "acos", "acosh", "asin", "asinh", "atan", "atanh", "bessel_i0e", "bessel_i1e", "cosh",
    "digamma",
    "erf", "erf_inv", "erfc", "igamma", "igammac", "lgamma", "polygamma", "sinh", "zeta",
  ]
}
