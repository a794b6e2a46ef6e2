import ApusArtifacts
import ApusTestSupport
import SystemPackage
import Testing

@Suite struct ValueTextTests {
  private static let values: [(text: String, canonical: String)] = [
    ("4xf32=1,2,3,4", "4xf32=1 2 3 4"),
    ("4xf32=1 2 3 4", "4xf32=1 2 3 4"),
    (" 4xf32 =  1 , 2 ,\t3\n, 4, ", "4xf32=1 2 3 4"),
    ("2x2xf32=[1,2],[3,4]", "2x2xf32=[1 2][3 4]"),
    ("2x2xf32=[[1,2],[3,4]]", "2x2xf32=[1 2][3 4]"),
    ("2x2xf32=[[1 2][3 4]]", "2x2xf32=[1 2][3 4]"),
    ("2x2xf32=[1][2 3 4]", "2x2xf32=[1 2][3 4]"),
    ("2x3xf64=0.5", "2x3xf64=[0.5 0.5 0.5][0.5 0.5 0.5]"),
    ("1x1xi32=[[7]]", "1x1xi32=[7]"),
    ("i32=5", "i32=5"),
    ("f32=[5]", "f32=5"),
    ("2x2xi8", "2x2xi8=[0 0][0 0]"),
    ("0xf32", "0xf32="),
    ("0xf32=", "0xf32="),
    ("3x0xf32=[][][]", "3x0xf32="),
    ("3xi32=0x10,0XfF,-0x1", "3xi32=16 255 -1"),
    ("2xi32=010,+7", "2xi32=10 7"),
    ("4xi1=0,1,true,false", "4xi1=0 1 1 0"),
    ("4xi1=00 01 01 00", "4xi1=0 1 1 0"),
    ("4xf32=nan,inf,-inf,-NAN", "4xf32=nan inf -inf nan"),
    ("3xf32=INF,+Infinity,-INF", "3xf32=inf inf -inf"),
    ("4xf32=1e-7 -0 .5 1E+06", "4xf32=1e-07 -0 0.5 1000000"),
    ("2xf32=0x1p-3,0x10", "2xf32=0.125 16"),
    ("3xf16=0.1,65504,6e-8", "3xf16=0.1 65504 6e-08"),
    ("3xbf16=0.1,3.39e38,1e-7", "3xbf16=0.1 3.39e+38 1e-07"),
    ("2xf64=0.1,1e300", "2xf64=0.1 1e+300"),
    ("2xi8=-128,255", "2xi8=-128 -1"),
    ("2xsi8=-128,127", "2xsi8=-128 127"),
    ("2xui8=0,255", "2xui8=0 255"),
    ("2xi16=-32768,65535", "2xi16=-32768 -1"),
    ("2xi32=-2147483648,4294967295", "2xi32=-2147483648 -1"),
    ("2xi64=-9223372036854775808,18446744073709551615", "2xi64=-9223372036854775808 -1"),
    (
      "2xsi64=-9223372036854775808,9223372036854775807",
      "2xsi64=-9223372036854775808 9223372036854775807"
    ),
    ("2xui64=0,18446744073709551615", "2xui64=0 18446744073709551615"),
    ("4xcomplex<f32>=1+2i,(1,2),(1 -2),1", "4xcomplex<f32>=1+2i 1+2i 1-2i 1+0i"),
    (
      "3xcomplex<f64>=-3.5j,1e+2-1e-2i,-1-1i",
      "3xcomplex<f64>=0-3.5i 100-0.01i -1-1i"
    ),
    ("2xcomplex<f32>=nan+infi,inf-nani", "2xcomplex<f32>=nan+infi inf+nani"),
    ("2xc64=0x1p+2+1i,[-0-0i]", "2xcomplex<f32>=4+1i -0-0i"),
    // As iree-run-module prints complex numbers.
    ("2xcf64=0000803F00000040 0000803f00000040", "2xcomplex<f32>=1+2i 1+2i"),
    ("cf128=000000000000F03F0000000000000040", "complex<f64>=1+2i"),
    ("2xcf64=1+2i", "2xcomplex<f32>=1+2i 1+2i"),
    ("2xf8E5M2=0x7F 0x00", "2xf8E5M2=0x7f 0x00"),
    ("3x1x2xi8=1,2,3,4,5,6", "3x1x2xi8=[[1 2]][[3 4]][[5 6]]"),
    (
      "2x2x2xf32=[[1 2.5][1E-07 NAN]][[INF -INF][1E+10 1.23457E+08]]",
      "2x2x2xf32=[[1 2.5][1e-07 nan]][[inf -inf][1e+10 1.23457e+08]]"
    ),
  ]

