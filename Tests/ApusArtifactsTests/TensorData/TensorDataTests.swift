import ApusArtifacts
import ComplexModule
import Testing

@Suite struct TensorDataTests {
  @Test func `holds bytes that fill its shape`() throws {
    let data = try TensorData(elementType: .i16, shape: [2, 1], bytes: [1, 0, 2, 0])
    #expect(data.count == 2)
    #expect(data.type == TensorType(.i16, [2, 1]))
    #expect(try data.scalars(as: Int16.self) == [1, 2])
    #expect(try TensorData(elementType: .f32, shape: [0, 7], bytes: []).count == 0)
  }

  @Test func `refuses bytes that do not fill its shape`() throws {
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(elementType: .f32, shape: [2, 3], bytes: [0])
      } == "2x3xf32 is 24 bytes, got 1"
    )
  }

  private static let impossibleShapes: [(shape: [Int], type: ElementType, message: String)] = [
    ([2, -1], .f32, "dimension 1 is negative: -1"),
    ([1 << 40, 1 << 40], .f32, "the size of 1099511627776x1099511627776xf32 overflows 64 bits"),
    ([1 << 62], .i32, "the size of 4611686018427387904xi32 overflows 64 bits"),
    // No element, but strides that overflow.
    (
      [0, 1 << 40, 1 << 40], .i8, "the size of 0x1099511627776x1099511627776xi8 overflows 64 bits"
    ),
    (Array(repeating: 1, count: 129), .i8, "a tensor of 129 dimensions: there can be 128"),
  ]

  @Test(arguments: impossibleShapes)
  func `refuses shapes that cannot be`(shape: [Int], type: ElementType, expected: String) throws {
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(elementType: type, shape: shape, bytes: [])
      } == expected
    )
  }

  @Test func `refuses elements of less than a byte`() throws {
    let i4 = try #require(ElementType("i4"))
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData(elementType: i4, shape: [2], bytes: [0])
      } == "elements of type i4 do not fill whole bytes"
    )
  }

  @Test func `every scalar type survives`() throws {
    func check<Scalar: TensorScalar>(
      _ scalars: [Scalar],
      _ elementType: ElementType,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let data = try TensorData(scalars, shape: [scalars.count])
      #expect(data.elementType == elementType, sourceLocation: sourceLocation)
      #expect(try data.scalars() == scalars, sourceLocation: sourceLocation)
      #expect(data.elements.count == scalars.count, sourceLocation: sourceLocation)
    }
    try check([true, false], .bool)
    try check([Int8.min, .max], .i8)
    try check([Int16.min, .max], .i16)
    try check([Int32.min, .max], .i32)
    try check([Int64.min, .max], .i64)
    try check([UInt8.min, .max], .ui8)
    try check([UInt16.min, .max], .ui16)
    try check([UInt32.min, .max], .ui32)
    try check([UInt64.min, .max], .ui64)
    try check([Float16(0.1), -.infinity], .f16)
    try check([BFloat16(0.1), -.infinity], .bf16)
    try check([Float(0.1), -.infinity], .f32)
    try check([0.1, -.infinity], .f64)
    try check([Complex<Float>(1, 2)], .complexF32)
    try check([Complex<Double>(1, 2)], .complexF64)
  }

  @Test func `integers without signedness are read as either, others as what they are`() throws {
    let bytes: [UInt8] = [255, 1]
    let signless = try TensorData(elementType: .i8, shape: [2], bytes: bytes)
    #expect(try signless.scalars(as: Int8.self) == [-1, 1])
    #expect(try signless.scalars(as: UInt8.self) == [255, 1])
    let unsigned = try TensorData(elementType: .ui8, shape: [2], bytes: bytes)
    #expect(throws: TensorDataError.self) { try unsigned.scalars(as: Int8.self) }
    let signed = try TensorData(elementType: .si8, shape: [2], bytes: bytes)
    #expect(throws: TensorDataError.self) { try signed.scalars(as: UInt8.self) }
    #expect(
      try message { () throws(TensorDataError) in try signed.scalars(as: Float.self) }
        == "elements of type si8 cannot be read as Float"
    )
  }

  @Test func `bytes other than 0 are true`() throws {
    let data = try TensorData(elementType: .bool, shape: [3], bytes: [0, 1, 7])
    #expect(try data.scalars(as: Bool.self) == [false, true, true])
    #expect(data.elements.map(\.description) == ["0", "1", "1"])
  }

  @Test func `refuses scalars that do not fill the shape`() throws {
    #expect(
      try message { () throws(TensorDataError) in
        try TensorData([Float](repeating: 0, count: 5), shape: [2, 3])
      } == "2x3xf32 has 6 elements, got 5"
    )
  }
}
