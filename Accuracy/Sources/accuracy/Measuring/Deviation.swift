import CExactMath
import Foundation

/// How far a result is from the truth.
enum Deviation {
  /// So many units in the last place.
  case ulp(Double)
  /// NaN for a number or a number for NaN, a number for an infinity, or a zero of the wrong sign.
  case wrongSpecialValue

  /// Compares a result in a type with the truth.
  ///
  /// The unit is the distance of the type's numbers at the truth. Beyond the largest number, the truth and an
  /// infinity count as the number that would follow it: what overflows must be an infinity, and an
  /// infinity where the largest number would be right is one unit off.
  init(of result: Double, from truth: exact_value, in type: FloatType) {
    switch truth.kind {
    case EXACT_NAN:
      self = result.isNaN ? .ulp(0) : .wrongSpecialValue
    case EXACT_INFINITE:
      let expected = truth.is_negative ? -Double.infinity : .infinity
      self = result == expected ? .ulp(0) : .wrongSpecialValue
    case EXACT_ZERO:
      let isRight = result == 0 && (result.sign == .minus) == truth.is_negative
      self = isRight ? .ulp(0) : .wrongSpecialValue
    default:
      if result.isNaN || (result == 0 && (result.sign == .minus) != truth.is_negative) {
        self = .wrongSpecialValue
      } else {
        self = .ulp(Self.distance(of: result, from: truth, in: type))
      }
    }
  }

  private static func distance(
    of result: Double,
    from truth: exact_value,
    in type: FloatType
  ) -> Double {
    var truth = truth
    let limit = type.maximumExponent + 2  // the truth's exponent is that of a significand below 1
    if truth.exponent >= limit {
      (truth.high, truth.low, truth.exponent) = (truth.high < 0 ? -0.5 : 0.5, 0, limit)
    }
    // Of two neighbours of different distance, the one towards zero counts at the limit.
    let exponent = min(truth.exponent - 1, type.maximumExponent)
    let unit = max(exponent, type.minimumExponent) - type.precision + 1
    let scaledResult =
      result.isInfinite
      ? scalbn(result < 0 ? -1 : 1, type.maximumExponent + 1 - unit) : scalbn(result, -unit)
    let distance =
      scaledResult - scalbn(truth.high, truth.exponent - unit)
      - scalbn(truth.low, truth.exponent - unit)
    return abs(distance)
  }
}

extension exact_value {
  /// Whether the value is too small for a normal number of a type, but not zero.
  func isSubnormal(in type: FloatType) -> Bool {
    kind == EXACT_FINITE && exponent <= type.minimumExponent
  }
}
