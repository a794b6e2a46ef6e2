/// A number as the sum of two of `f64`, the second no more than half a unit of the first's last place: about 105 bits.
///
/// T. J. Dekker, "A Floating-Point Technique for Extending the Available Precision", 1971; products and quotients
/// with fused multiply-additions where the processor has them.
struct DoubleDouble {
  let high: String
  let low: String
}

extension FormulaBuilder {
  mutating func double(_ high: Double, _ low: Double) -> DoubleDouble {
    DoubleDouble(high: number(high), low: number(low))
  }

  /// A number of `f64`, exactly.
  mutating func extended(_ x: String) -> DoubleDouble {
    DoubleDouble(high: x, low: number(0))
  }

  mutating func rounded(_ a: DoubleDouble) -> String { binary("add", a.high, a.low) }

  mutating func negative(_ a: DoubleDouble) -> DoubleDouble {
    DoubleDouble(high: negative(a.high), low: negative(a.low))
  }

  mutating func select(_ condition: String, _ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    DoubleDouble(high: select(condition, a.high, b.high), low: select(condition, a.low, b.low))
  }

  /// The product with a power of two.
  mutating func scaled(_ a: DoubleDouble, by power: String) -> DoubleDouble {
    DoubleDouble(high: binary("mul", a.high, power), low: binary("mul", a.low, power))
  }

  mutating func scaled(_ a: DoubleDouble, by power: Double) -> DoubleDouble {
    scaled(a, by: number(power))
  }

  /// The exact sum of two numbers of `f64`.
  mutating func exactSum(_ a: String, _ b: String) -> DoubleDouble {
    let sum = binary("add", a, b)
    let ofB = binary("sub", sum, a)
    let restOfA = binary("sub", a, binary("sub", sum, ofB))
    return DoubleDouble(high: sum, low: binary("add", restOfA, binary("sub", b, ofB)))
  }

  /// The exact product of two numbers of `f64`.
  mutating func exactProduct(_ a: String, _ b: String) -> DoubleDouble {
    let product = binary("mul", a, b)
    guard !hasFusedMultiplyAdd else {
      return DoubleDouble(high: product, low: fma(a, b, negative(product)))
    }
    let (a, b) = (halves(of: a), halves(of: b))
    var low = binary("sub", binary("mul", a.high, b.high), product)
    low = binary("add", low, binary("mul", a.high, b.low))
    low = binary("add", low, binary("mul", a.low, b.high))
    return DoubleDouble(high: product, low: binary("add", low, binary("mul", a.low, b.low)))
  }

  /// A number of less than 2^996 as a sum of two with half of its digits, whose products are exact.
  private mutating func halves(of a: String) -> DoubleDouble {
    let shifted = binary("mul", a, number(0x1p+27 + 1))
    let high = binary("sub", shifted, binary("sub", shifted, a))
    return DoubleDouble(high: high, low: binary("sub", a, high))
  }

  /// What is left of a number less a product that is nearly as large; exact.
  private mutating func rest(_ a: String, less b: String, times c: String) -> String {
    if hasFusedMultiplyAdd { return fma(negative(b), c, a) }
    let product = exactProduct(b, c)
    return binary("sub", binary("sub", a, product.high), product.low)
  }

  /// The exact sum of two numbers of `f64`, the first of which is the larger one.
  mutating func normalized(_ a: String, _ b: String) -> DoubleDouble {
    let sum = binary("add", a, b)
    return DoubleDouble(high: sum, low: binary("sub", b, binary("sub", sum, a)))
  }

  mutating func sum(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    let high = exactSum(a.high, b.high)
    return normalized(high.high, binary("add", high.low, binary("add", a.low, b.low)))
  }

  mutating func sum(_ a: DoubleDouble, _ b: String) -> DoubleDouble {
    let high = exactSum(a.high, b)
    return normalized(high.high, binary("add", high.low, a.low))
  }

  mutating func product(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    let high = exactProduct(a.high, b.high)
    return normalized(high.high, fma(a.low, b.high, fma(a.high, b.low, high.low)))
  }

  mutating func product(_ a: DoubleDouble, _ b: String) -> DoubleDouble {
    let high = exactProduct(a.high, b)
    return normalized(high.high, fma(a.low, b, high.low))
  }

  mutating func quotient(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    let quotient = binary("div", a.high, b.high)
    let rest = rest(a.high, less: quotient, times: b.high)
    let lower = fma(negative(quotient), b.low, binary("add", rest, a.low))
    return normalized(quotient, binary("div", lower, b.high))
  }

  /// Of a number that is not negative.
  mutating func squareRoot(_ a: DoubleDouble) -> DoubleDouble {
    let root = unary("sqrt", a.high)
    let rest = binary("add", rest(a.high, less: root, times: root), a.low)
    let zero = number(0)
    let isZero = compare("oeq", root, zero)
    let correction = binary("div", rest, binary("add", root, root))
    return normalized(root, select(isZero, zero, correction))
  }
}