  @Test(arguments: values)
  func `reads values and writes them so that they read back`(
    text: String,
    canonical: String
  ) throws {
    let data = try TensorData(parsing: text)
    #expect(data.text == canonical)
    let readBack = try TensorData(parsing: data.text)
    #expect(readBack.text == data.text)
    #expect(TensorComparison(actual: readBack, expected: data, tolerance: .exact).isMatch)
  }

  @Test func `a typed value without dimensions serves as tensor and as scalar`() throws {
    let value = try ValueText(parsing: "i32=5")
    #expect(try value.tensor(of: nil) == TensorData([Int32(5)], shape: []))
    #expect(try value.scalar(of: .i32) == TensorData([Int32(5)], shape: []))
    #expect(
      try message { () throws(TensorDataError) in try value.scalar(of: .i64) }
        == "expected a scalar of type i64, got a tensor of type i32"
    )
    #expect(try ValueText(parsing: "si32=5").scalar(of: .i32).elements[0] == .signed(5))
    #expect(
      try message { () throws(TensorDataError) in
        try ValueText(parsing: "1xi32=5").scalar(of: .i32)
      } == "expected a scalar of type i32, got a tensor of type 1xi32"
    )
  }

  @Test func `a number alone takes the type that is wanted`() throws {
    let value = try ValueText(parsing: " 5 ")
    #expect(value == .number("5"))
    #expect(try value.scalar(of: .i32).text == "i32=5")
    #expect(try value.scalar(of: .i64).text == "i64=5")
    #expect(try value.scalar(of: .f32).text == "f32=5")
    #expect(try value.tensor(of: .bf16).text == "bf16=5")
    #expect(try TensorData(parsing: "true", expecting: .bool).text == "i1=1")
    #expect(try TensorData(parsing: "1-2i", expecting: .complexF64).text == "complex<f64>=1-2i")
    #expect(
      try message { () throws(TensorDataError) in try value.tensor(of: nil) }
        == "'5': a number alone has no type: write it as 'f32=5' or with a shape"
    )
    #expect(
      try message { () throws(TensorDataError) in
        try ValueText(parsing: "2.5").scalar(of: .i32)
      } == "'2.5': '2.5' is not a value of type i32"
    )
  }

  @Test func `reads a NumPy file`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a=b.npy")
    let data = try TensorData(parsing: "2x2xf32=[1 2][3 4]")
    try data.write(toNPY: path)
    #expect(try TensorData(parsing: "@\(path)") == data)
    #expect(try TensorData(parsing: "2x2xf32=@\(path)") == data)
    #expect(
      try message { () throws(TensorDataError) in try TensorData(parsing: "2x2xf64=@\(path)") }
        == "'\(path)': expected 2x2xf64, the file holds 2x2xf32"
    )
    #expect(
      try message { () throws(TensorDataError) in try TensorData(parsing: "4xf32=@\(path)") }
        == "'\(path)': expected 4xf32, the file holds 2x2xf32"
    )
  }

  @Test func `a type before a NumPy file tells what its elements are`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("weights.npy")
    let data = try TensorData(parsing: "2xbf16=1 2")
    try data.write(toNPY: path)
    #expect(try TensorData(parsing: "2xbf16=@\(path)") == data)
    #expect(try TensorData(parsing: "@\(path)", expecting: .bf16) == data)
    #expect(throws: TensorDataError.self) { try TensorData(parsing: "@\(path)") }

    try TensorData(parsing: "2xi32=-1 2").write(toNPY: path)
    #expect(try TensorData(parsing: "2xsi32=@\(path)").text == "2xsi32=-1 2")
  }

  @Test func `reads a file of bare elements`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([0, 0, 128, 63, 0, 0, 0, 64], to: "x.bin")
    #expect(try TensorData(parsing: "2xf32=@\(path)").text == "2xf32=1 2")
    #expect(
      try message { () throws(TensorDataError) in try TensorData(parsing: "3xf32=@\(path)") }
        == "'\(path)': 3xf32 is 12 bytes, the file is 8"
    )
    #expect(
      try message { () throws(TensorDataError) in try TensorData(parsing: "@\(path)") }
        == "'@\(path)': a file of bare elements needs a type: '4xf32=@x.bin'"
    )
  }
}
