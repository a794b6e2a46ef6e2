import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct BitcodeFileTests {
  /// C++ that is split into two modules where LTO units are.
  private static let split = """
    struct A { virtual int f(); };
    int A::f() { return 1; }
    struct B : A { int f() override; };
    int B::f() { return 2; }
    int call(A *a) { return a->f(); }
    """

  @Test func `reads who wrote it and what it is for`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      "__asm__(\".globl f\"); int g;",
      "a.c",
      to: "a.bc",
      "-flto",
      "--target=aarch64-linux-gnu"
    )
    let file = try BitcodeFile(slice)
    #expect(file.modules.count == 1)
    let identification = try #require(file.modules[0].identification)
    #expect(identification.producer.hasPrefix("LLVM22"))
    #expect(identification.llvmMajorVersion == 22)
    #expect(identification.epoch == 0)
    let header = try file.header(ofModule: 0)
    #expect(header.triple == "aarch64-unknown-linux-gnu")
    #expect(header.dataLayout.hasPrefix("e-m:e-"))
    #expect(header.sourceFileName == "a.c")
    #expect(header.hasAssembly)

    let other = try await fixture.compile("int g;", "b.c", to: "b.bc", "-flto")
    #expect(try !BitcodeFile(other).header(ofModule: 0).hasAssembly)
  }

  @Test func `looks into Apple's wrapper`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      "int f(void) { return 1; }",
      "a.c",
      to: "a.bc",
      "-emit-llvm",
      "--target=x86_64-apple-macosx"
    )
    #expect(InputFormat(slice) == .wrappedBitcode)
    let file = try BitcodeFile(slice)
    #expect(InputFormat(file.contents) == .bitcode)
    #expect(try file.header(ofModule: 0).triple.hasPrefix("x86_64-apple-macosx"))
    #expect(try file.symbolTable()?.inputSymbols.map(\.name) == ["_f"])
  }

  @Test func `makes a file of each module that LLVM accepts`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      Self.split,
      "a.cpp",
      to: "a.bc",
      "-flto=thin",
      "-fsplit-lto-unit",
      "-fwhole-program-vtables",
      "-fvisibility=hidden"
    )
    let file = try BitcodeFile(slice)
    #expect(file.modules.count == 2)
    for index in 0..<2 {
      let module = file.standaloneModule(index)
      try fixture.folder.write(module.withUnsafeBytes { Array($0) }, to: "part.bc")
      let text = try await runLLVMTool("llvm-dis", ["part.bc", "-o", "-"], in: fixture.folder.path)
      try await runLLVMTool(
        "llvm-modextract",
        ["-n", "\(index)", "a.bc", "-o", "expected.bc"],
        in: fixture.folder.path
      )
      let expected = try await runLLVMTool(
        "llvm-dis",
        ["expected.bc", "-o", "-"],
        in: fixture.folder.path
      )
      #expect(essence(text) == essence(expected))
      #expect(try BitcodeFile(module).modules.count == 1)
    }
    #expect(file.standaloneModule(0).withUnsafeBytes { $0.count } < slice.count)
    let table = try #require(try file.symbolTable())
    #expect(Set(table.symbols.map(\.module)) == [0, 1])
  }

  @Test func `hands out the file itself where there is one module`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile("int f;", "a.c", to: "a.bc", "-flto")
    let module = try BitcodeFile(slice).standaloneModule(0)
    #expect(module.unsafeEscapingBytes.baseAddress == slice.unsafeEscapingBytes.baseAddress)
  }

  @Test func `reads files joined to one, without trusting the first one's table`() async throws {
    let fixture = try InputFixture()
    try await fixture.compile("int f(void) { return 1; }", "a.c", to: "a.bc", "-flto")
    try await fixture.compile("int g(void) { return 2; }", "b.c", to: "b.bc", "-flto")
    try await runLLVMTool(
      "llvm-cat",
      ["-b", "a.bc", "b.bc", "-o", "both.bc"],
      in: fixture.folder.path
    )
    let file = try BitcodeFile(try fixture.contents("both.bc"))
    #expect(file.modules.count == 2)
    #expect(try file.symbolTable() == nil)
    for (index, name) in ["@f(", "@g("].enumerated() {
      let module = file.standaloneModule(index)
      try fixture.folder.write(module.withUnsafeBytes { Array($0) }, to: "part.bc")
      let text = try await runLLVMTool("llvm-dis", ["part.bc", "-o", "-"], in: fixture.folder.path)
      #expect(text.contains(name))
    }
  }

  @Test func `tells bitcode of a newer LLVM`() async throws {
    let fixture = try InputFixture()
    let file = try BitcodeFile(
      try await fixture.compile("int f;", "a.c", to: "a.bc", "-flto")
    )
    #expect(file.incompatibility(withLLVM: "22.1.8", major: 22) == nil)
    #expect(file.incompatibility(withLLVM: "23.0.0", major: 23) == nil)
    let error = try #require(file.incompatibility(withLLVM: "21.1.0", major: 21))
    #expect(error.code == .incompatible)
    #expect(error.file == file.contents.name)
    #expect(error.message.hasPrefix("bitcode of a newer LLVM (LLVM22."))
    #expect(error.message.contains("(21.1.0)"))
  }

  @Test func `knows a vendor's own numbers for none of LLVM's`() {
    let apple = BitcodeFile.Identification(producer: "APPLE_1_1600.0.26.4_0", epoch: 0)
    #expect(apple.llvmMajorVersion == nil)
    let rust = BitcodeFile.Identification(producer: "LLVM19.1.7-rust-1.85.0-stable", epoch: 0)
    #expect(rust.llvmMajorVersion == 19)
  }

  @Test func `says what is wrong with what is no bitcode`() async throws {
    func error(_ bytes: [UInt8]) -> LinkError? {
      linkError { _ = try BitcodeFile(FileSlice(copying: bytes, name: "a.bc")) }
    }
    #expect(error([])?.message == "not LLVM bitcode")
    #expect(error([0x42, 0x43, 0xC0, 0xDE])?.message == "bitcode without a module")
    #expect(error([0x42, 0x43, 0xC0, 0xDE] + [UInt8](repeating: 0, count: 8))?.code == .malformed)
    let wrapper: [UInt8] = [
      0xDE, 0xC0, 0x17, 0x0B, 0, 0, 0, 0, 20, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0,
    ]
    #expect(error(wrapper)?.message.hasPrefix("the bitcode in the wrapper needs 9 bytes") == true)
  }

  /// The text without what depends on the file's name, and without the summary, which
  /// `llvm-modextract` leaves out.
  private func essence(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { line in
      ![";", "source_filename", "^"].contains { line.hasPrefix($0) }
    }
  }
}
