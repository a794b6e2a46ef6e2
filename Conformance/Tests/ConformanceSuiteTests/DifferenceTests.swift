import Testing

@testable import ConformanceSuite

@Suite struct DifferenceTests {
  private func literal(_ elements: String, _ type: String) throws -> TensorLiteral {
    try TensorLiteral(elements: elements[...], type: type[...])
  }

  private func difference(
    _ actual: String,
    from expected: String,
    _ type: String,
    tolerance: Double = 4
  ) throws -> Difference? {
    Difference(
      [try literal(actual, type).bytes],
      from: [try literal(expected, type)],
      tolerance: tolerance
    )
  }

  @Test(arguments: [
    ("1.0", "1.0000001192092896", "tensor<f32>"), ("1.0", "1.0078125", "tensor<bf16>"),
    ("1.0", "1.0009765625", "tensor<f16>"), ("1.0", "1.0000000000000002", "tensor<f64>"),
    ("0.0", "1.401298464324817e-45", "tensor<f32>"),
  ])
  func `neighbours are a unit apart`(actual: String, expected: String, type: String) throws {
    #expect(try difference(actual, from: expected, type)?.ulps == 1)
  }

  @Test func `zeros of either sign are the same, and NaNs are`() throws {
    #expect(try difference("[0.0, 0x7FC00000]", from: "[-0.0, 0xFFC00001]", "tensor<2xf32>") == nil)
  }

  @Test func `a number is infinitely far from NaN and infinity`() throws {
    for expected in ["0x7FC00000", "0x7F800000"] {
      #expect(try difference("1.0", from: expected, "tensor<f32>")?.ulps == .infinity)
    }
  }

  @Test func `integers are the same or not`() throws {
    #expect(try difference("[1, -2]", from: "[1, -2]", "tensor<2xi32>") == nil)
    #expect(try difference("[1, 3]", from: "[1, 2]", "tensor<2xi32>")?.ulps == .infinity)
  }

  @Test func `complex numbers are compared as points`() throws {
    // The imaginary part is wrong in every digit, and small beside the real part.
    let difference = try difference(
      "(1.0, 2.384185791015625e-07)",
      from: "(1.0, 1.1920928955078125e-07)",
      "tensor<complex<f32>>"
    )
    #expect(difference.map { $0.ulps > 0.9 && $0.ulps <= 1 } == true)
    #expect(difference?.count == 0)
  }

  @Test func `tells where it is worst, and counts what is beyond the tolerance`() throws {
    let worst = try difference("[1.0, 2.0, 5.0]", from: "[1.0, 3.0, 4.0]", "tensor<3xf64>")
    #expect(worst?.element == 1)
    #expect(worst?.count == 2)
    #expect(worst?.actual == "2.0")
    #expect(worst?.expected == "3.0")
  }
}
