import ApusLLVM
import Testing

@testable import ApusLinker

@Suite struct IntrinsicUseTests {
  @Test func `each signature comes once, with the functions that have it`() throws {
    let uses = try Operations.uses(
      """
      define double @f(double %x) {
        %a = call double @llvm.sin.f64(double %x)
        %b = call double @llvm.sin.f64(double %a)
        ret double %b
      }
      define double @g(double %x) {
        %a = call double @llvm.sin.f64(double %x)
        %b = frem double %a, 3.0
        ret double %b
      }
      declare double @llvm.sin.f64(double)
      """
    )
    let names = Dictionary(uniqueKeysWithValues: uses.map { ($0.key.name, $0.value) })
    #expect(names.keys.sorted() == ["frem double", "llvm.sin.f64"])
    #expect(names["llvm.sin.f64"].map(Set.init) == ["f", "g"])
    #expect(names["frem double"] == ["g"])
  }

  @Test func `what never becomes a call is not in it`() throws {
    let uses = try Operations.uses(
      """
      define i64 @f(i64 %a, i64 %b, double %x, ptr %p) {
        %s = add i64 %a, %b
        %d = sdiv i64 %s, %b
        %m = call i64 @llvm.smax.i64(i64 %d, i64 3)
        %y = fadd double %x, %x
        %z = fmul fast double %y, %x
        %t = fptrunc double %z to float
        %i = fptosi double %z to i64
        %c = fcmp oeq double %y, %z
        store atomic i64 %m, ptr %p seq_cst, align 8
        %o = atomicrmw add ptr %p, i64 1 seq_cst, align 8
        %e = cmpxchg ptr %p, i64 1, i64 2 seq_cst seq_cst, align 8
        call void @llvm.lifetime.start.p0(ptr %p)
        %v = call <2 x double> @llvm.masked.load.v2f64.p0(ptr %p, <2 x i1> splat (i1 true), <2 x double> poison)
        %u = call double @sin(double %x)
        ret i64 %m
      }
      declare double @sin(double)
      """
    )
    #expect(uses.keys.map(\.name).sorted() == [])
  }

  @Test func `functions for other processors have other signatures`() throws {
    let uses = try Operations.uses(
      """
      define double @plain(double %x) {
        %r = call double @llvm.floor.f64(double %x)
        ret double %r
      }
      define double @haswell(double %x) "target-cpu"="x86-64-v3" "target-features"="+avx,+avx2,+bmi" {
        %r = call double @llvm.floor.f64(double %x)
        ret double %r
      }
      define double @same(double %x) "target-cpu"="x86-64-v3" "target-features"="+avx,+avx2,+lzcnt" {
        %r = call double @llvm.floor.f64(double %x)
        ret double %r
      }
      define double @soft(double %x) "use-soft-float"="true" {
        %r = call double @llvm.floor.f64(double %x)
        ret double %r
      }
      """
    )
    #expect(
      Set(uses.values.map { Set($0) }) == [["plain"], ["haswell", "same"], ["soft"]]
    )
  }

  @Test func `constants are told apart only where they decide`() throws {
    func name(_ body: String, _ parameters: String = "double %x, ptr %p, i64 %n") throws -> String?
    {
      try Operations.signature(body, parameters)?.name
    }
    #expect(
      try name("%r = call double @llvm.powi.f64.i32(double %x, i32 3)")
        == "llvm.powi.f64.i32 (1: i32 3)"
    )
    #expect(try name("%r = call double @llvm.sin.f64(double 1.0)") == "llvm.sin.f64")
    #expect(
      try name("%r = call double @llvm.ldexp.f64.i32(double %x, i32 3)") == "llvm.ldexp.f64.i32"
    )
    #expect(try name("%r = call double @llvm.pow.f64(double %x, double 0.5)") == "llvm.pow.f64")
    #expect(
      try name("%r = call fast double @llvm.pow.f64(double %x, double 0.5)")
        == "llvm.pow.f64 (1: double 5.000000e-01)"
    )
    // Lengths are rounded up; what is too long for instructions is any length.
    for (length, expected) in [
      ("100", " (2: i64 128)"), ("128", " (2: i64 128)"), ("5000", ""), ("%n", ""),
    ] {
      #expect(
        try name("call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %p, i64 \(length), i1 false)")
          == "llvm.memcpy.p0.p0.i64\(expected) (3: i1 false)"
      )
    }
    #expect(try name("%r = udiv i128 %w, 10", "i128 %w") == "udiv i128 (1: i128 10)")
  }

  @Test func `instructions of unusual types are in it`() throws {
    let uses = try Operations.uses(
      """
      define void @f(half %h, bfloat %b, fp128 %q, x86_fp80 %e, i128 %i, <4 x half> %v, ptr %p) {
        %1 = fadd half %h, %h
        %2 = fcmp one fp128 %q, %q
        %3 = fptrunc x86_fp80 %e to half
        %4 = sitofp i128 %i to double
        %5 = fmul <4 x half> %v, %v
        %6 = fptosi bfloat %b to i32
        %7 = urem i128 %i, %i
        %8 = load atomic i128, ptr %p acquire, align 16
        %9 = load atomic i32, ptr %p acquire, align 1
        %10 = load atomic i32, ptr %p acquire, align 4
        ret void
      }
      """
    )
    #expect(
      uses.keys.map(\.name).sorted() == [
        "fadd half", "fcmp one fp128", "fmul <4 x half>", "fptosi bfloat to i32",
        "fptrunc x86_fp80 to half", "load atomic i128 acquire, align 16",
        "load atomic i32 acquire, align 1", "sitofp i128 to double", "urem i128",
      ]
    )
  }

  @Test func `atomic operations that AArch64 calls for are in it`() throws {
    let body = "%r = atomicrmw add ptr %p, i32 1 seq_cst, align 4"
    let outlined = CodeTarget(cpu: "generic", features: "+outline-atomics,+neon")
    let signature = try #require(try Operations.signature(body, defaults: outlined))
    #expect(try Operations.signature(body) == nil)
    #expect(
      try Operations.probing(Operations.arm).answer(signature)
        == .calls(["__aarch64_ldadd4_acq_rel"])
    )
  }

  @Test func `a line holds a signature and damaged lines none`() throws {
    for body in [
      "%r = call fast double @llvm.pow.f64(double %x, double 0.5)",
      "%r = call <4 x double> @llvm.sin.v4f64(<4 x double> zeroinitializer)",
      "call void @llvm.memset.p0.i64(ptr %p, i8 0, i64 7, i1 true)",
    ] {
      let signature = try #require(try Operations.signature(body, defaults: Operations.haswell))
      #expect(IntrinsicSignature(line: signature.line) == signature)
      #expect(IntrinsicSignature(line: signature.line.dropLast(5)) == nil)
    }
    #expect(IntrinsicSignature(line: "") == nil)
    #expect(IntrinsicSignature(line: "a\tb\tc\td\te\tf\tg") == nil)
  }

  @Test func `every operation of the table is found as the table names it`() throws {
    // The generator writes signatures by hand: a scan must come to the same names.
    let context = try IRContext(LLVMLibrary.shared())
    for signature in CommonOperations(for: LibcallTable.columns[0]).signatures {
      let module = try Array(signature.probe.utf8).withUnsafeBytes {
        try IRModule(text: $0, name: "probe", in: context)
      }
      let found = module.intrinsicUses(defaults: Operations.baseline, isOptimized: true)
      #expect(found.map(\.signature) == [signature])
    }
  }
}
