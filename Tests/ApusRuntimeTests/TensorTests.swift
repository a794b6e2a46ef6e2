import Apus
import ApusTestSupport
import ComplexModule
import Testing

struct TensorTests {
  private let runtime: Runtime

  init() throws { runtime = try Runtime(workers: 1) }

  // MARK: Elements

  private func expectRoundTrip<Scalar: TensorScalar>(
    _ scalars: [Scalar],
    _ elementType: ElementType,
    bytesEach: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let tensor = try Tensor(scalars, on: runtime)
    #expect(tensor.elementType == elementType, sourceLocation: sourceLocation)
    #expect(tensor.shape == [scalars.count], sourceLocation: sourceLocation)
    #expect(tensor.count == scalars.count, sourceLocation: sourceLocation)
    #expect(tensor.untyped.byteCount == bytesEach * scalars.count, sourceLocation: sourceLocation)
    let (before, after) = (
      scalars.withUnsafeBytes { [UInt8]($0) },
      try tensor.scalars().withUnsafeBytes { [UInt8]($0) }
    )
    #expect(before == after, sourceLocation: sourceLocation)
    #expect(try tensor.untyped.data().bytes == before, sourceLocation: sourceLocation)
  }

  @Test func `integers of every width come back as they went`() throws {
    try expectRoundTrip([0, 1, -1, .min, .max] as [Int8], .i8, bytesEach: 1)
    try expectRoundTrip([0, 1, 127, 128, .max] as [UInt8], .ui8, bytesEach: 1)
    try expectRoundTrip([0, 1, -1, .min, .max] as [Int16], .i16, bytesEach: 2)
    try expectRoundTrip([0, 1, 0x8000, .max] as [UInt16], .ui16, bytesEach: 2)
    try expectRoundTrip([0, 1, -1, .min, .max] as [Int32], .i32, bytesEach: 4)
    try expectRoundTrip([0, 1, 0x8000_0000, .max] as [UInt32], .ui32, bytesEach: 4)
    try expectRoundTrip([0, 1, -1, .min, .max] as [Int64], .i64, bytesEach: 8)
    try expectRoundTrip([0, 1, 1 << 63, .max] as [UInt64], .ui64, bytesEach: 8)
  }

  @Test func `floating-point numbers come back to the bit`() throws {
    try expectRoundTrip([0, -0, 1.5, .infinity, .nan, 65504] as [Float16], .f16, bytesEach: 2)
    try expectRoundTrip(
      [0, -0, 1.5, .infinity, .greatestFiniteMagnitude, BFloat16(bitPattern: 0x7FC1)],
      .bf16,
      bytesEach: 2
    )
    try expectRoundTrip(
      [0, -0, .infinity, .nan, .leastNonzeroMagnitude, Float(bitPattern: 0x7FC0_1234)],
      .f32,
      bytesEach: 4
    )
    try expectRoundTrip([0, -0, -.infinity, .nan, .pi] as [Double], .f64, bytesEach: 8)
    try expectRoundTrip(
      [Complex<Float>(1, -2), Complex<Float>(0, .leastNonzeroMagnitude)],
      .complexF32,
      bytesEach: 8
    )
    try expectRoundTrip(
      [Complex<Double>(1, -2), Complex<Double>(.pi, -0)],
      .complexF64,
      bytesEach: 16
    )
  }

  @Test func `truth values come back, and any byte but 0 is true`() throws {
    try expectRoundTrip([true, false, true, true], .bool, bytesEach: 1)
    let bytes = try TensorData(elementType: .bool, shape: [4], bytes: [0, 1, 2, 255])
    let tensor: Tensor<Bool> = try AnyTensor(bytes, on: runtime).typed()
    #expect(try tensor.scalars() == [false, true, true, true])
  }

  @Test func `the elements lie at a multiple of 64 bytes, and are not copied to be read`() throws {
    let tensor = try Tensor<Int32>([1, 2, 3], on: runtime)
    let first = try tensor.withUnsafeScalars { UInt(bitPattern: $0.baseAddress) }
    let second = try tensor.withUnsafeScalars { UInt(bitPattern: $0.baseAddress) }
    #expect(first == second)
    #expect(first.isMultiple(of: 64))
  }

  // MARK: Shapes

