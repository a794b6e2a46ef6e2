import Testing

@testable import ApusLinker

@Suite struct LibcallTableTests {
  private func hasColumn(_ triple: String, _ cpu: String, _ features: String) -> Bool {
    LibcallTable(triple: triple, CodeTarget(cpu: cpu, features: features)) != nil
  }

  @Test func `a processor is recognised by what it can do`() {
    #expect(hasColumn(Operations.gnu, "", ""))
    #expect(hasColumn("x86_64-pc-linux-gnu", "haswell", ""))
    #expect(hasColumn("x86_64-linux-gnu", "x86-64", "+cx8,+mmx,+sse,+sse2,+x87,+fxsr"))
    #expect(hasColumn(Operations.gnu, "znver9", "+avx,+avx2,+f16c,+fma,+sse2,+sse4.1"))
    #expect(hasColumn(Operations.arm, "generic", "+fp-armv8,+neon,+outline-atomics,+v8a,-fmv"))
  }

  @Test func `a processor that can do something else is not in the table`() {
    // What it has beside AVX2 nobody said.
    #expect(!hasColumn(Operations.gnu, "znver9", "+avx2"))
    #expect(!hasColumn(Operations.gnu, "znver9", ""))
    #expect(!hasColumn(Operations.gnu, "sapphirerapids", ""))
    #expect(!hasColumn(Operations.gnu, "x86-64-v4", "+avx512fp16"))
    #expect(!hasColumn(Operations.gnu, "x86-64-v3", "-fma"))
    #expect(!hasColumn(Operations.arm, "generic", "+neon,+sve"))
    #expect(!hasColumn("riscv64-unknown-linux-gnu", "", ""))
    #expect(!hasColumn("x86_64-apple-darwin", "", ""))
    #expect(!hasColumn("x86_64-unknown-windows-msvc", "", ""))
    #expect(!hasColumn("", "", ""))
    var target = Operations.baseline
    target.isSoftFloat = true
    #expect(LibcallTable(triple: Operations.gnu, target) == nil)
  }

  @Test func `answers are found by name, flags and level`() throws {
    let text: StaticString = """
      O0 b	f	g
      a	-
      b	one	two		#
      contract d	x
      d	!no
      fast d	y z
      """
    func answer(_ name: String, flags: UInt32 = 0, isOptimized: Bool = true, _ target: CodeTarget)
      throws -> LibcallAnswer?
    {
      let table = try #require(LibcallTable(triple: Operations.gnu, target, text: text))
      return table.answer(
        IntrinsicSignature(
          operation: name,
          result: "double",
          operands: [],
          fastMathFlags: flags,
          target: target,
          isOptimized: isOptimized
        )
      )
    }
    let second = CodeTarget(cpu: "x86-64-v2", features: "")
    let fourth = CodeTarget(cpu: "x86-64-v4", features: "")
    #expect(try answer("a", Operations.baseline) == .calls([]))
    #expect(try answer("a", fourth) == .calls([]))
    #expect(try answer("b", Operations.baseline) == .calls(["one"]))
    #expect(try answer("b", Operations.haswell) == .calls(["two"]))
    #expect(try answer("b", fourth) == .crashes)
    #expect(try answer("b", isOptimized: false, second) == .calls(["g"]))
    #expect(try answer("b", flags: 1, second) == .calls(["two"]))
    #expect(try answer("d", second) == .impossible("no"))
    #expect(try answer("d", flags: 0x7F, second) == .calls(["y", "z"]))
    #expect(try answer("d", flags: 0x20, second) == .calls(["x"]))
    #expect(try answer("d", flags: 1, second) == nil)
    for name in ["", "c", "e", "O0", "fast"] { #expect(try answer(name, second) == nil) }
  }
}
