import ApusTestSupport
import SystemPackage
import Testing

/// Files that cannot be linked: the error names the file, and the member.
struct RefusedInputTests {
  @Test(arguments: ["main.o", "libm.a"])
  func `a file that was cut short is named`(_ name: String) async throws {
    let scenario = try await LinkScenario.withMath()
    let bytes = try scenario.folder.contents(of: name)
    for count in [bytes.count / 2, bytes.count - 200, 100] {
      try scenario.folder.write(Array(bytes.prefix(count)), to: name)
      try await scenario.expectRefusal(name, linking: ["start.o", "main.o", "libm.a"])
    }
  }

  @Test func `a file that is empty, or nothing that can be linked, is named`() async throws {
    let scenario = try await LinkScenario.withMath()
    try scenario.folder.write([], to: "odd.o")
    try await scenario.expectRefusal("odd.o", linking: ["start.o", "main.o", "odd.o", "libm.a"])
    try scenario.folder.write([0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3], to: "odd.o")
    try await scenario.expectRefusal("odd.o", linking: ["start.o", "main.o", "odd.o", "libm.a"])
  }

  @Test func `a file that is not there is named`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.expectRefusal("absent.o", linking: ["start.o", "main.o", "absent.o"])
    try await scenario.expectRefusal("absent", linking: ["start.o", "main.o", "-labsent"])
    try await scenario.expectRefusal(
      "nowhere.a",
      linking: ["start.o", "main.o", "no/such/nowhere.a"]
    )
    try await scenario.expectRefusal("start.o/x", linking: ["main.o", "start.o/x"])
  }

  @Test func `a folder is no input`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.expectRefusal("..", linking: ["start.o", "main.o", "..", "libm.a"])
  }

  @Test func `bitcode of a newer LLVM is named, with both versions`() async throws {
    let scenario = try await LinkScenario.withMath()
    for file in ["main.o", "sin.o"] {
      let original = try scenario.folder.contents(of: file)
      var bytes = original
      try replace(producer: "LLVM22", by: "LLVM99", in: &bytes)
      try scenario.folder.write(bytes, to: file)
      try await scenario.archive("libm.a", "sin.o")
      try await scenario.expectRefusal(
        file == "main.o" ? "main.o" : "libm.a(sin.o)",
        "99",
        "22",
        linking: ["start.o", "main.o", "libm.a"]
      )
      try scenario.folder.write(original, to: file)
    }
  }

  @Test(arguments: ["aarch64-linux-gnu", "armv7-linux-gnueabihf", "riscv64-linux-gnu"])
  func `bitcode for another processor is named, with both`(_ triple: String) async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile("int other(void) { return 1; }", to: "other.o", "--target=\(triple)")
    try await scenario.expectRefusal(
      "other.o",
      String(triple.prefix { $0 != "-" && !$0.isNumber }),
      "main.o",
      "x86_64",
      linking: ["start.o", "main.o", "other.o", "libm.a"]
    )
    try await scenario.archive("libother.a", "other.o")
    try await scenario.expectRefusal(
      "libother.a(other.o)",
      linking: ["start.o", "main.o", "-u", "other", "libother.a", "libm.a"]
    )
  }

  @Test func `machine code for another processor is named`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile(
      "int other(void) { return 1; }",
      to: "other.o",
      as: .machineCode,
      "--target=aarch64-linux-gnu"
    )
    try await scenario.expectRefusal(
      "other.o",
      linking: ["start.o", "main.o", "other.o", "libm.a"]
    )
  }

  @Test func `bitcode with another data layout is named, with both`() async throws {
    let scenario = try await LinkScenario.withMath()
    // llvm-as keeps the layout that it is told.
    try scenario.folder.write(
      """
      target datalayout = "e-m:e-p:32:32-i64:64-n8:16:32-S128"
      target triple = "x86_64-pc-linux-gnu"
      define i32 @other() { ret i32 1 }
      """,
      to: "other.ll"
    )
    try await runLLVMTool("llvm-as", ["other.ll", "-o", "other.o"], in: scenario.folder.path)
    try await scenario.expectRefusal(
      "other.o",
      "data layout",
      "main.o",
      linking: ["start.o", "main.o", "other.o", "libm.a"]
    )
  }

  @Test func `text that is not LLVM's assembly language is named with the line`() async throws {
    let scenario = try await LinkScenario.withMath()
    try scenario.folder.write("define i32 @other() {\n  no such instruction\n}\n", to: "other.ll")
    try await scenario.expectRefusal(
      "other.ll",
      "2:",
      linking: ["start.o", "main.o", "other.ll", "libm.a"]
    )
  }

  @Test func `code that gcc alone can finish is named`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile(
      """
          .section .gnu.lto_.decls.1,"e",@progbits
          .byte 1
          .comm __gnu_lto_slim,1,1
      """,
      to: "gcc.o",
      as: .machineCode,
      language: "assembler"
    )
    try await scenario.expectRefusal(
      "gcc.o",
      linking: ["start.o", "main.o", "gcc.o", "libm.a"]
    )
  }

  // MARK: Archives

  @Test func `an archive whose index lies is used for what it has`() async throws {
    let scenario = try await LinkScenario.withMath()
    var bytes = try scenario.folder.contents(of: "libm.a")
    let place = try #require(bytes.firstRange(of: Array("sin\0".utf8)))
    bytes.replaceSubrange(place, with: Array("cos\0".utf8))
    try scenario.folder.write(bytes, to: "libm.a")
    // The index offers cos, which the member does not define.
    try await scenario.compile(
      "volatile double x = 1; int test(void) { return __builtin_cos(x) != 2; }",
      to: "cos.o"
    )
    try await scenario.expectRefusal(
      "undefined symbol: cos",
      linking: ["start.o", "cos.o", "libm.a"]
    )
  }

  @Test func `an index that points nowhere is named, or not used`() async throws {
    let scenario = try await LinkScenario.withMath()
    var bytes = try scenario.folder.contents(of: "libm.a")
    // After the magic and the index's header: a count, then where the member is.
    bytes.replaceSubrange(72..<76, with: [0x7F, 0xFF, 0xFF, 0xF0])
    try scenario.folder.write(bytes, to: "libm.a")
    let outcome = try await scenario.link("start.o", "main.o", "libm.a")
    if outcome.status == 0 {
      #expect(try await scenario.run("program") == 0)
    } else {
      #expect(outcome.says("libm.a"))
    }
  }

  @Test func `a thin archive whose member is gone names both`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await runLLVMTool(
      "llvm-ar",
      ["--thin", "rcs", "thin.a", "sin.o"],
      in: scenario.folder.path
    )
    try scenario.folder.remove("sin.o")
    try await scenario.expectRefusal(
      "thin.a",
      "sin.o",
      linking: ["start.o", "main.o", "thin.a", "libm.a"]
    )
  }

  @Test(arguments: ["/etc/hostname", "../../../../etc/hostname", "a/../../b.o"])
  func `a member's name opens no file and writes none`(_ name: String) async throws {
    let scenario = try await LinkScenario.withMath()
    let member = try scenario.folder.contents(of: "sin.o")
    func header(_ name: String, _ size: Int) -> [UInt8] {
      func field(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
      }
      let fields =
        field(name, 16) + field("0", 12) + field("0", 6) + field("0", 6) + field("644", 8)
        + field("\(size)", 10) + "`\n"
      return Array(fields.utf8)
    }
    // A long name, as GNU's archives have it.
    let names = name.utf8.count % 2 == 0 ? "\(name)/\n" : "\(name)/\n\n"
    try scenario.folder.write(
      Array("!<arch>\n".utf8) + header("//", names.utf8.count) + Array(names.utf8)
        + header("/0", member.count) + member,
      to: "libm.a"
    )
    let allowed = Set(scenario.folder.names + ["program", "program.lto.bc", "program.lto.o"])
    try await scenario.linkAndRun("start.o", "main.o", "libm.a", "--save-temps")
    #expect(Set(scenario.folder.names).isSubset(of: allowed))
  }

  // MARK: Scripts

  @Test func `a linker script that includes itself is an error`() async throws {
    let scenario = try await LinkScenario.withMath()
    try scenario.folder.write("INPUT(libm.a)\nINCLUDE a.ld\n", to: "a.ld")
    try await scenario.expectRefusal("a.ld", linking: ["start.o", "main.o", "a.ld"])
    try scenario.folder.write("INCLUDE c.ld\n", to: "b.ld")
    try scenario.folder.write("INCLUDE b.ld\n", to: "c.ld")
    try await scenario.expectRefusal(".ld", linking: ["start.o", "main.o", "b.ld"])
  }

  @Test func `a linker script that is its own input is an error`() async throws {
    let scenario = try await LinkScenario.withMath()
    try scenario.folder.write("GROUP(libm.so)\n", to: "libm.so")
    try await scenario.expectRefusal("libm.so", linking: ["start.o", "main.o", "libm.so"])
  }

  @Test func `a response file that names itself is an error`() async throws {
    let scenario = try await LinkScenario.withMath()
    try scenario.folder.write("start.o main.o @line", to: "line")
    let result = try await runTool(LinkScenario.linker, ["@line"], in: scenario.folder.path)
    #expect([1, 2].contains(result.status))
    #expect(result.error.contains("line"))
  }

  // MARK: Damage

  /// Changes the producer's name in the identification block, where a character takes 6 bits.
  private func replace(producer: String, by other: String, in bytes: inout [UInt8]) throws {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._".utf8)
    func bits(_ text: String) throws -> [Bool] {
      try text.utf8.flatMap { character in
        let value = try #require(alphabet.firstIndex(of: character))
        return (0..<6).map { value >> $0 & 1 == 1 }
      }
    }
    let wanted = try bits(producer)
    let replacement = try bits(other)
    let start = bytes
    func bit(_ index: Int) -> Bool { start[index / 8] >> (index % 8) & 1 == 1 }
    let limit = min(bytes.count * 8 - wanted.count, 8 * 256)
    let place = try #require(
      (0..<limit).first { place in
        wanted.indices.allSatisfy { bit(place + $0) == wanted[$0] }
      }
    )
    for (index, value) in replacement.enumerated() where bit(place + index) != value {
      bytes[(place + index) / 8] ^= 1 << UInt8((place + index) % 8)
    }
  }
}
