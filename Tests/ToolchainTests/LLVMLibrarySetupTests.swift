import Foundation
import SystemPackage
import Testing

@testable import ApusNativeLibrary

/// How `Scripts/setup` links LLVM's archives, on tiny ones.
@Suite struct LLVMLibrarySetupTests {
  private func sandbox() throws -> SetupSandbox {
    let sandbox = try SetupSandbox()
    try sandbox.addLLVMLibrary()
    return sandbox
  }

  @Test func `it has the declared functions and what they call, and offers nothing else`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("installed LLVM for linking: \(sandbox.home.path)/llvm-1\n"))
    let files = try sandbox.installed().filter { $0.hasPrefix("llvm") || $0 == "downloads" }
    #expect(files == ["llvm-1", "llvm-1/stamp.json", "llvm-1/libLLVM.so"])

    let library = try DynamicLibrary("LLVM", at: FilePath(sandbox.llvmLibrary.path))
    typealias One = @convention(c) () -> Int32
    let one = try #require(library.symbol("LLVMOne"))
    #expect(unsafeBitCast(one, to: One.self)() == 1)
    for absent in ["two", "LLVMTwo", "options"] { #expect(library.symbol(absent) == nil) }
  }

  @Test func `it has what is compiled into it`() throws {
    let sandbox = try sandbox()
    try sandbox.declareFunctions(["LLVMOne", "ApusTwo"])
    #expect(try sandbox.setUp().status == 0)
    let library = try DynamicLibrary("LLVM", at: FilePath(sandbox.llvmLibrary.path))
    typealias Two = @convention(c) () -> Int32
    let two = try #require(library.symbol("ApusTwo"))
    #expect(unsafeBitCast(two, to: Two.self)() == 2)
  }

  @Test func `what only registers itself is in it`() throws {
    let sandbox = try sandbox()
    try sandbox.addArchive(
      "libLLVMLTO.a",
      of: """
        extern int setenv(const char *, const char *, int);
        __attribute__((constructor)) static void add(void) { setenv("APUS_TEST_OPTIONS", "1", 1); }
        """
    )
    #expect(try sandbox.setUp().status == 0)
    #expect(getenv("APUS_TEST_OPTIONS") == nil)
    _ = try DynamicLibrary("LLVM", at: FilePath(sandbox.llvmLibrary.path))
    #expect(getenv("APUS_TEST_OPTIONS") != nil)
    unsetenv("APUS_TEST_OPTIONS")
  }

  @Test func `the code that reads the pins agrees that it is there`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    let pins = try ToolchainPins(
      json: [UInt8](Data(contentsOf: sandbox.root.appending(path: "pins.json")))
    )
    let folder = ToolchainFolder(at: FilePath(sandbox.home.path), environment: [:], pins: pins)
    let part = try #require(pins.part(named: "LLVM for linking"))
    #expect(folder.state(of: part) == .installed)
    #expect(folder.llvmLibrary == FilePath(sandbox.llvmLibrary.path))
    try Data().write(to: sandbox.llvmLibrary)
    #expect(folder.state(of: part) == .damaged(FilePath(sandbox.llvmLibrary.path)))
  }

  @Test func `it is the same, byte for byte, every time`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    let first = try Data(contentsOf: sandbox.llvmLibrary)
    try FileManager.default.removeItem(at: sandbox.llvmLibrary)
    #expect(try sandbox.setUp().status == 0)
    #expect(try Data(contentsOf: sandbox.llvmLibrary) == first)
  }

  @Test func `a second setup links nothing`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    #expect(
      try sandbox.setUp().output
        == "nothing to do: the toolchain in \(sandbox.home.path) is complete\n"
    )
  }

  @Test func `it is linked anew when another function is declared`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    try sandbox.declareFunctions(["LLVMOne", "LLVMTwo"])
    #expect(try sandbox.setUp("--check").errors.contains("was built from other sources"))
    #expect(try sandbox.setUp().output.contains("installed LLVM for linking"))
    let library = try DynamicLibrary("LLVM", at: FilePath(sandbox.llvmLibrary.path))
    #expect(library.symbol("LLVMTwo") != nil)
    #expect(try sandbox.setUp("--check").status == 0)
  }

  @Test func `it is linked anew when a source changes, and not at all where that does not compile`()
    throws
  {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    try sandbox.writeSource("int missing = semicolon")
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("cannot compile"), "\(outcome.errors)")
    #expect(outcome.errors.contains("semicolon"), "\(outcome.errors)")
    try sandbox.writeSource("extern \"C\" int ApusThree(void) { return 3; }")
    #expect(try sandbox.setUp().output.contains("installed LLVM for linking"))
  }

  @Test func `it is linked anew when the package brings other archives`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    try sandbox.addArchive(
      "libLLVMTwo.a",
      of: "int two(void) { return 2; } int newer(void) { return 3; }"
    )
    #expect(try sandbox.setUp().output.contains("installed LLVM for linking"))
  }

  @Test func `without the archives it is left out, and what is missing named`() throws {
    let sandbox = try sandbox()
    try FileManager.default.removeItem(at: sandbox.llvm)
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        setup: the LLVM for linking part, for opening LLVM: \(sandbox.llvm.path)/libLLVMLTO.a is missing

        """
    )
    #expect(try sandbox.installed().contains("tool-1.0/bin/tool"))
  }

  @Test func `a function that no archive has is an error, and nothing is installed`() throws {
    let sandbox = try sandbox()
    try sandbox.declareFunctions(["LLVMOne", "LLVMThree"])
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("cannot link LLVM's library"), "\(outcome.errors)")
    #expect(outcome.errors.contains("LLVMThree"), "\(outcome.errors)")
    #expect(try sandbox.installed().filter { $0.hasPrefix("llvm") } == [])
  }
}
