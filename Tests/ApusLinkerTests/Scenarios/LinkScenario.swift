import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// A program to link, in a folder of the test's own: real compilers make its parts, `apus-ld` links them,
/// and where that shows something, it runs.
struct LinkScenario {
  let folder: TemporaryFolder

  /// What an object consists of.
  enum Form: CaseIterable {
    /// Bitcode, as `-flto` makes it.
    case bitcode
    /// ELF.
    case machineCode
    /// Both in one file.
    case fat
  }

  /// The linker under test, as it was built with the tests.
  static var linker: FilePath { Peers.apus.removingLastComponent().appending("apus-ld") }

  /// A folder with `start.o`: machine code that calls `test` and exits with what it returns.
  ///
  /// Programs need no C library, so what is linked is what a test names.
  init() async throws {
    folder = try TemporaryFolder()
    try await compile(
      """
      int test(void);
      __attribute__((naked)) void _start(void) {
        __asm__("xor %ebp, %ebp; call test; mov %eax, %edi; mov $60, %eax; syscall");
      }
      """,
      to: "start.o",
      as: .machineCode
    )
  }

  // MARK: Making inputs

  /// Compiles a source: `c`, `c++`, `ir` or `assembler`.
  func compile(
    _ source: String,
    to output: String,
    as form: Form = .bitcode,
    language: String = "c",
    _ flags: String...
  ) async throws {
    let forms =
      switch form {
      case .bitcode: ["-flto"]
      case .machineCode: [String]()
      case .fat: ["-flto", "-ffat-lto-objects"]
      }
    try await runLLVMTool(
      "clang",
      ["-x", language, "-c", "-", "-o", output, "-O2", "-fno-math-errno", "-Wno-everything"] + forms
        + flags,
      in: folder.path,
      input: source
    )
  }

  /// Compiles a library member: its functions are not recognised as the C library's.
  func compileMember(_ source: String, to output: String, as form: Form = .bitcode) async throws {
    try await compile(source, to: output, as: form, "-ffreestanding")
  }

  /// Makes an archive with an index.
  func archive(_ name: String, _ members: String...) async throws {
    try await runLLVMTool("llvm-ar", ["rcs", name] + members, in: folder.path)
  }

  // MARK: Linking

  /// What a link came to.
  struct Outcome {
    var status: Int32
    var errors: String
    var report: Report?

    /// The members that were extracted, sorted.
    var extracted: [String] { (report?.extracted.map(\.member) ?? []).sorted() }

    /// Whether any message has all of these words.
    func says(_ words: String...) -> Bool { words.allSatisfy { errors.contains($0) } }
  }

  /// What `--json` prints, as far as tests look at it.
  struct Report: Decodable {
    struct Member: Decodable {
      var member: String
      var symbol: String
      var reference: String
      var isMachineCode: Bool
      var round: Int
    }
    var wasHandedOver: Bool
    var rounds: Int
    var extracted: [Member]
    var compiled: [String]
    var inlined: [String]
  }

  /// Links with `apus-ld`; the output is `program` unless the arguments say otherwise.
  func link(_ arguments: String...) async throws -> Outcome {
    let output = arguments.contains("-o") ? [] : ["-o", "program"]
    let result = try await runTool(
      Self.linker,
      ["--json"] + output + arguments,
      in: folder.path
    )
    #expect(result.status >= 0, "ended by signal \(-result.status)")
    return Outcome(
      status: result.status,
      errors: result.error,
      report: try? JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    )
  }

  /// Links with lld alone; the output is `lld-program`.
  func linkWithLLD(_ arguments: String...) async throws -> ToolResult {
    try await runTool(
      LLVMTools.path("ld.lld"),
      ["-o", "lld-program"] + arguments,
      in: folder.path
    )
  }

  /// Links, expects that to work, runs the program and expects it to exit with 0.
  @discardableResult
  func linkAndRun(
    _ arguments: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Outcome {
    let output = ["-o", "program"]
    let result = try await runTool(
      Self.linker,
      ["--json"] + output + arguments,
      in: folder.path
    )
    try #require(result.status == 0, "\(result.error)", sourceLocation: sourceLocation)
    let status = try await run("program")
    #expect(status == 0, "the program failed", sourceLocation: sourceLocation)
    return Outcome(
      status: 0,
      errors: result.error,
      report: try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    )
  }

  // MARK: Looking at outputs

  /// Runs a program of the folder; its exit status, or minus the signal.
  func run(_ program: String) async throws -> Int32 {
    try await runTool(folder.file(program), [], in: folder.path).status
  }

  /// Symbols by name, as the letter `nm` prints.
  func symbols(of file: String = "program", _ flags: String...) async throws -> [String: String] {
    let text = try await runLLVMTool("llvm-nm", flags + [file], in: folder.path)
    var symbols: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 2 else { continue }
      symbols[words[words.count - 1]] = words[words.count - 2]
    }
    return symbols
  }

  /// What a shared library or a program defines for others, sorted.
  func exports(of file: String = "program") async throws -> [String] {
    try await symbols(of: file, "-D", "--defined-only").keys.sorted()
  }

  /// Whether a file is there.
  func hasFile(_ name: String) -> Bool { folder.names.contains(name) }
}
