import Apus
import ApusTestSupport
import Testing

/// Programs whose weights are in files, held bit for bit against `iree-run-module` 3.9.0.
@Suite(.enabled(if: Peers.areInstalled, "needs the peers: Scripts/setup --peers"))
struct OracleParameterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// `a * scale + bias`, with both in files of their own scope.
  private static func program(_ scope: String = "model") -> String {
    let named = scope.isEmpty ? "" : "\"\(scope)\"::"
    return """
      util.global private @scale = #flow.parameter.named<\(named)"scale"> : tensor<4xf32>
      util.global private @bias = #flow.parameter.named<\(named)"layer.bias"> : tensor<4xf32>
      func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> {
        %scale = util.global.load @scale : tensor<4xf32>
        %bias = util.global.load @bias : tensor<4xf32>
        %0 = stablehlo.multiply %a, %scale : tensor<4xf32>
        %1 = stablehlo.add %0, %bias : tensor<4xf32>
        return %1 : tensor<4xf32>
      }
      """
  }

  private static let scale: [Float] = [0.5, -1.5, 2.25, 1e-3]
  private static let bias: [Float] = [100, 200, 300, 400]

  private func safetensors(misalignedBy padding: Int = 0) throws -> FilePath {
    try folder.write(
      ParameterFiles.safetensors(
        [("scale", Self.scale), ("layer.bias", Self.bias)],
        misalignedBy: padding
      ),
      to: "weights.safetensors"
    )
  }

  private func expectSame(_ file: FilePath, scope: String = "model") async throws {
    let oracle = try await OracleProgram(
      Self.program(scope),
      parameters: [(scope: scope, file: file)]
    )
    let a: [Float] = [1, 2, 3, 4]
    let results = try await oracle.expectSameResults(nil, try Tensor(a, on: oracle.runtime))
    let expected = (0..<4).map { a[$0] * Self.scale[$0] + Self.bias[$0] }
    let actual = try Tensor<Float>(programValue: results[0]).scalars()
    // One rounding or two: the compiler may fuse.
    #expect(zip(actual, expected).allSatisfy { abs($0 - $1) <= $1.ulp }, "\(actual)")
  }

  @Test(arguments: [0, 1, 4, 32])
  func `safetensors, aligned and not`(misalignedBy padding: Int) async throws {
    try await expectSame(safetensors(misalignedBy: padding))
  }

  @Test func `safetensors without a scope`() async throws {
    try await expectSame(safetensors(), scope: "")
  }

  @Test func `irpa that iree-convert-parameters made of safetensors`() async throws {
    let file = folder.file("weights.irpa")
    let tool = try await runTool(
      Peers.ireeTool("iree-convert-parameters"),
      ["--parameters=\(try safetensors())", "--output=\(file)"]
    )
    try #require(tool.status == 0, "\(tool.error)")
    try await expectSame(file)
  }

  @Test func `gguf`() async throws {
    try await expectSame(
      folder.write(
        ParameterFiles.gguf([("scale", Self.scale), ("layer.bias", Self.bias)]),
        to: "weights.gguf"
      )
    )
  }

  @Test func `irpa with parameters that are one number over and over`() async throws {
    let file = folder.file("splat.irpa")
    let tool = try await runTool(
      Peers.ireeTool("iree-create-parameters"),
      [
        "--splat=scale=4xf32=2.5", "--splat=layer.bias=4xf32=-1.25", "--output=\(file)",
      ]
    )
    try #require(tool.status == 0, "\(tool.error)")
    let oracle = try await OracleProgram(Self.program(), parameters: [(scope: "model", file: file)])
    let results = try await oracle.expectSameResults(
      nil,
      try Tensor<Float>([1, 2, 3, 4], on: oracle.runtime)
    )
    #expect(try Tensor<Float>(programValue: results[0]).scalars() == [1.25, 3.75, 6.25, 8.75])
  }

  @Test func `two files of one scope, and one of another`() async throws {
    let files = [
      (
        scope: "model",
        file: try folder.write(
          ParameterFiles.safetensors([("scale", Self.scale)]),
          to: "a.safetensors"
        )
      ),
      (
        scope: "other",
        file: try folder.write(
          ParameterFiles.safetensors([("layer.bias", [9, 9, 9, 9])]),
          to: "b.safetensors"
        )
      ),
      (
        scope: "model",
        file: try folder.write(
          ParameterFiles.gguf([("layer.bias", Self.bias)]),
          to: "c.gguf"
        )
      ),
    ]
    // The tool looks for functions in the last module only.
    let oracle = try await OracleProgram(
      """
      module @other {
        util.global private @bias = #flow.parameter.named<"other"::"layer.bias"> : tensor<4xf32>
        func.func @bias_of_other() -> tensor<4xf32> {
          %bias = util.global.load @bias : tensor<4xf32>
          return %bias : tensor<4xf32>
        }
      }
      """,
      Self.program(),
      parameters: files
    )
    try await oracle.expectSameResults("main", try Tensor<Float>([1, 2, 3, 4], on: oracle.runtime))
    let other = try oracle.program.function("bias_of_other")
    let bias: Tensor<Float> = try await other()
    #expect(try bias.scalars() == [9, 9, 9, 9])
  }

  @Test func `a parameter that a program may write to is not written to in its file`() async throws
  {
    let file = try safetensors()
    let before = try folder.contents(of: "weights.safetensors")
    let oracle = try await OracleProgram(
      """
      util.global private mutable @scale = #flow.parameter.named<"model"::"scale"> : tensor<4xf32>
      func.func @set(%x: tensor<1xf32>, %at: tensor<i32>) -> tensor<4xf32> {
        %0 = util.global.load @scale : tensor<4xf32>
        %1 = stablehlo.dynamic_update_slice %0, %x, %at
            : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
        util.global.store %1, @scale : tensor<4xf32>
        return %1 : tensor<4xf32>
      }
      """,
      parameters: [(scope: "model", file: file)]
    )
    let x = try Tensor<Float>([7], on: oracle.runtime)
    try await oracle.expectSameResults(nil, x, try Tensor(scalar: Int32(1), on: oracle.runtime))
    let set = try oracle.program.function("set")
    let last: Tensor<Float> = try await set(x, try Tensor(scalar: Int32(3), on: oracle.runtime))
    #expect(try last.scalars() == [Self.scale[0], 7, Self.scale[2], 7])
    #expect(try folder.contents(of: "weights.safetensors") == before)
  }
}

