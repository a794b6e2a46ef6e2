import ApusTestSupport
import Testing

@testable import ApusLinker

/// Programs that cannot be taken apart without changing what they mean stay whole, and work.
struct WholeProgramTests {
  /// A part of a program that only works in one object, and what its `value` returns.
  struct Part: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// In LLVM's assembly language.
    var text: String
    var value: Int32
  }

  /// Functions of which some would be in another partition.
  private static let others = (0..<6).map { number in
    """
    define i32 @other\(number)(i32 %x) noinline {
      %y = mul i32 %x, \(number + 3)
      ret i32 %y
    }

    """
  }.joined()

  private static let parts = [
    Part(
      testDescription: "assembly outside of functions names a static function",
      text: """
        module asm ".globl named; named: jmp hidden"
        declare i32 @named(i32)
        @llvm.used = appending global [1 x ptr] [ptr @hidden], section "llvm.metadata"
        define internal i32 @hidden(i32 %x) noinline {
          ret i32 21
        }
        define i32 @value() noinline {
          %y = call i32 @named(i32 1)
          ret i32 %y
        }
        """,
      value: 21
    ),
    Part(
      testDescription: "assembly in a function names a static function",
      text: """
        @llvm.used = appending global [1 x ptr] [ptr @hidden], section "llvm.metadata"
        define internal i32 @hidden() noinline {
          ret i32 22
        }
        define i32 @value() noinline {
          %y = call i32 asm sideeffect "call hidden", "={ax},~{memory},~{rcx},~{rdx},~{rsi},~{rdi},~{r8},~{r9},~{r10},~{r11}"()
          ret i32 %y
        }
        """,
      value: 22
    ),
    Part(
      testDescription: "assembly in a function makes a symbol",
      text: """
        @made = external hidden global i32
        define void @maker() noinline {
          call void asm sideeffect ".pushsection .data\\0A.local made\\0Amade: .long 23\\0A.popsection", ""()
          ret void
        }
        define i32 @value() noinline {
          %y = load i32, ptr @made
          ret i32 %y
        }
        """,
      value: 23
    ),
    Part(
      testDescription: "a variable holds the addresses of blocks",
      text: """
        @targets = internal constant [2 x ptr] [ptr blockaddress(@go, %a), ptr blockaddress(@go, %b)]
        define i32 @go(i32 %x) noinline {
          %slot = getelementptr [2 x ptr], ptr @targets, i32 0, i32 %x
          %target = load ptr, ptr %slot
          indirectbr ptr %target, [label %a, label %b]
        a:
          ret i32 1
        b:
          ret i32 23
        }
        define i32 @value() noinline {
          %first = call i32 @go(i32 0)
          %second = call i32 @go(i32 1)
          %sum = add i32 %first, %second
          ret i32 %sum
        }
        """,
      value: 24
    ),
    Part(
      testDescription: "a function that chooses the function",
      text: """
        @chosen = ifunc i32 (), ptr @choose
        define internal i32 @choice() noinline {
          ret i32 25
        }
        define internal ptr @choose() {
          ret ptr @choice
        }
        define i32 @value() noinline {
          %y = call i32 @chosen()
          ret i32 %y
        }
        """,
      value: 25
    ),
    Part(
      testDescription: "an alias of a place within a variable",
      text: """
        @pair = global [2 x i32] [i32 1, i32 26]
        @inner = alias i32, getelementptr ([2 x i32], ptr @pair, i32 0, i32 1)
        define i32 @value() noinline {
          %y = load i32, ptr @inner
          ret i32 %y
        }
        """,
      value: 26
    ),
    Part(
      testDescription: "an alias of a variable of which each thread has its own",
      text: """
        @mine = thread_local global i32 27
        @yours = thread_local alias i32, ptr @mine
        define i32 @value() noinline {
          %place = call ptr @llvm.threadlocal.address(ptr @yours)
          %y = load i32, ptr %place
          ret i32 %y
        }
        declare ptr @llvm.threadlocal.address(ptr)
        """,
      value: 27
    ),
    Part(
      testDescription: "a variable that is dropped with a function",
      text: """
        @with = internal global i32 28, section "associates", !associated !0
        !0 = !{ptr @value}
        define i32 @value() noinline {
          %y = load volatile i32, ptr @with
          ret i32 %y
        }
        """,
      value: 28
    ),
    Part(
      testDescription: "debug information",
      text: """
        define i32 @value() noinline !dbg !4 {
          ret i32 29, !dbg !6
        }
        !llvm.dbg.cu = !{!0}
        !llvm.module.flags = !{!2, !3}
        !0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug)
        !1 = !DIFile(filename: "f.c", directory: "/")
        !2 = !{i32 2, !"Debug Info Version", i32 3}
        !3 = !{i32 7, !"Dwarf Version", i32 5}
        !4 = distinct !DISubprogram(name: "value", file: !1, line: 1, type: !5, unit: !0, spFlags: DISPFlagDefinition)
        !5 = !DISubroutineType(types: !{null})
        !6 = !DILocation(line: 2, scope: !4)
        """,
      value: 29
    ),
    Part(
      testDescription: "the distance of two functions",
      text: """
        @distance = constant i32 trunc (i64 sub (i64 ptrtoint (ptr @near to i64), i64 ptrtoint (ptr @other5 to i64)) to i32)
        @noise = global i32 0
        define i32 @near() noinline {
          \(String(repeating: "store volatile i32 1, ptr @noise\n  ", count: 20))
          ret i32 30
        }
        define i32 @value() noinline {
          %d = load volatile i32, ptr @distance
          %a = sub i32 %d, trunc (i64 sub (i64 ptrtoint (ptr @near to i64), i64 ptrtoint (ptr @other5 to i64)) to i32)
          %y = add i32 %a, 30
          ret i32 %y
        }
        """,
      value: 30
    ),
  ]

  private static let run = """

    define i64 @run(ptr %out) {
      %y = call i32 @value()
      store i32 %y, ptr %out
      ret i64 4
    }
    """

  private func link(_ text: String, _ fixture: LinkFixture) throws -> LinkReport {
    let program = "target triple = \"x86_64-unknown-linux-gnu\"\n" + text
    let path = try fixture.folder.write(program, to: "f.ll").string
    // Saving files makes it no matter of lld's alone.
    return try fixture.link("f.so", ["-shared", path, "--lto-partitions=4", "--save-temps"])
  }

  @Test(arguments: parts)
  func `what needs one object stays in one`(part: Part) async throws {
    let fixture = try LinkFixture()
    let report = try link(part.text + "\n" + Self.others + Self.run, fixture)
    #expect(report.partitions == 1)
    #expect(
      try await fixture.results(of: "f.so") == withUnsafeBytes(of: part.value) { Array($0) }
    )
  }

  @Test(arguments: [
    "%y = call i32 asm \"mov $$31, $0\", \"=r\"()", "%y = call i32 asm \"\", \"=r,0\"(i32 31)",
    "%y = add i32 0, 31",
  ])
  func `assembly that names nothing may be anywhere`(instruction: String) async throws {
    let fixture = try LinkFixture()
    let text = "define i32 @value() noinline {\n  \(instruction)\n  ret i32 %y\n}\n"
    let report = try link(text + Self.others + Self.run, fixture)
    #expect(report.partitions == 4)
    #expect(
      try await fixture.results(of: "f.so") == withUnsafeBytes(of: Int32(31)) { Array($0) }
    )
  }
}
