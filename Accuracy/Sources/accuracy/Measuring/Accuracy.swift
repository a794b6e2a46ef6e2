import CExactMath

/// How accurate an operation is in a type, over all arguments that were tried.
struct Accuracy: Sendable {
  /// A result that stands for others like it.
  struct Example: Sendable {
    var arguments: [Double]
    var result: Double
  }

  /// The largest error where arguments and truth are normal numbers or special.
  private(set) var error = 0.0
  /// Where it is.
  private(set) var worst: Example?
  /// The largest error where an argument or the truth is subnormal; infinite if one became a special value.
  private(set) var subnormalError = 0.0
  /// Where that is.
  private(set) var worstSubnormal: Example?
  /// How many special values are wrong.
  private(set) var wrongSpecialValues = 0
  /// One of them.
  private(set) var wrongSpecialValue: Example?

  /// Takes a result into account.
  mutating func add(
    _ result: Double,
    of arguments: [Double],
    truth: exact_value,
    in type: FloatType
  ) {
    let deviation = Deviation(of: result, from: truth, in: type)
    let isSubnormal =
      truth.isSubnormal(in: type)
      || arguments.contains { $0 != 0 && abs($0) < type.leastNormal }
    switch (deviation, isSubnormal) {
    case (.ulp(let ulp), false):
      if ulp > error { (error, worst) = (ulp, Example(arguments: arguments, result: result)) }
    case (.ulp(let ulp), true):
      if ulp > subnormalError {
        (subnormalError, worstSubnormal) = (ulp, Example(arguments: arguments, result: result))
      }
    case (.wrongSpecialValue, false):
      wrongSpecialValues += 1
      wrongSpecialValue = wrongSpecialValue ?? Example(arguments: arguments, result: result)
    case (.wrongSpecialValue, true):
      if subnormalError < .infinity {
        subnormalError = .infinity
        worstSubnormal = Example(arguments: arguments, result: result)
      }
    }
  }
}
