import ApusArtifacts
import Testing

@Suite struct TensorComparisonTests {
  private func compare(
    _ actual: String,
    _ expected: String,
    _ tolerance: TensorComparison.Tolerance? = nil
  ) throws -> TensorComparison {
    TensorComparison(
      actual: try TensorData(parsing: actual),
      expected: try TensorData(parsing: expected),
      tolerance: tolerance
    )
  }

  @Test func `equal tensors are equal`() throws {
    let comparison = try compare("2x2xf32=1,2,nan,inf", "2x2xf32=1,2,nan,inf")
    #expect(comparison.isMatch)
    #expect(comparison.largestAbsoluteError == nil)
    #expect(comparison.description == "all 4 elements are equal")
  }

  @Test(arguments: ["f16", "bf16", "f32", "f64", "complex<f32>", "complex<f64>"])
  func `NaN equals NaN, an infinity itself and 0 its negative`(type: String) throws {
    #expect(try compare("4x\(type)=nan inf -inf 0", "4x\(type)=-nan inf -inf -0", .exact).isMatch)
    for pair in [("nan", "1"), ("1", "nan"), ("inf", "-inf"), ("inf", "1"), ("1", "inf")] {
      let comparison = try compare(
        "\(type)=\(pair.0)",
        "\(type)=\(pair.1)",
        .init(absolute: 1e300, relative: 1e300)
      )
      #expect(!comparison.isMatch, "\(pair)")
      #expect(comparison.firstDifference?.absoluteError == .infinity)
    }
  }

  @Test func `a difference is allowed up to the absolute and relative tolerance together`() throws {
    let tolerance = TensorComparison.Tolerance(absolute: 0.5, relative: 0.25)
    #expect(try compare("f64=5.5", "f64=4", tolerance).isMatch)
    #expect(try compare("f64=2.5", "f64=4", tolerance).isMatch)
    #expect(try !compare("f64=5.5000001", "f64=4", tolerance).isMatch)
    #expect(try compare("f64=-5.5", "f64=-4", tolerance).isMatch)
    // The relative part is the expected value's, not the actual one's.
    #expect(try !compare("f64=4", "f64=2.5", tolerance).isMatch)
  }

