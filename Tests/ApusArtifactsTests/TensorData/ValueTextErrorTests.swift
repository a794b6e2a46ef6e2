import Testing

@testable import ApusArtifacts

@Suite struct ValueTextErrorTests {
  private static let errors: [(text: String, message: String)] = [
    ("", "'': there is no value"),
    (" \n", "' \\n': there is no value"),
    ("f32", nothing("f32")),
    ("hello", nothing("hello")),
    ("4xf33", nothing("4xf33")),
    ("4xf32=1,2,3", "'4xf32=1,2,3': expected 4 elements, got 3"),
    ("4xf32=1,2,3,4,5", "'4xf32=1,2,3,4,5': expected 4 elements, got 5"),
    ("4xf32=", "'4xf32=': expected 4 elements, got 0"),
    ("f32=1,2", "'f32=1,2': expected 1 element, got 2"),
    ("0xf32=1", "'0xf32=1': expected 0 elements, got 1"),
    ("4xf32=1,2,x,4", "'4xf32=1,2,x,4': element 2: 'x' is not a value of type f32 (column 11)"),
    ("4xf32=é,2", "'4xf32=é,2': element 0: 'é' is not a value of type f32 (column 7)"),
    ("2xi32=1.5,2", "'2xi32=1.5,2': element 0: '1.5' is not a value of type i32 (column 7)"),
    ("2xi32=1 --2", "'2xi32=1 --2': element 1: '--2' is not a value of type i32 (column 9)"),
    ("i32=0x", "'i32=0x': element 0: '0x' is not a value of type i32 (column 5)"),
    (
      "2xi8=1,256",
      "'2xi8=1,256': element 1: '256' is out of range for i8: -128 to 255 (column 8)"
    ),
    ("i8=-129", "'i8=-129': element 0: '-129' is out of range for i8: -128 to 255 (column 4)"),
    ("si8=128", "'si8=128': element 0: '128' is out of range for si8: -128 to 127 (column 5)"),
    ("ui8=-1", "'ui8=-1': element 0: '-1' is out of range for ui8: 0 to 255 (column 5)"),
    (
      "i64=99999999999999999999",
      "'i64=99999999999999999999': element 0: '99999999999999999999' is out of range for i64: "
        + "-9223372036854775808 to 18446744073709551615 (column 5)"
    ),
    (
      "f16=65520",
      "'f16=65520': element 0: '65520' is out of range for f16: the largest number is 65504.0 "
        + "(column 5)"
    ),
    (
      "f32=-1e39",
      "'f32=-1e39': element 0: '-1e39' is out of range for f32: the largest number is "
        + "3.4028235e+38 (column 5)"
    ),
    ("i1=2", "'i1=2': element 0: '2' is neither 0, 1, true nor false (column 4)"),
    (
      "complex<f32>=1+i",
      "'complex<f32>=1+i': element 0: '1+i' is not a value of type complex<f32> (column 14)"
    ),
    (
      "complex<f32>=(1,2,3)",
      "'complex<f32>=(1,2,3)': element 0: '(1,2,3)' is not a value of type complex<f32> (column 14)"
    ),
    ("complex<f32>=(1,2", "'complex<f32>=(1,2': this '(' is not closed (column 14)"),
    (
      "f8E5M2=1",
      "'f8E5M2=1': element 0: '1' is not a value of type f8E5M2, which is written as 0x and "
        + "2 hexadecimal digits (column 8)"
    ),
    ("2xf32=[1,2", "'2xf32=[1,2': this '[' is not closed (column 7)"),
    ("2xf32=1,2]", "'2xf32=1,2]': this ']' closes no bracket (column 10)"),
    ("2xf32=1,,2", "'2xf32=1,,2': no element stands before this comma (column 9)"),
    ("2xf32=,1,2", "'2xf32=,1,2': no element stands before this comma (column 7)"),
    ("x4xf32=1", "'x4xf32=1': dimension 0 is missing (column 1)"),
    ("4xxf32=1", "'4xxf32=1': dimension 1 is missing (column 3)"),
    ("4f32=1", "'4f32=1': dimension 0 is not followed by 'x' (column 2)"),
    ("4=1", "'4=1': dimension 0 is not followed by 'x' (column 2)"),
    ("-4xf32=1", "'-4xf32=1': dimension 0 is negative (column 1)"),
    (
      "4x?xf32=1",
      "'4x?xf32=1': dimension 1 is '?': a value has a size in every dimension (column 3)"
    ),
    ("4x=1", "'4x=1': there is no element type (column 3)"),
    ("=1", "'=1': there is no element type (column 1)"),
    ("4xf33=1", "'4xf33=1': 'f33' is not an element type (column 3)"),
    ("4xi4=1", "'4xi4=1': elements of type i4 do not fill whole bytes"),
    (
      "99999999999999999999xf32=1",
      "'99999999999999999999xf32=1': dimension 0 does not fit 64 bits (column 1)"
    ),
    (
      "4294967296x4294967296xf32=1",
      "'4294967296x4294967296xf32=1': the size of 4294967296x4294967296xf32 overflows 64 bits"
    ),
    ("@", "'@': no file name follows '@' (column 2)"),
    ("4xf32=@", "'4xf32=@': no file name follows '@' (column 8)"),
    ("@a\0b.npy", "'@a\\0b.npy': a file name cannot hold a NUL character (column 3)"),
    ("@no/such.npy", "cannot open 'no/such.npy': No such file or directory"),
    ("4xf32=@no/such.bin", "cannot open 'no/such.bin': No such file or directory"),
  ]

  private static func nothing(_ text: String) -> String {
    "'\(text)': this is neither a tensor ('4xf32=1,2,3,4'), a number nor a file ('@file.npy')"
  }

  @Test(arguments: errors)
  func `says what is wrong, and where`(text: String, expected: String) throws {
    #expect(try message { () throws(TensorDataError) in try TensorData(parsing: text) } == expected)
  }

  @Test func `a short text cannot ask for more memory than there is`() throws {
    for text in ["1000000000000000xf32=0", "1000000000000000xf32"] {
      let message = try message { () throws(TensorDataError) in try TensorData(parsing: text) }
      #expect(
        message.hasPrefix("'\(text)': 1000000000000000xf32 is 4000000000000000 bytes, more than")
      )
    }
  }

  @Test func `a long text is cut short in the message`() throws {
    let text = "500xi8=" + Array(repeating: "1", count: 499).joined(separator: ",")
    let error = try #require(
      #expect(throws: TensorDataError.self) { try TensorData(parsing: text) }
    )
    #expect(error.text == text)
    #expect(
      error.description
        == "'\(text.prefix(160))…' (\(text.count) characters): expected 500 elements, got 499"
    )
  }

  @Test func `the error has its parts`() throws {
    let error = try #require(
      #expect(throws: TensorDataError.self) { try TensorData(parsing: "2xi8=1,x") }
    )
    #expect(error.code == .element)
    #expect(error.column == 8)
    #expect(error.elementIndex == 1)
    #expect(error.text == "2xi8=1,x")
  }
}
