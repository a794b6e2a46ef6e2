import ApusArtifacts
import ApusTestSupport
import SystemPackage
import Testing

@Suite struct NPYTests {
  @Test func `reads a file in C order`() throws {
    let data = try TensorData(
      npy: npy("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }  \n")
    )
    #expect(data.type == TensorType(.i32, [2]))
    #expect(try data.scalars(as: Int32.self) == [1, 2])
  }

  @Test(arguments: [[1, 0], [2, 0], [3, 0]] as [[UInt8]])
  func `reads every version of the format`(version: [UInt8]) throws {
    let data = try TensorData(
      npy: npy("{'descr':'<i4','fortran_order':False,'shape':(2,)}", version: version)
    )
    #expect(try data.scalars(as: Int32.self) == [1, 2])
  }

  @Test func `reads big-endian elements`() throws {
    let data = try TensorData(
      npy: npy("{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }")
    )
    #expect(try data.scalars(as: Int32.self) == [1 << 24, 2 << 24])
  }

  @Test func `swaps the parts of complex numbers each`() throws {
    let data = try TensorData(
      npy: npy(
        "{'descr': '>c8', 'fortran_order': False, 'shape': (), }",
        data: [0x3F, 0x80, 0, 0, 0x40, 0, 0, 0]
      )
    )
    #expect(data.text == "complex<f32>=1+2i")
  }

  @Test func `reads Fortran order as row-major`() throws {
    let data = try TensorData(
      npy: npy(
        "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }",
        data: [1, 4, 2, 5, 3, 6]
      )
    )
    #expect(data.text == "2x3xui8=[1 2 3][4 5 6]")
  }

  @Test(arguments: [
    "{\"shape\": (2,), \"fortran_order\": False, \"descr\": \"<i4\"}",
    " { 'shape' :( 2 , ) ,\n'fortran_order'\t: False , 'descr':'i4' } \n",
    "{'descr': '=i4', 'fortran_order': False, 'shape': (2L,), }",
    "{'shape': (2, 1), 'descr': '<i4', 'fortran_order': True}",
  ])
  func `reads headers however they are spelled`(header: String) throws {
    #expect(try TensorData(npy: npy(header)).scalars(as: Int32.self) == [1, 2])
  }

  @Test func `reads two bytes of anything as bfloat16 only where that is expected`() throws {
    for name in ["<V2", "|V2", "V2"] {
      let file = npy("{'descr': '\(name)', 'fortran_order': False, 'shape': (4,), }")
      #expect(try TensorData(npy: file, expecting: .bf16).elementType == .bf16)
      #expect(throws: TensorDataError.self) { try TensorData(npy: file) }
      #expect(throws: TensorDataError.self) { try TensorData(npy: file, expecting: .i16) }
      #expect(throws: TensorDataError.self) { try TensorData(npy: file, expecting: .f32) }
    }
    let named = npy("{'descr': 'bfloat16', 'fortran_order': False, 'shape': (4,), }")
    #expect(try TensorData(npy: named).elementType == .bf16)
  }

  @Test func `an expectation does not change what a file says`() throws {
    let file = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }")
    #expect(try TensorData(npy: file, expecting: .f64).elementType == .f32)
  }

  @Test func `reads a tensor without elements`() throws {
    let data = try TensorData(
      npy: npy("{'descr': '<f4', 'fortran_order': True, 'shape': (3, 0, 2), }", data: [])
    )
    #expect(data.shape == [3, 0, 2])
    #expect(data.bytes.isEmpty)
  }

  @Test func `what is written is read back`() throws {
    let folder = try TemporaryFolder()
    for text in [
      "i8=5", "4xf32=1 2 3 4", "2x2xbf16=1 2 3 4", "0x3xf64=", "2xcomplex<f64>=1+2i 3",
      "3xi1=1 0 1", "2xui64=0 18446744073709551615", "2xf8E4M3FN=0x00 0x7f",
      String(repeating: "1x", count: 128) + "i8=7",
    ] {
      let data = try TensorData(parsing: text)
      let path = folder.file("data.npy")
      try data.write(toNPY: path)
      let readBack = try TensorData(contentsOfNPY: path, expecting: data.elementType)
      #expect(readBack == data)
      #expect((try folder.contents(of: "data.npy").count - data.bytes.count) % 64 == 0)
    }
  }
}

