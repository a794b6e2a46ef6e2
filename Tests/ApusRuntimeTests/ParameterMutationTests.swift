import Apus
import ApusTestSupport
import Testing

/// Files of parameters with damage anywhere end in success or an error, and never in a crash.
///
/// In a process of their own, whose end by a signal is a failure of the test.
struct ParameterMutationTests {
  @Test func `2000 damaged safetensors files`() async throws {
    try await expectSurvival(ParameterFiles.safetensors(ParameterTests.both), "safetensors", 2000)
  }

  @Test func `500 damaged irpa files`() async throws {
    let file = ParameterFiles.irpa([
      ("x", .splat(pattern: [0, 0, 0, 0x3F], byteCount: 16)),
      ("scale", .data(ParameterTests.scale)),
      ("bias", .data(ParameterTests.bias)),
    ])
    try await expectSurvival(file, "irpa", 500)
  }

  @Test func `500 damaged gguf files`() async throws {
    try await expectSurvival(ParameterFiles.gguf(ParameterTests.both), "gguf", 500)
  }

  /// Lists the parameters of each damaged file, and loads and calls a program with them.
  private func expectSurvival(
    _ file: [UInt8],
    _ format: String,
    _ count: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.write(file, to: "good.\(format)")
    let bytecode = try await CompiledPrograms.bytecode(of: ParameterTests.text)
    try folder.write(bytecode.bytes, to: "program.vmfb")
    await #expect(processExitsWith: .success, sourceLocation: sourceLocation) {
      [folder = folder.path.string as String, format = format as String, count = count as Int] in
      let folder = FilePath(folder)
      let bytes = try VMBytecode(contentsOf: folder.appending("good.\(format)")).bytes
      let bytecode = try VMBytecode(contentsOf: folder.appending("program.vmfb"))
      let runtime = try Runtime(workers: 1)
      let a = try Tensor<Float>([1, 1, 1, 1], on: runtime)
      var (listed, loaded) = (0, 0)
      for seed in 0..<count {
        let damaged = damage(bytes, at: Array(bytes.indices), seed: UInt64(seed))
        let file = folder.appending("damaged.\(format)")
        try TensorData(elementType: .ui8, shape: [damaged.count], bytes: damaged).write(toRaw: file)
        do {
          let archive = try ParameterArchive(contentsOf: file, scope: "model")
          let entries = try archive.entries()
          #expect(entries.count < bytes.count)
          listed += 1
          let program = try Program([bytecode], on: runtime, parameters: [archive])
          let result = try program.function("main").call([a])
          #expect(result.count == 1)
          loaded += 1
        } catch is RuntimeError {
        } catch is FileError {
        }
      }
      // All ways are taken, or nothing is tested.
      #expect((count / 50..<count).contains(listed), "\(listed) of \(count) were listed")
      #expect((count / 50..<listed).contains(loaded), "\(loaded) of \(listed) were loaded")
    }
  }
}