  @Test func `reports the first difference, the count and the largest errors`() throws {
    let comparison = try compare("2x3xf32=[1 2 3][4 5.5 16]", "2x3xf32=[1 2 2][4 5 6]")
    #expect(!comparison.isMatch)
    #expect(comparison.differenceCount == 3)
    #expect(comparison.firstDifference?.index == [0, 2])
    #expect(comparison.firstDifference?.actual == .float(3))
    #expect(comparison.firstDifference?.expected == .float(2))
    #expect(comparison.largestAbsoluteError?.index == [1, 2])
    #expect(comparison.largestAbsoluteError?.absoluteError == 10)
    #expect(
      comparison.description
        == "3 of 6 elements differ: first at [0, 2]: expected 2, got 3; "
        + "largest absolute error 10 at [1, 2], relative 1.67 at [1, 2]"
    )
  }

  @Test func `reports how close a match is`() throws {
    let comparison = try compare("3xf32=1 2.00001 3", "3xf32=1 2 3")
    #expect(comparison.isMatch)
    #expect(
      comparison.description
        == "all 3 elements are equal within the tolerance: largest absolute error 1e-05 at [1]"
    )
  }

  @Test func `a tensor of rank 0 has no index`() throws {
    #expect(
      try compare("f32=2", "f32=1").description
        == "1 of 1 element differs: first: expected 1, got 2; largest absolute error 1, relative 1"
    )
  }

  @Test func `integers and truth values must be the same`() throws {
    #expect(try compare("2xi32=1 2", "2xi32=1 2").isMatch)
    #expect(try !compare("2xi32=1 2", "2xi32=1 3", .init(absolute: 9, relative: 9)).isMatch)
    #expect(
      try compare("2xi1=1 0", "2xi1=1 1").description
        == "1 of 2 elements differs: first at [1]: expected 1, got 0; "
        + "largest absolute error 1 at [1], relative 1 at [1]"
    )
    #expect(try !compare("f8E5M2=0x01", "f8E5M2=0x02").isMatch)
  }

  @Test func `integers are told apart beyond what a Double can`() throws {
    let comparison = try compare("i64=9007199254740993", "i64=9007199254740992")
    #expect(comparison.differenceCount == 1)
    #expect(comparison.largestAbsoluteError?.absoluteError == 1)
    #expect(
      try compare("si64=-9223372036854775808", "si64=9223372036854775807")
        .largestAbsoluteError?.absoluteError == 0x1p64
    )
    #expect(
      try compare("ui64=18446744073709551615", "ui64=18446744073709551614")
        .largestAbsoluteError?.absoluteError == 1
    )
  }

  @Test func `bytes other than 0 are the same truth`() throws {
    let odd = try TensorData(elementType: .bool, shape: [2], bytes: [7, 0])
    let even = try TensorData(elementType: .bool, shape: [2], bytes: [1, 0])
    #expect(TensorComparison(actual: odd, expected: even).isMatch)
  }

  @Test func `complex numbers are compared by their distance`() throws {
    let tolerance = TensorComparison.Tolerance(absolute: 5, relative: 0)
    #expect(try compare("complex<f64>=4+6i", "complex<f64>=1+2i", tolerance).isMatch)
    #expect(try !compare("complex<f64>=4+6.1i", "complex<f64>=1+2i", tolerance).isMatch)
    let relative = TensorComparison.Tolerance(absolute: 0, relative: 0.1)
    // The small part may be wrong altogether beside a large one.
    #expect(try compare("complex<f32>=100+1i", "complex<f32>=100-1i", relative).isMatch)
    #expect(try !compare("complex<f32>=inf+1i", "complex<f32>=inf+2i", relative).isMatch)
    #expect(
      try compare("complex<f64>=1e300+1e300i", "complex<f64>=1e300+1.01e300i", relative).isMatch
    )
  }

  @Test func `types and shapes must agree`() throws {
    #expect(
      try compare("4xf32=0", "5xf32=0").description == "expected a tensor of type 5xf32, got 4xf32"
    )
    #expect(try !compare("4xf32=0", "2x2xf32=0").isMatch)
    #expect(try !compare("4xf32=0", "4xf64=0").isMatch)
    #expect(try !compare("4xi8=0", "4xi1=0").isMatch)
    #expect(try compare("4xi32=0", "4xf32=0").firstDifference == nil)
  }

  @Test func `integers without signedness equal either kind`() throws {
    #expect(try compare("2xi8=-1 1", "2xui8=255 1").isMatch)
    #expect(try compare("2xi8=-1 1", "2xsi8=-1 1").isMatch)
    #expect(try !compare("2xsi8=1 1", "2xui8=1 1").isMatch)
    #expect(
      try compare("i8=-1", "ui8=254").description
        == "1 of 1 element differs: first: expected 254, got 255; largest absolute error 1, "
        + "relative 0.00394"
    )
  }

  @Test func `the standard tolerance belongs to the expected type`() throws {
    #expect(try compare("f64=1.0000000001", "f64=1").isMatch)
    #expect(try !compare("f64=1.00000001", "f64=1").isMatch)
    #expect(try compare("f32=1.0001", "f32=1").isMatch)
    #expect(try !compare("f32=1.001", "f32=1").isMatch)
    #expect(try compare("f16=1.005", "f16=1").isMatch)
    #expect(try compare("bf16=1.02", "bf16=1").isMatch)
    #expect(try !compare("bf16=1.05", "bf16=1").isMatch)
    #expect(TensorComparison.Tolerance.standard(for: .i32) == .exact)
  }

  @Test func `errors where 0 is expected do not count as relative ones`() throws {
    let comparison = try compare("2xf32=0.5 2.5", "2xf32=0 2")
    #expect(comparison.largestRelativeError?.index == [1])
    #expect(comparison.largestRelativeError?.relativeError == 0.25)
    #expect(comparison.firstDifference?.relativeError == nil)
  }
}
