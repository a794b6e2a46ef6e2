import ApusArtifacts
import ApusTestSupport
import SystemPackage
import Testing

@Suite struct RawFileTests {
  @Test func `what is written is read back`() throws {
    let folder = try TemporaryFolder()
    for text in ["4xf32=1 2 3 4", "i8=1", "0x3xf64="] {
      let data = try TensorData(parsing: text)
      let path = folder.file("data.bin")
      try data.write(toRaw: path)
      #expect(try folder.contents(of: "data.bin") == data.bytes)
      let readBack = try TensorData(
        elementType: data.elementType,
        shape: data.shape,
        contentsOfRaw: path
      )
      #expect(readBack == data)
    }
  }

  @Test(arguments: [0, 15, 17])
  func `a file of another size is refused`(size: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(repeating: 0, count: size), to: "data.bin")
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(elementType: .f32, shape: [4], contentsOfRaw: path)
      } == "'\(path)': 4xf32 is 16 bytes, the file is \(size)"
    )
  }

  @Test func `a file with bytes is no tensor without elements`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "data.bin")
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(elementType: .f32, shape: [0], contentsOfRaw: path)
      } == "'\(path)': 0xf32 is 0 bytes, the file is 1"
    )
  }

  @Test func `an impossible shape is refused before the file is opened`() throws {
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(elementType: .f32, shape: [-1], contentsOfRaw: "missing.bin")
      } == "'missing.bin': dimension 0 is negative: -1"
    )
  }
}
