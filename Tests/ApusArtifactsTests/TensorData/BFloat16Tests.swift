import Testing

@testable import ApusArtifacts

@Suite struct BFloat16Tests {
  private static let roundings: [(value: Double, bits: UInt16)] = [
    (1, 0x3F80), (-2, 0xC000), (0, 0x0000), (-0.0, 0x8000), (.infinity, 0x7F80),
    (0x1.01p0, 0x3F80),  // midway: to even, down
    (0x1.03p0, 0x3F82),  // midway: to even, up
    (0x1.0100000001p0, 0x3F81),  // only a Double tells that this is above midway
    (0x1.02FFFFFFFFp0, 0x3F81),
    (0x1p-133, 0x0001), (0x1p-134, 0x0000), (0x1.000000000004p-134, 0x0001),
    (0x1.FEp127, 0x7F7F), (0x1.FFp127, 0x7F80), (0x1.FEFFFFFFFFp127, 0x7F7F),
    (1e300, 0x7F80), (-1e300, 0xFF80), (1e-300, 0x0000),
  ]

  @Test(arguments: roundings)
  func `rounds to the nearest number, ties to even`(value: Double, bits: UInt16) {
    #expect(BFloat16(value).bitPattern == bits)
    if Double(Float(value)) == value { #expect(BFloat16(Float(value)).bitPattern == bits) }
  }

  @Test func `keeps NaN even if its payload is all in the lower half`() {
    #expect(BFloat16(Float(bitPattern: 0x7F80_0001)).isNaN)
    #expect(BFloat16(Float(bitPattern: 0xFF80_0001)).bitPattern >> 15 == 1)
    #expect(BFloat16(Double.nan).isNaN)
    #expect(Float(BFloat16.nan).isNaN)
  }

  @Test func `every bit pattern survives Float, Double and text`() throws {
    for bits in UInt16.min ... .max {
      let value = BFloat16(bitPattern: bits)
      if value.isNaN {
        #expect(try #require(BFloat16(value.description)).isNaN)
        continue
      }
      #expect(BFloat16(Float(value)).bitPattern == bits)
      #expect(BFloat16(Double(value)).bitPattern == bits)
      #expect(BFloat16(value.description)?.bitPattern == bits, "\(value)")
    }
  }

  @Test func `the description has as few digits as tell the number apart`() {
    // A shorter decimal within half a unit would be the nearest of its length, so trying the
    // neighbours of the exact value at one digit fewer is enough.
    for bits in stride(from: UInt16(1), to: 0x7F80, by: 7) {
      let value = BFloat16(bitPattern: bits)
      guard let written = DecimalNumeral(value.description), written.digits.count > 1 else {
        continue
      }
      for shorter in DecimalNumeral(Double(value)).rounded(toDigits: written.digits.count - 1) {
        #expect(BFloat16(shorter.nearestDouble) != value, "\(value)")
      }
    }
  }

  @Test(arguments: [
    (0x3DCD, "0.1"), (0x4380, "256.0"), (0x447A, "1000.0"), (0x7F7F, "3.39e+38"),
    (0x3728, "1e-05"), (0xC2F7, "-123.5"), (0x8000, "-0.0"), (0x7F80, "inf"), (0xFF80, "-inf"),
    (0x4B80, "1.68e+07"), (0x0001, "9e-41"),
  ])
  func `is written as Swift writes floats`(bits: Int, text: String) {
    #expect(BFloat16(bitPattern: UInt16(bits)).description == text)
  }

  @Test(arguments: ["", "x", "1x", "0x", " 1", "1e", "--1", "1,5"])
  func `text that is no number is none`(text: String) {
    #expect(BFloat16(text) == nil)
  }

  @Test func `compares as IEEE 754 says`() {
    let zero: BFloat16 = 0
    #expect(zero == -zero)
    #expect(zero.hashValue == (-zero).hashValue)
    #expect((-zero).bitPattern == 0x8000)
    let nan = BFloat16.nan
    #expect(nan != nan)
    for other in [nan, 1] {
      #expect(!(nan < other) && !(nan <= other) && !(nan > other) && !(nan >= other))
    }
    #expect(BFloat16(-2) < 1 && BFloat16(1) <= 1 && BFloat16(2) > 1 && BFloat16(2) >= 2)
  }

  @Test func `computes with one rounding`() {
    #expect(BFloat16(1) + 0.5 == 1.5)
    #expect(BFloat16(256) + 1 == 256)
    #expect(BFloat16(3) - 5 == -2)
    #expect(BFloat16(3) * 5 == 15)
    #expect(BFloat16(1) / 3 == BFloat16(1.0 / 3))
    #expect(BFloat16(1) / 0 == .infinity)
    var value: BFloat16 = 8
    value *= 2
    value /= 4
    value += 1
    #expect(value == 5)
  }

  @Test func `integers become the nearest number`() {
    #expect(BFloat16(exactly: 256) == 256)
    #expect(BFloat16(exactly: 257) == nil)
    #expect(BFloat16(exactly: UInt64.max) == nil)
    #expect(BFloat16(integerLiteral: .max) == BFloat16(0x1p63))
    #expect(BFloat16(integerLiteral: .min) == BFloat16(-0x1p63))
    // 2⁵⁵ + 2⁴⁷ is midway; one more decides.
    #expect(BFloat16(integerLiteral: 1 << 55 + 1 << 47).bitPattern == 0x5B00)
    #expect(BFloat16(integerLiteral: 1 << 55 + 1 << 47 + 1).bitPattern == 0x5B01)
  }

  @Test(arguments: [
    // 1 + 2⁻⁸ exactly, just above and just below, by less than a Double can tell.
    ("1.00390625", 0x3F80), ("1.00390625000000000000000000000001", 0x3F81),
    ("1.00390624999999999999999999999999", 0x3F80),
    ("1.01171875", 0x3F82), ("1.01171874999999999999999999999999", 0x3F81),
    ("-1.00390625000000000000000000000001", 0xBF81),
    ("1003906250000000000000000000000.01e-30", 0x3F81),
    ("0.000100390625000000000000000000000000000000001e4", 0x3F81),
    // Half the smallest number.
    ("0x1p-134", 0x0000), ("4.591774807899560578002877098e-41", 0x0000),
    ("4.591774807899560578002877099e-41", 0x0001), ("4.6e-41", 0x0001),
    // The last number that is not rounded to infinity.
    ("3.3961775292304601e38", 0x7F80), ("3.396177e38", 0x7F7F),
  ])
  func `text is rounded once`(text: String, bits: Int) {
    #expect(BFloat16(text)?.bitPattern == UInt16(bits))
  }

  @Test(arguments: [
    ("1.00048828125", 0x3C00), ("1.0004882812500000000000000000001", 0x3C01),
    ("65519.999999999999999999999999", 0x7BFF), ("65520", 0x7C00),
    ("2.98023223876953125e-8", 0x0000),
    ("2.980232238769531250000000000000001e-8", 0x0001), ("-65519.999999999999999999999999", 0xFBFF),
  ])
  func `text is rounded once to Float16 as well`(text: String, bits: Int) {
    #expect(Float16(nearestTo: text)?.bitPattern == UInt16(bits))
  }
}
