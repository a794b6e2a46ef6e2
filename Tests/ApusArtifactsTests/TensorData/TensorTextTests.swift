import ApusArtifacts
import ApusTestSupport
import Testing

@Suite struct TensorTextTests {
  @Test func `text is what iree-run-module prints for numbers that both write alike`() throws {
    // Printed by iree-run-module 3.9.0 for functions that return their argument.
    for text in [
      "4xf32=11 22 33 44", "2x2xf32=[1 2][3 4]", "2x2x2xf32=[[0 0][0 0]][[0 0][0 0]]",
      "2xui8=1 255", "i32=8",
    ] {
      #expect(try TensorData(parsing: text).text == text)
    }
  }

  @Test func `every element type survives its text`() throws {
    var generator = SeededGenerator(seed: 7)
    for name in [
      "i1", "i8", "i16", "i32", "i64", "si8", "si16", "si32", "si64", "ui8", "ui16", "ui32", "ui64",
      "f16", "bf16", "f32", "f64", "complex<f32>", "complex<f64>", "f8E4M3FN",
    ] {
      let type = try #require(ElementType(name))
      let size = try #require(type.byteCount)
      var bytes = (0..<200 * size).map { _ in UInt8.random(in: 0...255, using: &generator) }
      if type == .bool { bytes = bytes.map { $0 & 1 } }
      let data = try TensorData(elementType: type, shape: [4, 5, 10], bytes: bytes)
      let readBack = try TensorData(parsing: data.text)
      #expect(readBack.text == data.text)
      #expect(TensorComparison(actual: readBack, expected: data, tolerance: .exact).isMatch)
      if !type.isFloatingPoint && !type.isComplex || name.hasPrefix("f8") {
        #expect(readBack == data)
      }
    }
  }

  private static let descriptions: [(text: String, description: String)] = [
    ("i32=5", "i32 5"),
    ("f64=0.1", "f64 0.1"),
    ("4xf32=11,22,33,44", "4xf32 [11 22 33 44]"),
    ("3xf32=-1,0.25,1e10", "3xf32 [   -1  0.25 1e+10]"),
    ("0x3xf32", "0x3xf32 []"),
    ("2x3xi8=1,-20,3,4,5,60", "2x3xi8\n[[  1 -20   3]\n [  4   5  60]]"),
    ("2x2x1xi8=1,2,3,4", "2x2x1xi8\n[[[1]\n  [2]]\n [[3]\n  [4]]]"),
    ("1000xf32=0.5", "1000xf32 [0.5 0.5 0.5 … 0.5 0.5 0.5]"),
    (
      "8x20xi1=1",
      """
      8x20xi1
      [[1 1 1 … 1 1 1]
       [1 1 1 … 1 1 1]
       [1 1 1 … 1 1 1]
       …
       [1 1 1 … 1 1 1]
       [1 1 1 … 1 1 1]
       [1 1 1 … 1 1 1]]
      """
    ),
    ("2xcomplex<f32>=1+2i,-3i", "2xcomplex<f32> [1+2i 0-3i]"),
  ]

  @Test(arguments: descriptions)
  func `the description shows rows`(text: String, description: String) throws {
    #expect(try TensorData(parsing: text).description == description)
  }

  @Test func `the description of a large tensor shows its corners`() throws {
    let data = try TensorData((0..<1_000_000).map { Int32($0) }, shape: [1000, 1000])
    #expect(
      data.description == """
        1000x1000xi32
        [[     0      1      2 …    997    998    999]
         [  1000   1001   1002 …   1997   1998   1999]
         [  2000   2001   2002 …   2997   2998   2999]
         …
         [997000 997001 997002 … 997997 997998 997999]
         [998000 998001 998002 … 998997 998998 998999]
         [999000 999001 999002 … 999997 999998 999999]]
        """
    )
  }

  @Test func `the description is short however many dimensions there are`() throws {
    let twos = try TensorData(
      elementType: .i8,
      shape: Array(repeating: 2, count: 20),
      bytes: Array(repeating: 0, count: 1 << 20)
    )
    #expect(twos.description.count < 20_000)
    let ones = try TensorData(
      elementType: .i8,
      shape: Array(repeating: 1, count: 128),
      bytes: [7]
    )
    #expect(ones.description.contains("7"))
    let empty = try TensorData(elementType: .i8, shape: [1 << 40, 0], bytes: [])
    #expect(empty.description == "1099511627776x0xi8 []")
    #expect(empty.text == "1099511627776x0xi8=")
  }
}