@Suite struct NPYErrorTests {
  private static let good = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }"

  private static let headers: [(header: String, message: String)] = [
    (
      "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }",
      "elements of type '|O' are Python objects, which cannot be read (at byte 20)"
    ),
    (
      "{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (1,), }",
      "structured elements cannot be read: store each field in a file of its own (at byte 20)"
    ),
    (
      "{'descr': '<U3', 'fortran_order': False, 'shape': (2,), }",
      "elements of type '<U3' are text, not numbers (at byte 20)"
    ),
    (
      "{'descr': '<M8[s]', 'fortran_order': False, 'shape': (1,), }",
      "elements of type '<M8[s]' are times, not numbers (at byte 20)"
    ),
    (
      "{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }",
      "numbers of type '<f16' have no counterpart here (at byte 20)"
    ),
    (
      "{'descr': '<V2', 'fortran_order': False, 'shape': (4,), }",
      "elements of type '<V2' are bytes of no known type; if they are bfloat16, say so: "
        + "the element type bf16 must be given (at byte 20)"
    ),
    (
      "{'descr': '<V8', 'fortran_order': False, 'shape': (1,), }",
      "elements of type '<V8' are bytes of no known type (at byte 20)"
    ),
    (
      "{'descr': '<q4', 'fortran_order': False, 'shape': (2,), }",
      "damaged header: '<q4' is no element type (at byte 20)"
    ),
    (
      "{'descr': 4, 'fortran_order': False, 'shape': (2,), }",
      "damaged header: 'descr' is not a string (at byte 20)"
    ),
    (
      "{'descr': '<i4', 'fortran_order': 0, 'shape': (2,), }",
      "damaged header: 'fortran_order' is neither True nor False (at byte 44)"
    ),
    (
      "{'descr': '<i4', 'fortran_order': False, 'shape': (2), }",
      "damaged header: 'shape' is not a tuple (at byte 60)"
    ),
    (
      "{'descr': '<i4', 'fortran_order': False, 'shape': (2, True), }",
      "damaged header: dimension 1 is not an integer (at byte 60)"
    ),
    ("{'descr': '<i4', 'fortran_order': False, 'shape': (-2,), }", "dimension 0 is negative: -2"),
    (
      "{'descr': '<i4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
      "dimension 0 does not fit 64 bits: '99999999999999999999' (at byte 60)"
    ),
    (
      "{'descr': '<i4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
      "the size of 4294967296x4294967296xi32 overflows 64 bits"
    ),
    (
      "{'fortran_order': False, 'shape': (2,), }", "damaged header: it has no 'descr' (at byte 10)"
    ),
    (
      "{'descr': '<i4', 'descr': '<i4', 'fortran_order': False, 'shape': (2,), }",
      "damaged header: it has 'descr' twice (at byte 27)"
    ),
    (
      "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), 'x': 1}",
      "damaged header: it has an unknown key 'x' (at byte 66)"
    ),
    ("", "damaged header: the header is not a dictionary (at byte 10)"),
    ("[1]", "damaged header: the header is not a dictionary (at byte 10)"),
    ("{", "damaged header: a key is not a string (at byte 11)"),
    ("{1: 2}", "damaged header: a key is not a string (at byte 11)"),
    ("{'descr'}", "damaged header: a key is not followed by a colon (at byte 18)"),
    ("{'descr': ", "damaged header: the header ends before a value (at byte 20)"),
    (
      "{'descr': x}",
      "damaged header: a value is not a string, number, truth value, tuple or list (at byte 20)"
    ),
    ("{'descr': 'x", "damaged header: a string does not end (at byte 20)"),
    ("{'descr': '\\n'}", "damaged header: a string has an escape sequence (at byte 20)"),
    ("{'descr': -}", "damaged header: a number has no digits (at byte 21)"),
    ("{'a': 1 'b': 2}", "damaged header: entries are not separated by a comma (at byte 18)"),
    ("{'a': (1 2)}", "damaged header: values are not separated by a comma (at byte 19)"),
    (good + "x", "damaged header: text follows the dictionary (at byte 67)"),
    (
      "{'a': " + String(repeating: "(", count: 1000),
      "damaged header: values are nested too deeply (at byte 48)"
    ),
  ]

  @Test(arguments: headers)
  func `says what is wrong with a header`(header: String, expected: String) throws {
    #expect(
      try message { () throws(TensorDataError) in try TensorData(npy: npy(header)) } == expected
    )
  }

  @Test(
    arguments: [
      ([], "the file ends within the header: expected at least 10 bytes, got 0 (at byte 0)"),
      (
        [0x93, 0x4E],
        "the file ends within the header: expected at least 10 bytes, got 2 (at byte 2)"
      ),
      ([1, 2, 3], "this is not an .npy file: it does not begin with '\\x93NUMPY' (at byte 0)"),
      (
        [0x50, 0x4B, 3, 4],
        "this is an archive (.npz) and not an .npy file: unpack it first (at byte 0)"
      ),
      (
        [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 4, 0, 0, 0],
        "version 4.0 of the format is not known (1.0, 2.0 and 3.0 are) (at byte 6)"
      ),
      (
        [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 1, 0, 0],
        "version 1.1 of the format is not known (1.0, 2.0 and 3.0 are) (at byte 6)"
      ),
      (
        [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0xFF, 0xFF],
        "the file ends within the header: expected at least 65545 bytes, got 10 (at byte 10)"
      ),
      (
        [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 2, 0, 0xFF, 0xFF],
        "the file ends within the header: expected at least 12 bytes, got 10 (at byte 10)"
      ),
      (
        [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF],
        "damaged header: it claims to be 4294967295 bytes long (at most 1048576 are read) (at byte 8)"
      ),
    ] as [([UInt8], String)]
  )
  func `says what is wrong before the header`(bytes: [UInt8], expected: String) throws {
    #expect(try message { () throws(TensorDataError) in try TensorData(npy: bytes) } == expected)
  }

  @Test func `says how many bytes of elements are missing or too many`() throws {
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(npy: npy(Self.good, data: [1, 2, 3]))
      } == "the elements of 2xi32 are 8 bytes, got 3 (at byte 70)"
    )
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(npy: npy(Self.good, data: Array(repeating: 0, count: 9)))
      } == "the elements of 2xi32 are 8 bytes, got 9 (at byte 75)"
    )
  }

  @Test func `names the file`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("hello".utf8), to: "x.npy")
    let error = try #require(
      #expect(throws: TensorDataError.self) { try TensorData(contentsOfNPY: path) }
    )
    #expect(error.code == .npy)
    #expect(error.file == path)
    #expect(error.offset == 0)
    #expect(error.description.hasPrefix("'\(path)': this is not an .npy file"))

    let empty = try folder.write([], to: "empty.npy")
    #expect(
      try message { () throws(TensorDataError) in try TensorData(contentsOfNPY: empty) }
        == "'\(empty)': the file ends within the header: expected at least 10 bytes, got 0 "
        + "(at byte 0)"
    )
  }

  @Test func `says why a file cannot be read or written`() throws {
    let folder = try TemporaryFolder()
    let missing = folder.file("missing.npy")
    let error = try #require(
      #expect(throws: TensorDataError.self) { try TensorData(contentsOfNPY: missing) }
    )
    #expect(error.code == .file)
    #expect(error.description == "cannot open '\(missing)': No such file or directory")
    #expect(error.cause?.errno == .noSuchFileOrDirectory)

    #expect(
      try message { () throws(TensorDataError) in try TensorData(contentsOfNPY: folder.path) }
        == "cannot map '\(folder.path)': it is not a regular file"
    )

    let unwritable = folder.file("no/such/folder.npy")
    let data = try TensorData(parsing: "f32=1")
    #expect(
      try message { () throws(TensorDataError) in try data.write(toNPY: unwritable) }
        == "cannot write '\(unwritable)': No such file or directory"
    )
  }
}
