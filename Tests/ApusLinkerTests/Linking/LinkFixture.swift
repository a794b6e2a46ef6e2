import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

/// A program to link in a folder of the test's own, of sources in C.
struct LinkFixture {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { folder.file(name).string }

  // MARK: Inputs

  /// What an object consists of.
  enum Form {
    case bitcode
    case machineCode
    /// Both, in one file.
    case fat

    fileprivate var flags: [String] {
      switch self {
      case .bitcode: ["-flto"]
      case .machineCode: []
      case .fat: ["-flto", "-ffat-lto-objects"]
      }
    }
  }

  /// Compiles a source and returns the path of the object.
  ///
  /// Math functions set no `errno` unless the flags say otherwise.
  @discardableResult
  func compile(
    _ source: String,
    to output: String,
    as form: Form = .bitcode,
    language: String = "c",
    _ flags: String...
  ) async throws -> String {
    try await runLLVMTool(
      "clang",
      ["-x", language, "-c", "-", "-o", output, "-O2", "-fPIC", "-fno-math-errno"] + form.flags
        + flags,
      in: folder.path,
      input: source
    )
    return path(output)
  }

  // MARK: Links

  /// Links with the linker under test, in this process.
  @discardableResult
  func link(
    _ output: String,
    _ arguments: [String],
    configure: (inout Linker) -> Void = { _ in }
  ) throws -> LinkReport {
    let parsed = try LinkerArguments(["-o", path(output)] + arguments)
    var linker = Linker(parsed.options)
    linker.probePath = Peers.linker
    configure(&linker)
    return try linker.link()
  }

  /// Links with lld.
  func linkWithLLD(_ output: String, _ arguments: [String]) async throws -> ToolResult {
    try await runTool(LLVMTools.path("ld.lld"), ["-o", output] + arguments, in: folder.path)
  }

  // MARK: Outputs

  /// What `run` of a shared library writes: its argument is memory for the results, its result their size.
  func results(of library: String) async throws -> [UInt8] {
    let result = try await runTool(
      Self.runner.value,
      [path(library), path(library + ".results")],
      in: folder.path
    )
    try #require(result.status == 0, "\(library): \(result.error)")
    return try folder.contents(of: library + ".results")
  }

  /// The lines that a command of LLVM's prints about a file.
  func lines(_ tool: String, _ arguments: String...) async throws -> [String] {
    try await runLLVMTool(tool, arguments, in: folder.path)
      .split(separator: "\n").map(String.init)
  }

  /// The instructions of a function in a linked file.
  func instructions(of function: String, in file: String) async throws -> [String] {
    try await lines(
      "llvm-objdump",
      "--disassemble-symbols=\(function)",
      "--no-show-raw-insn",
      "--no-leading-addr",
      file
    ).filter { $0.hasPrefix("\t") }.map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  /// Whether a function of a linked file calls or jumps to another.
  func calls(in function: String, of file: String) async throws -> [String] {
    try await instructions(of: function, in: file).filter {
      $0.hasPrefix("call")
        || $0.hasPrefix("jmp") && $0.contains("<") && !$0.contains("<\(function)")
    }
  }

  /// The functions that are defined in a linked file, local ones too, sorted.
  func functions(in file: String) async throws -> [String] {
    try await lines("llvm-nm", "--defined-only", "--format=posix", file).compactMap { line in
      let words = line.words
      return words.count > 1 && ["t", "T", "w", "W", "i"].contains(words[1]) ? words[0] : nil
    }.sorted()
  }

  /// Opens a shared library and writes what its `run` computes to a file.
  private static let runner = Task {
    let folder = try SharedFolder.folder.get()
    try await runLLVMTool(
      "clang",
      ["-x", "c", "-", "-O1", "-o", folder.file("runner").string],
      input: """
        #include <dlfcn.h>
        #include <stdio.h>
        static char memory[1 << 25];
        int main(int count, char **arguments) {
          void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
          if (!library) return fprintf(stderr, "%s\\n", dlerror()), 2;
          unsigned long (*run)(void *) = dlsym(library, "run");
          if (!run) return fprintf(stderr, "%s\\n", dlerror()), 2;
          FILE *file = fopen(arguments[2], "wb");
          unsigned long size = run(memory);
          return !file || fwrite(memory, 1, size, file) != size || fclose(file);
        }
        """
    )
    return folder.file("runner")
  }
}

extension LinkReport {
  /// The members that were extracted, without the archive, sorted.
  var extractedMembers: [String] { extractions.map { memberName($0.member) }.sorted() }

  /// The members whose bitcode was used, sorted.
  var bitcodeMembers: [String] {
    extractions.filter { !$0.isMachineCode }.map { memberName($0.member) }.sorted()
  }
}

/// `sin.o` of `libm.a(sin.o)`.
func memberName(_ text: String) -> String {
  guard let open = text.lastIndex(of: "("), text.hasSuffix(")") else { return text }
  return String(text[text.index(after: open)...].dropLast())
}
