import ApusNativeLibrary
import ApusTestSupport
import Foundation
import SystemPackage

// A tiny LLVM in archives, a source beside it, and a header that declares what is wanted of them. What compiles and
// links them is real.

extension SetupSandbox {
  /// Adds the part `LLVM for linking` to the pins.
  ///
  /// The header declares `LLVMOne`, which calls `two` in another archive; a third archive holds only a
  /// constructor, and is wanted whole. The source has `ApusTwo`, which calls `two` too.
  func addLLVMLibrary() throws {
    try FileManager.default.createDirectory(at: llvm, withIntermediateDirectories: true)
    try addArchive("libLLVMOne.a", of: "int two(void); int LLVMOne(void) { return two() - 1; }")
    try addArchive(
      "libLLVMTwo.a",
      of: "int two(void) { return 2; } int LLVMTwo(void) { return 2; }"
    )
    try addArchive(
      "libLLVMLTO.a",
      of: "int options; __attribute__((constructor)) static void add(void) { ++options; }"
    )
    try declareFunctions(["LLVMOne"])
    try writeSource("extern \"C\" int two(void); extern \"C\" int ApusTwo(void) { return two(); }")
    let toolchain = ToolchainFolder(environment: [:])
    let part = """
      {
        "name": "LLVM for linking", "kind": "linked", "group": "linking",
        "purpose": "opening LLVM", "folder": "llvm-1", "packages": [],
        "link": {
          "compiler": "\(toolchain.clang)", "compilerFlags": ["-fPIC"], "sources": ["\(source.path)"],
          "linker": "\(toolchain.lld)", "flags": ["-shared", "-zdefs", "--gc-sections"],
          "folder": "\(llvm.path)", "whole": ["libLLVMLTO.a"], "libraries": ["c"],
          "declarations": "\(header.path)"
        }
      }
      """
    try editPins { $0.replacing("\"parts\": [", with: "\"parts\": [\(part),", maxReplacements: 1) }
  }

  /// The library that setup links.
  var llvmLibrary: URL { home.appending(path: "llvm-1/libLLVM.so") }

  /// The folder with the archives.
  var llvm: URL { root.appending(path: "llvm") }

  private var header: URL { root.appending(path: "LLVM.h") }
  private var source: URL { root.appending(path: "extension.cpp") }

  /// Rewrites the source that is compiled into the library.
  func writeSource(_ text: String) throws { try Data(text.utf8).write(to: source) }

  /// Rewrites the header, in the form of CApusLLVM.h.
  func declareFunctions(_ names: [String]) throws {
    let lines = names.map { "  F(unsigned *, \($0),    \\\n    (void *self, int value))  \\\n" }
    let text = "// F(result, name, (parameters))\n#define FUNCTIONS(F) \\\n" + lines.joined() + "\n"
    try Data(text.utf8).write(to: header)
  }

  /// An archive of one object.
  func addArchive(_ name: String, of source: String) throws {
    let file = root.appending(path: "source.c")
    let object = root.appending(path: "source.o")
    try Data(source.utf8).write(to: file)
    let toolchain = ToolchainFolder(environment: [:])
    try run(toolchain.clang, ["-fPIC", "-c", file.path, "-o", object.path])
    let archive = llvm.appending(path: name).path
    try? FileManager.default.removeItem(atPath: archive)
    try run("/usr/bin/ar", ["crsD", archive, object.path])
  }

  private func run(_ tool: FilePath, _ arguments: [String]) throws {
    let result = try SpawnedTool(tool, arguments, scratch: FilePath(root.path)).wait().result
    guard result.status == 0 else { throw SandboxError(text: result.error) }
  }
}
