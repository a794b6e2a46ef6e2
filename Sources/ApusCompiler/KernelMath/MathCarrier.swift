internal import ApusMath

/// An operation that stands for a math function on its way through IREE's code generation.
///
/// IREE approximates or expands the operations of MLIR's `math` dialect before it makes LLVM's of them, but
/// not `math.fma`, which it tiles, fuses and vectorises like any other. So `math.fma %x, %tag, %tag`
/// stands for a function of one argument and `math.fma %x, %y, %tag` for one of two, where `%tag` is a
/// quiet NaN with the function's number in the six bits of its payload that the smallest type, `bf16`,
/// still has. No program computes with such constants by chance: LLVM's and MLIR's own NaNs have a
/// payload of zero.
enum MathCarrier {
  /// The tag of a function, as an attribute's text without the type: `0x7FC10000`.
  ///
  /// Nil for a function whose number has more than six bits, and for types that IREE does not compute in.
  static func tag(of function: MathFunction, _ type: FloatType) -> String? {
    guard (1..<64).contains(function.number) else { return nil }
    let number = UInt64(function.number)
    let (bits, digitCount): (UInt64, Int)
    switch type {
    case .f64: (bits, digitCount) = (0x7FF8_0000_0000_0000 | number << 45, 16)
    case .f32: (bits, digitCount) = (0x7FC0_0000 | number << 16, 8)
    case .f16: (bits, digitCount) = (0x7E00 | number << 3, 4)
    case .bf16: (bits, digitCount) = (0x7FC0 | number, 4)
    default: return nil
    }
    let digits = String(bits, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: digitCount - digits.count) + digits
  }

  /// The function that a constant is the tag of; nil for any other number.
  static func function(ofTag number: Double) -> MathFunction? {
    let payload = number.bitPattern & 0x0007_FFFF_FFFF_FFFF
    guard number.isNaN, !number.isSignalingNaN, number.sign == .plus, payload & (1 << 45 - 1) == 0
    else { return nil }
    return MathFunction.numbered(UInt16(payload >> 45))
  }
}
