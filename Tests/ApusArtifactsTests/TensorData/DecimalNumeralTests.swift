import Testing

@testable import ApusArtifacts

@Suite struct DecimalNumeralTests {
  private static let numerals: [(text: String, digits: [UInt8], exponent: Int)] = [
    ("12.50", [1, 2, 5], 1), ("0.00012", [1, 2], -4), ("1e5", [1], 5), ("-3E-2", [3], -2),
    ("000", [], 0), ("+100", [1], 2), (".5", [5], -1), ("5.", [5], 0),
    ("1e999999999999999999", [1], 999_999_999_999_999_999),
  ]

  @Test(arguments: numerals)
  func `holds the digits that are written`(text: String, digits: [UInt8], exponent: Int) throws {
    let numeral = try #require(DecimalNumeral(text))
    #expect(numeral.digits == digits)
    #expect(numeral.exponent == exponent)
  }

  @Test(arguments: ["", ".", "e5", "1e", "1.2.3", "0x10", "nan", "1e99999999999999999999", "1 "])
  func `anything but digits is nothing`(text: String) {
    #expect(DecimalNumeral(text) == nil)
  }

  @Test func `a Double is expanded exactly`() {
    #expect(
      DecimalNumeral(0.1).digits.map(String.init).joined()
        == "1000000000000000055511151231257827021181583404541015625"
    )
    #expect(DecimalNumeral(0.1).exponent == -1)
    #expect(DecimalNumeral(0x1p70).digits.map(String.init).joined() == "1180591620717411303424")
    #expect(DecimalNumeral(Double.leastNonzeroMagnitude).exponent == -324)
    #expect(DecimalNumeral(Double.leastNonzeroMagnitude).digits.count == 751)
    #expect(DecimalNumeral(0).digits.isEmpty)
  }

  @Test func `numerals are ordered by value`() throws {
    let texts = [
      "0", "1e-400", "0.09", "0.1", "0.10000000000000000001", "1", "9.99", "10", "1e400",
    ]
    let numerals = try texts.map { try #require(DecimalNumeral($0)) }
    #expect(numerals.sorted() == numerals)
    #expect(zip(numerals, numerals.dropFirst()).allSatisfy(<))
  }

  @Test func `rounding carries`() throws {
    let rounded = try #require(DecimalNumeral("9.996")).rounded(toDigits: 3)
    #expect(rounded.map(\.description) == ["10.0", "9.99"])
    #expect(try #require(DecimalNumeral("1.5")).rounded(toDigits: 3).map(\.description) == ["1.5"])
  }
}