/// Files of parameters, written byte by byte.
enum ParameterFiles {
  /// A safetensors file of one-dimensional f32 tensors, each beginning at a multiple of 64 bytes, or
  /// `misalignedBy` bytes after one.
  static func safetensors(
    _ tensors: [(name: String, scalars: [Float])],
    misalignedBy padding: Int = 0
  ) -> [UInt8] {
    var entries: [String] = []
    var data: [UInt8] = []
    for (name, scalars) in tensors {
      let bytes = scalars.withUnsafeBytes { [UInt8]($0) }
      entries.append(
        """
        "\(name)":{"dtype":"F32","shape":[\(scalars.count)],\
        "data_offsets":[\(data.count),\(data.count + bytes.count)]}
        """
      )
      data += bytes
      // The last one ends the file, as the format wants it.
      if name != tensors.last?.name { data += [UInt8](repeating: 0, count: -data.count & 63) }
    }
    var header = [UInt8]("{\(entries.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: 0x20, count: (-(8 + header.count) & 63) + padding)
    return littleEndian(UInt64(header.count)) + header + data
  }

  /// A GGUF file, version 3, of one-dimensional f32 tensors.
  static func gguf(_ tensors: [(name: String, scalars: [Float])]) -> [UInt8] {
    func string(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + text.utf8 }
    let (float32, uint32, text) = (UInt32(0), UInt32(4), UInt32(8))
    var file = [UInt8]("GGUF".utf8) + littleEndian(UInt32(3))
    file += littleEndian(UInt64(tensors.count)) + littleEndian(UInt64(2))
    file += string("general.architecture") + littleEndian(text) + string("test")
    file += string("general.alignment") + littleEndian(uint32) + littleEndian(UInt32(64))
    var data: [UInt8] = []
    for (name, scalars) in tensors {
      file += string(name) + littleEndian(UInt32(1)) + littleEndian(UInt64(scalars.count))
      file += littleEndian(float32) + littleEndian(UInt64(data.count))
      data += scalars.withUnsafeBytes { [UInt8]($0) }
      data += [UInt8](repeating: 0, count: -data.count & 63)
    }
    file += [UInt8](repeating: 0, count: -file.count & 63)
    return file + data
  }

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { [UInt8]($0) }
  }
}
