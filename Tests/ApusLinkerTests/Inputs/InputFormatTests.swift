import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct InputFormatTests {
  @Test func `tells what tools write apart`() async throws {
    let fixture = try InputFixture()
    let source = "int f(void) { return 1; }\nint main(void) { return f(); }"
    let object = try await fixture.compile(source, "a.c", to: "a.o", "-fPIC")
    #expect(InputFormat(object) == .relocatableObject)
    let bitcode = try await fixture.compile(source, "a.c", to: "a.bc", "-flto")
    #expect(InputFormat(bitcode) == .bitcode)
    let wrapped = try await fixture.compile(
      source,
      "a.c",
      to: "wrapped.bc",
      "-emit-llvm",
      "--target=x86_64-apple-macosx"
    )
    #expect(InputFormat(wrapped) == .wrappedBitcode)
    let text = try await fixture.compile(source, "a.c", to: "text", "-emit-llvm", "-S")
    #expect(InputFormat(text) == .textualIR)
    #expect(InputFormat(try await fixture.archive("a.a", ["rcs"], ["a.o"])) == .archive)
    #expect(InputFormat(try await fixture.archive("t.a", ["rcsT"], ["a.o"])) == .thinArchive)
    try await runLLVMTool(
      "ld.lld",
      ["-shared", "a.o", "-o", "a.so"],
      in: fixture.folder.path
    )
    #expect(InputFormat(try fixture.contents("a.so")) == .sharedLibrary)
    try await runLLVMTool(
      "ld.lld",
      ["-e", "main", "a.o", "-o", "a"],
      in: fixture.folder.path
    )
    #expect(InputFormat(try fixture.contents("a")) == .executable)
  }

  @Test(arguments: [
    ("/* GNU ld script */ GROUP ( libm-2.36.a )", InputFormat.text),
    ("INPUT(a.o)", .text), ("{ global: f; local: *; };", .text), ("target_name = 1;", .text),
    ("; ModuleID = 'a'", .textualIR), ("\n\n  define i32 @f() { ret i32 0 }", .textualIR),
    ("target triple = \"x\"", .textualIR), ("@x = global i32 0", .textualIR),
    ("source_filename = \"a.c\"", .textualIR), ("declare void @f()", .textualIR),
    ("%t = type { i32 }", .textualIR), ("$c = comdat any", .textualIR),
    ("", .empty), ("a\u{0}b", .unknown), ("!<arch>", .unknown), ("!0 = !{}", .textualIR),
    ("BC", .text), ("\u{7F}ELF", .otherELF),
  ])
  func `guesses text and refuses other bytes`(_ text: String, _ format: InputFormat) {
    #expect(InputFormat(FileSlice(copying: Array(text.utf8), name: "input")) == format)
  }

  @Test func `believes the name of textual IR`() {
    let slice = FileSlice(copying: Array("/* no */".utf8), name: "a.ll")
    #expect(InputFormat(slice) == .textualIR)
  }
}