  @Test func `a shape gives the elements rows and columns`() throws {
    let tensor = try Tensor<Int32>([1, 2, 3, 4, 5, 6], shape: [2, 3], on: runtime)
    #expect(tensor.shape == [2, 3])
    #expect(tensor.count == 6)
    #expect(try tensor.scalars() == [1, 2, 3, 4, 5, 6])
    #expect("\(tensor)" == "2x3xi32\n[[1 2 3]\n [4 5 6]]")
  }

  @Test func `a tensor without dimensions has one element`() throws {
    let tensor = try Tensor(scalar: 2.5, on: runtime)
    #expect(tensor.shape == [])
    #expect(tensor.count == 1)
    #expect(try tensor.scalars() == [2.5])
    #expect("\(tensor)" == "f64 2.5")
  }

  @Test(arguments: [[0], [0, 3], [3, 0, 2]])
  func `a tensor without elements keeps its shape`(shape: [Int]) throws {
    let tensor = try Tensor<Float>([], shape: shape, on: runtime)
    #expect(tensor.shape == shape)
    #expect(tensor.count == 0)
    #expect(try tensor.scalars() == [])
    #expect(try tensor.untyped.data().shape == shape)
  }

  @Test func `as many dimensions as anybody wants`() throws {
    let shape = [Int](repeating: 1, count: 60) + [2]
    let tensor = try Tensor<Int8>([5, 6], shape: shape, on: runtime)
    #expect(tensor.shape == shape)
    #expect(try tensor.reshaped(to: [2]).scalars() == [5, 6])
  }

  @Test(arguments: [
    ([2, 2], "the shape [2, 2] wants 4 elements; got 3"),
    ([], "the shape [] wants 1 elements; got 3"),
    ([0], "the shape [0] wants 0 elements; got 3"),
    ([3, -1], "the shape [3, -1] has a negative dimension: -1"),
    ([-3, 0], "the shape [-3, 0] has a negative dimension: -3"),
  ])
  func `a shape that does not fit is refused`(shape: [Int], message: String) throws {
    let error = try runtimeError { _ = try Tensor<Float>([1, 2, 3], shape: shape, on: runtime) }
    #expect(error.code == .invalidArgument)
    #expect(error.message == message)
  }

  @Test(
    arguments: [
      [.max], [1 << 32, 1 << 32], [1 << 62], [0, .max, 2], [.max, .max, 0],
    ] as [[Int]]
  )
  func `a shape whose size overflows is refused`(shape: [Int]) throws {
    let error = try runtimeError { _ = try Tensor<Float>(repeating: 0, shape: shape, on: runtime) }
    #expect(error.code == .outOfRange)
    #expect(error.message == "a tensor of shape \(shape) and type f32 is too large to exist")
  }

