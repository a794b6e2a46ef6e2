import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// Outputs that cannot be written, and what becomes of those that were there.
struct RefusedOutputTests {
  @Test(arguments: ["main.o", "libm.a", "start.o"])
  func `an output that is an input is refused, and the input stays`(_ name: String) async throws {
    let scenario = try await LinkScenario.withMath()
    let before = try scenario.folder.contents(of: name)
    for output in [name, "./\(name)"] {
      try await scenario.expectRefusal(
        name,
        linking: ["-o", output, "start.o", "main.o", "libm.a"]
      )
    }
    #expect(try scenario.folder.contents(of: name) == before)
  }

  @Test func `an output that is an input by another name is refused`() async throws {
    let scenario = try await LinkScenario.withMath()
    let before = try scenario.folder.contents(of: "main.o")
    try FileManager.default.linkItem(
      atPath: scenario.folder.file("main.o").string,
      toPath: scenario.folder.file("hard").string
    )
    try FileManager.default.createSymbolicLink(
      atPath: scenario.folder.file("soft").string,
      withDestinationPath: "main.o"
    )
    for name in ["hard", "soft"] {
      try await scenario.expectRefusal(
        "main.o",
        linking: ["-o", name, "start.o", "main.o", "libm.a"]
      )
    }
    #expect(try scenario.folder.contents(of: "main.o") == before)
  }

  @Test func `an output that a script or an option names as a library is refused`() async throws {
    let scenario = try await LinkScenario.withMath()
    try scenario.folder.write("INPUT(libm.a)", to: "script.ld")
    try await scenario.expectRefusal(
      "libm.a",
      linking: ["-o", "libm.a", "start.o", "main.o", "script.ld"]
    )
    try await scenario.expectRefusal(
      "libm.a",
      linking: ["-o", "libm.a", "start.o", "main.o", "-L.", "-lm"]
    )
  }

  @Test(arguments: ["no/such/folder/program", "."])
  func `an output that cannot be written is named`(_ output: String) async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.expectRefusal(
      output,
      linking: ["-o", output, "start.o", "main.o", "libm.a"]
    )
  }

  @Test func `a failed link leaves the output that was there, where lld may remove it`()
    async throws
  {
    let scenario = try await LinkScenario.withMath()
    try await scenario.expectRefusal(
      "undefined symbol: test",
      linking: ["start.o", "sin.o", "libm.a"]
    )
    // lld alone sees this, when all the rest is done.
    try scenario.folder.write(
      "SECTIONS { . = 1; .text : { *(.text) } ASSERT(0, \"never\") }",
      to: "layout.ld"
    )
    try await scenario.expectRefusal(
      "never",
      linking: ["-T", "layout.ld", "start.o", "main.o", "libm.a"]
    )
  }

  @Test func `a successful link makes a new file of the output`() async throws {
    let scenario = try await LinkScenario.withMath()
    try scenario.folder.write("what was there before", to: "program")
    try FileManager.default.linkItem(
      atPath: scenario.folder.file("program").string,
      toPath: scenario.folder.file("other-name").string
    )
    try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(
      try scenario.folder.contents(of: "other-name") == Array("what was there before".utf8)
    )
  }

  @Test func `wrong usage ends with 2`() async throws {
    let scenario = try await LinkScenario.withMath()
    for arguments in [["--no-such-option", "main.o"], [], ["-o"], ["main.o", "--lto-O9"]] {
      let result = try await runTool(LinkScenario.linker, arguments, in: scenario.folder.path)
      #expect(result.status == 2, "\(arguments): \(result.error)")
      #expect(result.error.hasPrefix("apus-ld: error: "))
    }
    #expect(!scenario.hasFile("a.out"))
  }

  // MARK: Crashes

  @Test func `a crash of LLVM is an error that says what was done`() async throws {
    let scenario = try await LinkScenario.withMath()
    // LLVM 22 crashes where a calloc that has no effects takes the place of malloc and memset.
    try await scenario.compileMember(
      "static char memory[800]; void *calloc(unsigned long n, unsigned long m) { return memory; }",
      to: "calloc.o"
    )
    try await scenario.compileMember(
      "void *malloc(unsigned long n) { return (void *)n; }",
      to: "malloc.o",
      as: .machineCode
    )
    try await scenario.compile(
      """
      void *malloc(unsigned long); char *escaped;
      int test(void) {
        char *a = malloc(400); __builtin_memset(a, 0, 400); escaped = a; return 0;
      }
      """,
      to: "main.o",
      "-Xclang",
      "-disable-llvm-passes"
    )
    try await scenario.archive("libc.a", "calloc.o", "malloc.o")
    let inputs = ["-u", "calloc", "start.o", "main.o", "libc.a"]
    try await scenario.expectRefusal("LLVM crashed while optimising the program", linking: inputs)

    let lld = try await runTool(
      LLVMTools.path("ld.lld"),
      ["-o", "lld-program"] + inputs,
      in: scenario.folder.path
    )
    #expect(lld.status < 0)
  }

  @Test func `a crash of lld is an error`() async throws {
    let scenario = try await LinkScenario()
    // What crashes LLVM in lld, in a link that is left to lld.
    try await scenario.compileMember(
      "static char memory[800]; void *calloc(unsigned long n, unsigned long m) { return memory; }",
      to: "calloc.o"
    )
    try await scenario.compileMember(
      "void *malloc(unsigned long n) { return (void *)n; }",
      to: "malloc.o",
      as: .machineCode
    )
    try await scenario.compile(
      """
      void *malloc(unsigned long); char *escaped;
      int test(void) {
        char *a = malloc(400); __builtin_memset(a, 0, 400); escaped = a; return 0;
      }
      """,
      to: "main.o",
      "-Xclang",
      "-disable-llvm-passes"
    )
    try await scenario.expectRefusal(
      "crashed",
      linking: ["start.o", "main.o", "calloc.o", "malloc.o"]
    )
  }

  @Test func `what LLVM reports and goes on after is an error`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile(
      #"int f(void) { int x; __asm__("no such instruction %0" : "=r"(x)); return x; }"#,
      to: "f.o"
    )
    try await scenario.expectRefusal(
      "instruction",
      linking: ["start.o", "main.o", "f.o", "-u", "f", "libm.a"]
    )
  }
}
