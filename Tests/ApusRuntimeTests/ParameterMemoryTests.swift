import Apus
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// Parameters in a mapped file cost memory only where they are read.
struct ParameterMemoryTests {
  private static let count = 50_000_000

  /// Reads one of 50 million numbers.
  private static let text = """
    util.global private @table = #flow.parameter.named<"model"::"table"> : tensor<\(count)xf32>
    func.func @at(%i: tensor<i32>) -> tensor<1xf32> {
      %table = util.global.load @table : tensor<\(count)xf32>
      %0 = stablehlo.dynamic_slice %table, %i, sizes = [1]
          : (tensor<\(count)xf32>, tensor<i32>) -> tensor<1xf32>
      return %0 : tensor<1xf32>
    }
    """

  @Test func `200 MB of parameters at a multiple of 64 bytes are mapped, not copied`() async throws
  {
    try await expectCopies(of: 0, withPadding: 0)
  }

  /// Which shows that a copy would be seen.
  @Test func `200 MB of parameters elsewhere are copied once`() async throws {
    try await expectCopies(of: 4 * Self.count, withPadding: 8)
  }

  private func expectCopies(of byteCount: Int, withPadding padding: Int) async throws {
    let folder = try TemporaryFolder()
    let bytecode = try await CompiledPrograms.bytecode(of: Self.text)
    try folder.write(bytecode.bytes, to: "program.vmfb")
    try writeSparseFile(withPadding: padding, to: folder.file("weights.safetensors"))
    // In a process of its own, whose memory nobody else uses.
    await #expect(processExitsWith: .success) {
      [folder = folder.path.string as String, byteCount = byteCount as Int] in
      let growth = try await Self.growthByReading(parametersIn: FilePath(folder))
      let expected = byteCount - (1 << 20)..<byteCount + (8 << 20)
      #expect(expected.contains(growth), "memory grew by \(growth) bytes")
    }
  }

  /// A file of zeros but for the last number, which takes no room on disk.
  private func writeSparseFile(withPadding padding: Int, to path: FilePath) throws {
    let byteCount = 4 * Self.count
    let member =
      #"{"table":{"dtype":"F32","shape":[\#(Self.count)],"data_offsets":[0,\#(byteCount)]}}"#
    var head = ParameterFiles.safetensors(header: member, data: [])
    #expect(head.count.isMultiple(of: 64))
    head.replaceSubrange(0..<8, with: ParameterFiles.littleEndian(UInt64(head.count - 8 + padding)))
    head += [UInt8](repeating: 0x20, count: padding)
    let descriptor = try FileDescriptor.open(
      path,
      .writeOnly,
      options: [.create, .exclusiveCreate],
      permissions: .ownerReadWrite
    )
    try descriptor.closeAfter {
      try descriptor.writeAll(head)
      let last = ParameterFiles.littleEndian(Float(1.5).bitPattern)
      try descriptor.writeAll(toAbsoluteOffset: Int64(head.count + byteCount - 4), last)
    }
  }

  /// How much memory it takes to load a program with its parameters, and to read one number.
  private static func growthByReading(parametersIn folder: FilePath) async throws -> Int {
    let bytecode = try VMBytecode(contentsOf: folder.appending("program.vmfb"))
    let runtime = try Runtime(workers: 1)
    let last = try Tensor(scalar: Int32(count - 1), on: runtime)
    let before = try anonymousBytes()
    let archive = try ParameterArchive(
      contentsOf: folder.appending("weights.safetensors"),
      scope: "model"
    )
    #expect(try archive.entries().map(\.byteCount) == [4 * count])
    let program = try Program([bytecode], on: runtime, parameters: [archive])
    let number: Tensor<Float> = try await program.function("at")(last)
    #expect(try number.scalars() == [1.5])
    return try anonymousBytes() - before
  }

  /// The memory of this process that no file backs.
  private static func anonymousBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
    return try #require(Int(line.split(separator: " ")[1])) * 1024
  }
}