  @Test func `a tensor for which there is no memory is refused`() throws {
    let error = try runtimeError {
      _ = try Tensor<Float>(shape: [1 << 50], on: runtime) { _ in
        Issue.record("there is no such memory")
      }
    }
    #expect(error.code == .resourceExhausted)
    #expect(
      error.message
        == "there is no memory for a tensor of shape [1125899906842624] and type f32,"
        + " which takes 4503599627370496 bytes"
    )
  }

  @Test func `another shape for the same elements`() throws {
    let tensor = try Tensor<Int16>([1, 2, 3, 4, 5, 6], on: runtime)
    let matrix = try tensor.reshaped(to: [3, 1, 2])
    #expect(matrix.shape == [3, 1, 2])
    #expect(try matrix.scalars() == [1, 2, 3, 4, 5, 6])
    #expect(tensor.shape == [6])
    let addresses = try [tensor, matrix].map { tensor in
      try tensor.withUnsafeScalars { UInt(bitPattern: $0.baseAddress) }
    }
    #expect(addresses[0] == addresses[1])
  }

  @Test func `a shape for another number of elements is refused`() throws {
    let tensor = try Tensor<Float>([1, 2, 3, 4], on: runtime)
    let error = try runtimeError { _ = try tensor.reshaped(to: [3]) }
    #expect(error.code == .invalidArgument)
    #expect(
      error.message
        == "cannot view a tensor of shape [4] and type f32 (16 bytes) as shape [3] and type f32"
        + " (12 bytes)"
    )
    #expect(try runtimeError { _ = try tensor.reshaped(to: [2, -2]) }.code == .invalidArgument)
  }

  // MARK: Making

  @Test func `equal elements`() throws {
    let tensor = try Tensor<UInt16>(repeating: 7, shape: [3, 5], on: runtime)
    #expect(tensor.shape == [3, 5])
    #expect(try tensor.scalars() == [UInt16](repeating: 7, count: 15))
    #expect(try Tensor<UInt16>(repeating: 7, shape: [0, 5], on: runtime).scalars() == [])
  }

  @Test func `elements written in place`() throws {
    let tensor = try Tensor<Double>(shape: [2, 2], on: runtime) { elements in
      #expect(elements.count == 4)
      for index in elements.indices { elements[index] = Double(index * index) }
    }
    #expect(try tensor.scalars() == [0, 1, 4, 9])
  }

  @Test func `what goes wrong while elements are written comes out`() throws {
    struct Problem: Error {}
    #expect(throws: Problem.self) {
      _ = try Tensor<Double>(shape: [2], on: runtime) { _ in throw Problem() }
    }
  }

  @Test func `elements from memory that is lent`() throws {
    let scalars: [Int64] = [1, 2, 3, 4]
    let tensor = try scalars.withUnsafeBufferPointer {
      try Tensor(
        unsafeScalars: UnsafeBufferPointer(rebasing: $0[1...]),
        shape: [3, 1],
        on: runtime
      )
    }
    #expect(tensor.shape == [3, 1])
    #expect(try tensor.scalars() == [2, 3, 4])
  }

  @Test func `host data of any type`() throws {
    let data = try TensorData(parsing: "2x2xf16=[1 2][3 4]")
    let tensor = try AnyTensor(data, on: runtime)
    #expect(tensor.elementType == .f16)
    #expect(tensor.shape == [2, 2])
    #expect(try tensor.data() == data)
  }

  // MARK: Types

  @Test func `a tensor of another element type is refused`() throws {
    let tensor = try Tensor<Float>([1, 2], on: runtime).untyped
    let error = try runtimeError { _ = try tensor.typed(as: Int32.self) }
    #expect(error.code == .invalidArgument)
    #expect(error.message == "the tensor's elements are Float (f32), not Int32 (i32)")
    #expect(
      try runtimeError { _ = try tensor.typed(as: Double.self) }.message
        == "the tensor's elements are Float (f32), not Double (f64)"
    )
    #expect(try tensor.typed(as: Float.self).scalars() == [1, 2])
  }

  @Test func `integers may change signedness where they had none, and never width`() throws {
    let data = try TensorData(elementType: .i8, shape: [2], bytes: [1, 255])
    let tensor = try AnyTensor(data, on: runtime)
    #expect(try tensor.typed(as: Int8.self).scalars() == [1, -1])
    #expect(try tensor.typed(as: UInt8.self).scalars() == [1, 255])
    let unsigned = try AnyTensor(
      TensorData(elementType: .ui8, shape: [2], bytes: [1, 255]),
      on: runtime
    )
    #expect(try unsigned.typed(as: UInt8.self).scalars() == [1, 255])
    #expect(try runtimeError { _ = try unsigned.typed(as: Int8.self) }.code == .invalidArgument)
    #expect(try runtimeError { _ = try tensor.typed(as: Int16.self) }.code == .invalidArgument)
    #expect(try runtimeError { _ = try tensor.typed(as: Bool.self) }.code == .invalidArgument)
  }

  // MARK: Description

  @Test func `a small tensor is described in full`() throws {
    #expect("\(try Tensor<Float>([11, 22, 33, 44], on: runtime))" == "4xf32 [11 22 33 44]")
    #expect("\(try Tensor([true, false], on: runtime))" == "2xi1 [1 0]")
    #expect("\(try Tensor<Float>([], on: runtime))" == "0xf32 []")
  }

  @Test func `a large tensor is described in a few lines`() throws {
    let tensor = try Tensor<Int32>(shape: [1000, 1000], on: runtime) { elements in
      for index in elements.indices { elements[index] = Int32(index) }
    }
    let description = "\(tensor)"
    #expect(description.hasPrefix("1000x1000xi32\n[[     0      1      2 …"))
    #expect(description.hasSuffix("999997 999998 999999]]"))
    #expect(description.count < 500)
    #expect(!description.contains("500500"))
  }
}
