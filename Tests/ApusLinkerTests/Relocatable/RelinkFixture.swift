import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Links whose outputs are linked again, in a folder of the test's own.
struct RelinkFixture {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// musl's math functions: fat objects.
  static let math = Peers.muslMath("x86_64").string

  /// Math that is called and math that is inlined, for `program` to use.
  static let part = """
    #include <math.h>
    double f(double x) { return sin(x) + 1; }
    double g(double x, double y) { return fdim(x, y) * 3; }
    """

  /// Prints what `part` computes of values that no compiler knows.
  static let program = """
    #include <stdio.h>
    double f(double), g(double, double);
    int main(int count, char **words) {
      for (int i = count; i < 1000; ++i) printf("%a %a\\n", f(i * 0.37), g(i * 0.5, 100));
    }
    """

  /// What `f` needs of the library, and what `g` needs.
  static let sineMembers: Set<String> = [
    "sin.o", "__cos.o", "__rem_pio2.o", "__rem_pio2_large.o", "scalbn.o", "__sin.o", "floor.o",
  ]
  static let members = sineMembers.union(["fdim.o"])

  /// Compiles C to bitcode, or as the flags say.
  func compile(_ source: String, to output: String, _ flags: String...) async throws {
    let name = output + ".c"
    try folder.write(source, to: name)
    try await runLLVMTool(
      "clang",
      ["-c", "-O2", "-flto", "-fno-math-errno", name, "-o", output] + flags,
      in: folder.path
    )
  }

  /// Runs `apus-ld`, which is to succeed, and returns what it printed.
  @discardableResult
  func link(_ arguments: String...) async throws -> String {
    let result = try await runApusLinker(arguments, in: folder.path)
    try #require(result.status == 0, "\(arguments): \(result.error)")
    return result.output
  }

  /// Runs `apus-ld`, which is to fail, and returns what it said.
  func linkFailing(_ arguments: String...) async throws -> ToolResult {
    let result = try await runApusLinker(arguments, in: folder.path)
    #expect(result.status != 0)
    return result
  }

  /// Makes a program with `apus-ld` and returns what it prints.
  func run(linking inputs: [String], to name: String = "program") async throws -> String {
    try await run(linking: inputs, to: name, with: Peers.linker)
  }

  /// Makes a program with a linker and returns what it prints.
  func run(
    linking inputs: [String],
    to name: String = "program",
    with linker: FilePath
  ) async throws -> String {
    try await runLLVMTool(
      "clang",
      ["-O2", "-flto", "--ld-path=\(linker)", "-o", name] + inputs,
      in: folder.path
    )
    let result = try await runTool(folder.file(name), [], in: folder.path)
    try #require(result.status == 0, "\(name): exit \(result.status)")
    return result.output
  }

  /// What `main.o` and the part compiled to machine code print, linked by ld.lld.
  func nativeOutput(of program: String, _ parts: String...) async throws -> String {
    var objects: [String] = []
    for (index, source) in ([program] + parts).enumerated() {
      let name = "native\(index).o"
      try await compile(source, to: name, "-fno-lto")
      objects.append(name)
    }
    return try await run(
      linking: objects + [Self.math],
      to: "native",
      with: LLVMTools.path("ld.lld")
    )
  }

  /// The members of an archive, in order, as GNU's archiver lists them.
  func members(of archive: String) async throws -> [String] {
    let result = try await runTool(InputFixture.gnuArchiver, ["t", archive], in: folder.path)
    try #require(result.status == 0, "\(result.error)")
    return result.output.split(separator: "\n").map(String.init)
  }

  /// The symbols that a file defines.
  func definedSymbols(of file: String) async throws -> Set<String> {
    let text = try await runLLVMTool(
      "llvm-nm",
      ["--defined-only", "--format=just-symbols", file],
      in: folder.path
    )
    return Set(text.split(separator: "\n").map(String.init))
  }

  /// A member of an archive in LLVM's assembly language.
  func text(ofBitcode file: String, in archive: String? = nil) async throws -> String {
    if let archive {
      try await runLLVMTool("llvm-ar", ["x", archive, file], in: folder.path)
    }
    return try await runLLVMTool("llvm-dis", [file, "-o", "-"], in: folder.path)
  }
}
