import ApusLLVM
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct LibcallOracleTests {
  /// One operation, and what is called for it.
  struct Case: CustomTestStringConvertible, Sendable {
    var body: String
    var parameters = "double %x, double %y, ptr %p"
    var triple = Operations.gnu
    var target = Operations.baseline
    var calls: [String]

    var testDescription: String { "\(body), \(triple), \(target.cpu)" }
  }

  private static let half = "half %x"
  private static let quad = "fp128 %x, fp128 %y"

  static let cases: [Case] = [
    Case(body: "%r = call double @llvm.sin.f64(double %x)", calls: ["sin"]),
    Case(body: "%r = call fast double @llvm.sin.f64(double %x)", calls: ["sin"]),
    Case(body: "%r = call double @llvm.floor.f64(double %x)", calls: ["floor"]),
    Case(
      body: "%r = call double @llvm.floor.f64(double %x)",
      target: CodeTarget(cpu: "", features: "+sse4.1"),
      calls: []
    ),
    Case(
      body: "%r = call double @llvm.floor.f64(double %x)",
      target: Operations.haswell,
      calls: []
    ),
    Case(
      body: "%r = call double @llvm.floor.f64(double %x)",
      triple: Operations.arm,
      target: CodeTarget(cpu: "generic", features: ""),
      calls: []
    ),
    Case(
      body: "%r = call i64 @llvm.lround.i64.f64(double %x)",
      target: Operations.haswell,
      calls: ["lround"]
    ),
    Case(body: "%r = frem double %x, %y", calls: ["fmod"]),
    Case(
      body: "%r = call double @llvm.powi.f64.i32(double %x, i32 %n)",
      parameters: "double %x, i32 %n",
      calls: ["__powidf2"]
    ),
    Case(body: "%r = call double @llvm.powi.f64.i32(double %x, i32 3)", calls: []),
    Case(
      body: "%r = call half @llvm.sin.f16(half %x)",
      parameters: half,
      calls: ["__extendhfsf2", "__truncsfhf2", "sinf"]
    ),
    Case(
      body: "%r = call half @llvm.sin.f16(half %x)",
      parameters: half,
      target: Operations.haswell,
      calls: ["sinf"]
    ),
    Case(body: "%r = fptrunc double %x to half", calls: ["__truncdfhf2"]),
    Case(body: "%r = fadd fp128 %x, %y", parameters: quad, calls: ["__addtf3"]),
    Case(
      body: "%r = call fp128 @llvm.sin.f128(fp128 %x)",
      parameters: quad,
      calls: ["sinf128"]
    ),
    Case(
      body: "%r = call fp128 @llvm.sin.f128(fp128 %x)",
      parameters: quad,
      triple: Operations.arm,
      target: CodeTarget(cpu: "generic", features: ""),
      calls: ["sinl"]
    ),
    Case(
      body: "%r = call <4 x double> @llvm.pow.v4f64(<4 x double> %x, <4 x double> %x)",
      parameters: "<4 x double> %x",
      target: Operations.haswell,
      calls: ["pow"]
    ),
    Case(
      body: "%r = sdiv i128 %x, %y",
      parameters: "i128 %x, i128 %y",
      calls: ["__divti3"]
    ),
    Case(
      body: "call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %p, i64 %n, i1 false)",
      parameters: "ptr %p, i64 %n",
      calls: ["memcpy"]
    ),
    Case(
      body: "call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %p, i64 100, i1 false)",
      calls: []
    ),
    Case(
      body: "%r = call { double, double } @llvm.sincos.f64(double %x)",
      calls: ["sincos"]
    ),
    Case(
      body: "%r = call { double, double } @llvm.sincos.f64(double %x)",
      triple: Operations.musl,
      calls: ["cos", "sin"]
    ),
    Case(
      body: "%r = call double @llvm.experimental.constrained.sin.f64(double %x, "
        + "metadata !\"round.tonearest\", metadata !\"fpexcept.ignore\")",
      calls: ["sin"]
    ),
  ]

  @Test(arguments: cases)
  func `table and backend agree on what is called`(_ operation: Case) throws {
    let signature = try #require(
      try Operations.signature(
        operation.body,
        operation.parameters,
        defaults: operation.target
      )
    )
    let calls = LibcallAnswer.calls(operation.calls)
    #expect(try Operations.probing(operation.triple).answer(signature) == calls)
    #expect(try Operations.table(operation.triple).answer(signature) == calls)
  }

  @Test func `what the table lacks is asked of the backend`() throws {
    let signatures = try [
      // An odd width, a power that fast math makes a cube root, and too wide an atomic access.
      ("%r = call <3 x float> @llvm.sin.v3f32(<3 x float> %x)", "<3 x float> %x", ["sinf"]),
      (
        "%r = call fast double @llvm.pow.f64(double %x, double 0x3FD5555555555555)",
        "double %x", ["cbrt"]
      ),
      (
        "%r = atomicrmw add ptr %p, i128 1 seq_cst, align 16", "ptr %p",
        ["__atomic_fetch_add_16"]
      ),
      (
        "%r = cmpxchg ptr %p, i128 %x, i128 %x acq_rel acquire, align 16", "ptr %p, i128 %x",
        ["__atomic_compare_exchange_16"]
      ),
      (
        "store atomic i128 %x, ptr %p release, align 16", "ptr %p, i128 %x",
        ["__atomic_store_16"]
      ),
    ].map { (try #require(try Operations.signature($0, $1), "\($0)"), $2) }
    let oracle = try Operations.probing(Operations.gnu)
    let table = try Operations.table(Operations.gnu)
    let answers = oracle.answers(for: signatures.map(\.0))
    for (signature, names) in signatures {
      #expect(answers[signature] == .calls(names), "\(signature.name)")
      guard case .unknown = table.answer(signature) else {
        Issue.record("the table has \(signature.name)")
        continue
      }
    }
  }

  @Test func `a crash of the backend is one operation's, not its neighbours'`() throws {
    let crashing = try #require(
      try Operations.signature(
        "%r = call { <4 x double>, <4 x i32> } @llvm.frexp.v4f64.v4i32(<4 x double> %x)",
        "<4 x double> %x"
      )
    )
    let sound = try ["sin", "cos", "exp", "log"].map {
      try #require(try Operations.signature("%r = call double @llvm.\($0).f64(double %x)"))
    }
    var fatal = sound[0]
    fatal.operation = "llvm.modf.f16"
    fatal.result = "{ half, half }"
    fatal.operands = [.variable("half")]
    let questions = [sound[0], crashing, sound[1], fatal, sound[2], crashing, sound[3]]
    let answers = Operations.process.ask(questions, triple: Operations.gnu)
    #expect(
      answers == [
        .calls(["sin"]), .crashes, .calls(["cos"]),
        .impossible("Cannot select: f16,f16 = fmodf"), .calls(["exp"]), .crashes, .calls(["log"]),
      ]
    )
  }

  @Test func `thousands of questions are answered in one go`() throws {
    // Neither side may wait for the other to listen. What is not understood is answered fastest.
    var question = try #require(try Operations.signature("%r = frem double %x, %y"))
    question.operation = "frem nonsense"
    question.operands = [.variable("nonsense"), .variable("nonsense")]
    let answers = Operations.process.ask(
      Array(repeating: question, count: 10_000),
      triple: Operations.gnu
    )
    #expect(answers.count == 10_000)
    #expect(Set(answers).count == 1)
  }

  @Test func `what LLVM only reports and goes on from is impossible`() throws {
    let signature = try #require(
      try Operations.signature("%r = call { double, double } @llvm.sincospi.f64(double %x)")
    )
    let answer = LibcallAnswer.impossible("no libcall available for fsincospi")
    #expect(try Operations.probing(Operations.gnu).answer(signature) == answer)
    #expect(try Operations.table(Operations.gnu).answer(signature) == answer)
  }

  @Test(arguments: [
    ("%r = call fp128 @llvm.sin.f128(fp128 %x)", "sinl"), ("%r = frem fp128 %x, %x", "fmodl"),
    (
      "%r = call fp128 @llvm.experimental.constrained.cos.f128(fp128 %x, "
        + "metadata !\"round.dynamic\", metadata !\"fpexcept.strict\")", "cosl"
    ),
  ])
  func `128 bits are not passed to a function of 80`(body: String, name: String) throws {
    let signature = try #require(try Operations.signature(body, "fp128 %x"))
    for oracle in [try Operations.probing(Operations.musl), try Operations.table(Operations.musl)] {
      let answer = oracle.answer(signature)
      if case .unknown = answer { continue }
      guard case .impossible(let reason) = answer else {
        Issue.record("\(signature.name): \(String(describing: answer))")
        continue
      }
      #expect(reason.contains("'\(name)'"))
    }
    // Helpers of the compiler's own are of the right type.
    let sum = try #require(try Operations.signature("%r = fadd fp128 %x, %x", "fp128 %x"))
    #expect(try Operations.probing(Operations.musl).answer(sum) == .calls(["__addtf3"]))
  }

  @Test func `80 bits are passed to functions of 80 on musl too`() throws {
    let signature = try #require(
      try Operations.signature("%r = call x86_fp80 @llvm.sin.f80(x86_fp80 %x)", "x86_fp80 %x")
    )
    #expect(try Operations.probing(Operations.musl).answer(signature) == .calls(["sinl"]))
  }

  @Test func `an executable that does not serve is no reason to fail`() throws {
    let signature = try #require(try Operations.signature("%r = frem double %x, %y"))
    for path in ["/bin/true", "/bin/cat", "/nonexistent/apus-ld"] {
      let process = LibcallProbeProcess(executable: FilePath(path))
      guard case .unknown = process.ask([signature], triple: Operations.gnu).first else {
        Issue.record("\(path) answered")
        continue
      }
    }
  }

  @Test func `an unknown triple or a type LLVM does not read is no reason to fail`() throws {
    var signature = try #require(try Operations.signature("%r = frem double %x, %y"))
    guard case .impossible = Operations.process.ask([signature], triple: "nonsense").first else {
      Issue.record("a triple that no one knows was answered")
      return
    }
    signature.operation = "frem nonsense"
    signature.operands = [.variable("nonsense"), .variable("nonsense")]
    guard case .unknown = Operations.process.ask([signature], triple: Operations.gnu).first else {
      Issue.record("a type that no one knows was answered")
      return
    }
  }
}
