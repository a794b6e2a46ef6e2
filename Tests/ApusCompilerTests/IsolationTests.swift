import ApusArtifacts
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusCompiler

/// Compiling in a process of its own.
@Suite struct IsolationTests {
  private var compiler: Compiler { Compiler(isolation: .process(worker: Peers.apus)) }

  @Test func `both places give the same program`() async throws {
    let source = Source(Programs.add, name: "add.mlir")
    let there = try await compiler.compile(source)
    let here = try await Compiler().compile(source)
    #expect(there.bytecode.bytes == here.bytecode.bytes)
    #expect(there.bytecode.name == "add.mlir")
  }

  @Test func `both places give the same diagnostics`() async throws {
    let source = Source("func.func @f( {", name: "bad.mlir")
    let there = await #expect(throws: CompilerError.self) { try await compiler.compile(source) }
    let here = await #expect(throws: CompilerError.self) { try await Compiler().compile(source) }
    #expect(there?.diagnostics == here?.diagnostics)
    #expect(there?.diagnostics.isEmpty == false)
    #expect(there?.code == here?.code)
    #expect(there?.message == here?.message)
  }

  @Test func `a crash is an error that says what was being compiled, and in which phase`()
    async throws
  {
    let source = Source(Programs.complexConstant, name: "complex.mlir")
    let error = await #expect(throws: CompilerError.self) { try await compiler.compile(source) }
    #expect(error?.code == .crashed)
    #expect(error?.phase == .stream)
    #expect(error?.message.contains("while compiling 'complex.mlir': phase 'stream'") == true)
    #expect(error?.message.contains("signal") == true)
    // The next compilation is none the worse for it.
    _ = try await compiler.compile(Source(Programs.add))
  }

  @Test func `a CPU that LLVM does not know is named, although LLVM ends the worker`() async throws
  {
    var compiler = compiler
    compiler.options.targetCPU = "bogus"
    let error = await #expect(throws: CompilerError.self) {
      try await compiler.compile(Source(Programs.add))
    }
    #expect(error?.code == .invalidOptions)
    #expect(error?.message == "the target has no CPU 'bogus'")
    #expect(error?.log.contains("skylake-avx512") == true)
  }

  @Test func `what the linker of kernels says is kept`() async throws {
    var compiler = compiler
    compiler.options.math = .iree
    let error = await #expect(throws: CompilerError.self) {
      try await compiler.compile(Source(Programs.sine))
    }
    #expect(error?.code == .compilationFailed)
    #expect(error?.phase == .hal)
    #expect(error?.log.contains("undefined symbol: sin") == true)
    #expect(error?.diagnostics.first?.location?.line == 2)
  }

  @Test func `a reproducer has the source, a command that runs, and what was said`() async throws {
    let folder = try TemporaryFolder()
    let reproducer = folder.path.appending("made/for it")
    var compiler = compiler
    compiler.reproducerFolder = reproducer
    let text = "func.func @f( {"
    await #expect(throws: CompilerError.self) { try await compiler.compile(Source(text)) }
    let files = try FileManager.default.contentsOfDirectory(atPath: reproducer.string).sorted()
    #expect(files == ["error.txt", "reproduce.sh", "source.mlir"])
    let source = try String(
      contentsOfFile: reproducer.appending("source.mlir").string,
      encoding: .utf8
    )
    #expect(source == text)
    let result = try await runTool(
      "/bin/sh",
      [reproducer.appending("reproduce.sh").string],
      environment: ["IREE_COMPILE": Peers.ireeCompile.string]
    )
    #expect(result.status == 1)
    #expect(result.error.contains("source.mlir:1:14"))
  }

  @Test func `no reproducer is left when all goes well`() async throws {
    let folder = try TemporaryFolder()
    var compiler = compiler
    compiler.reproducerFolder = folder.path.appending("reproducer")
    _ = try await compiler.compile(Source(Programs.add))
    #expect(folder.names.isEmpty)
  }

  @Test func `a worker that is not there is named`() async throws {
    let error = await #expect(throws: CompilerError.self) {
      try await Compiler(isolation: .process(worker: "/no/such/apus"))
        .compile(Source(Programs.add))
    }
    #expect(error?.code == .workerUnavailable)
    #expect(error?.message.contains("/no/such/apus") == true)
  }

  @Test func `a worker that is something else is a crash, not a hang`() async throws {
    let error = await #expect(throws: CompilerError.self) {
      try await Compiler(isolation: .process(worker: "/bin/true")).compile(Source(Programs.add))
    }
    #expect(error?.code == .crashed)
    #expect(error?.message.contains("before the first phase") == true)
  }

  @Test(arguments: [(Programs.add, 0 as Int32), ("func.func @f( {", 1)])
  func `nothing is left in the temporary folder`(_ text: String, _ status: Int32) async throws {
    let (folder, temporary) = (try TemporaryFolder(), try TemporaryFolder())
    try folder.write(text, to: "program.mlir")
    let result = try await runApus(
      "compile",
      "program.mlir",
      "-o",
      "program.vmfb",
      in: folder.path,
      environment: ["TMPDIR": temporary.path.string]
    )
    #expect(result.status == status)
    #expect(temporary.names.isEmpty, "\(temporary.names)")
  }
}
