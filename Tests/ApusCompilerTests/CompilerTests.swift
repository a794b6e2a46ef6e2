import ApusArtifacts
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusCompiler

@Suite struct CompilerTests {
  private func exports(_ program: Compiler.CompiledProgram) throws -> [String?] {
    try VMModuleDescription(program.bytecode).exports.filter { !$0.name.hasPrefix("__") }
      .map(\.declaration)
  }

  private let addDeclaration =
    "sync func @add(%input0: tensor<4xf32>, %input1: tensor<4xf32>) -> (%output0: tensor<4xf32>)"

  @Test(arguments: [Programs.add, Programs.tosa, Programs.torch, Programs.linalg])
  func `the input dialect is found out`(_ text: String) async throws {
    let program = try await Compiler().compile(Source(text))
    let functions = try VMModuleDescription(program.bytecode).functions
    #expect(functions.map(\.name) == ["add"])
    #expect(functions[0].signature.arguments.count == 2)
    #expect(functions[0].signature.results.count == 1)
  }

  @Test func `an input dialect that is named wrongly is an error, not a guess`() async throws {
    var options = CompilerOptions()
    options.inputType = .tosa
    await #expect(throws: CompilerError.self) {
      try await Compiler(options: options).compile(Source(Programs.add))
    }
  }

  @Test func `the program is byte for byte what iree-compile makes`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Programs.add, to: "add.mlir")
    let arguments = ["add.mlir", "-o", "peer.vmfb"] + CompilerOptions().flags
    let result = try await runTool(Peers.ireeCompile, arguments, in: folder.path)
    #expect(result.status == 0, "\(result.error)")
    let program = try await Compiler().compile(Source(Programs.add, name: "add.mlir"))
    #expect(try folder.contents(of: "peer.vmfb") == program.bytecode.bytes)
    #expect(try exports(program) == [addDeclaration])
    #expect(program.diagnostics.isEmpty)
  }

  @Test func `f64 is kept, and demoted only if asked for`() async throws {
    let kept = try await Compiler().compile(Source(Programs.double))
    #expect(try exports(kept)[0]?.contains("f64") == true)
    var options = CompilerOptions()
    options.demoteF64 = true
    let demoted = try await Compiler(options: options).compile(Source(Programs.double))
    #expect(try exports(demoted)[0]?.contains("f64") == false)
    #expect(try exports(demoted)[0]?.contains("f32") == true)
  }

  @Test func `a program for another architecture has its kernels`() async throws {
    var options = CompilerOptions()
    options.targetTriple = "aarch64-linux-gnu"
    let program = try await Compiler(options: options).compile(Source(Programs.add))
    let executables = try VMModuleDescription(program.bytecode).executables
    #expect(executables.map(\.machine) == ["aarch64"])
    #expect(executables.map(\.format) == ["embedded-elf-arm_64"])
  }

  @Test func `lowering stops at the phase asked for`() async throws {
    let source = Source(Programs.add)
    let flow = try await Compiler().lower(source, to: .flow)
    #expect(flow.text.contains("flow.dispatch"))
    #expect(!flow.text.contains("stablehlo."))
    #expect(!flow.text.contains("hal.command_buffer"))
    let start = try await Compiler().lower(source, to: .start)
    #expect(start.text.contains("stablehlo.add"))
  }

  @Test func `MLIR's bytecode is written and read back`() async throws {
    let text = Source(Programs.add, name: "add.mlir")
    let lowered = try await Compiler().lower(text, to: .start, format: .bytecode)
    let binary = Source(bytes: lowered.bytes, name: "add.mlirbc")
    #expect(binary.isBytecode && !text.isBytecode)
    let program = try await Compiler().compile(binary)
    #expect(try exports(program) == [addDeclaration])
  }

  @Test func `phases are announced in order, each once`() async throws {
    let phases = Phases()
    var compiler = Compiler()
    compiler.onPhase = { phases.append($0) }
    _ = try await compiler.compile(Source(Programs.add))
    #expect(phases.all == CompilationPhase.allCases)
    #expect(phases.all == phases.all.sorted())
  }

  @Test func `an option the compiler does not know is named`() async throws {
    var options = CompilerOptions()
    options.extraFlags = ["--no-such-flag=3"]
    let error = await #expect(throws: CompilerError.self) {
      try await Compiler(options: options).compile(Source(Programs.add))
    }
    #expect(error?.code == .invalidOptions)
    #expect(
      error?.message
        == "the compiler refused its options: --no-such-flag=3: option not found: no-such-flag"
    )
  }

  @Test(arguments: ["", "  \n\t\n", "\0"])
  func `an empty source is an error, not an empty program`(_ text: String) async throws {
    let error = await #expect(throws: CompilerError.self) {
      try await Compiler().compile(Source(text, name: "nothing.mlir"))
    }
    #expect(error?.code == .invalidSource)
    #expect(error?.message == "'nothing.mlir' is empty: there is no program in it")
  }

  @Test func `many tasks compile at once, each its own program`() async throws {
    try await withThrowingTaskGroup(of: (Int, String?).self) { group in
      for size in 1...6 {
        group.addTask {
          let text = Programs.add.replacing("4xf32", with: "\(size)xf32")
          let program = try await Compiler().compile(Source(text))
          return (size, try VMModuleDescription(program.bytecode).exports.first?.declaration)
        }
      }
      for try await (size, declaration) in group {
        #expect(declaration == addDeclaration.replacing("4xf32", with: "\(size)xf32"))
      }
    }
  }

  @Test func `2,000 mutations of a program end in a program or an error`() async throws {
    // Through parsing and the input phase, where text meets the compiler: each costs milliseconds.
    var generator = SeededGenerator(seed: 39)
    let original = Array(Programs.add.utf8)
    let alphabet = Array("%@!#<>{}()[]:=,.-x0149 \n\"abfstu\u{7F}\0".utf8)
    var valid = 0
    var invalid = 0
    for _ in 0..<2_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = alphabet.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: index)
        default: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: index)
        }
      }
      do {
        _ = try await Compiler().lower(Source(bytes: bytes), to: .input)
        valid += 1
      } catch let error as CompilerError {
        #expect(error.code == .invalidSource || error.code == .compilationFailed, "\(error)")
        #expect(!error.diagnostics.isEmpty || error.message.contains("is empty"))
        invalid += 1
      }
    }
    #expect(valid + invalid == 2_000)
    #expect(valid > 0 && invalid > 1_000)
  }
}

/// Phases as they were announced.
private final class Phases: @unchecked Sendable {
  // Proof of safety: every access holds the lock.
  private let lock = NSLock()
  private var phases: [CompilationPhase] = []

  func append(_ phase: CompilationPhase) { lock.withLock { phases.append(phase) } }
  var all: [CompilationPhase] { lock.withLock { phases } }
}
