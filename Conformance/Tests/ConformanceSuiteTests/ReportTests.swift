import Testing

@testable import ConformanceSuite

@Suite struct ReportTests {
  private func wrong(_ name: String, by ulps: Double) throws -> Outcome {
    let expected = try TensorLiteral(elements: "1.0", type: "tensor<f64>")
    var difference = try #require(
      Difference([[0, 0, 0, 0, 0, 0, 0, 0]], from: [expected], tolerance: 4)
    )
    difference.ulps = ulps
    return Outcome(name: name, verdict: .wrong, difference: difference)
  }

  private func report(_ outcomes: Outcome...) -> ConformanceReport {
    ConformanceReport(settings: [:], outcomes: outcomes)
  }

  @Test func `says of each program whether it became better or worse`() throws {
    let earlier = report(
      Outcome(name: "a", verdict: .right),
      try wrong("b", by: 9),
      Outcome(name: "c", verdict: .doesNotCompile),
      Outcome(name: "d", verdict: .right)
    )
    let later = report(
      try wrong("a", by: 5),
      try wrong("b", by: 10),
      Outcome(name: "c", verdict: .right)
    )
    let comparison = ReportComparison(later, with: earlier)
    #expect(comparison.better.map { $0.prefix(2) } == ["c:"])
    #expect(comparison.worse.map { $0.prefix(2) } == ["a:", "b:", "d:"])
    #expect(ReportComparison(earlier, with: earlier).worse.isEmpty)
  }

  @Test func `allows known failures, and nothing worse`() throws {
    let text = """
      # comment
      tan: does not compile: no lowering
      cos: wrong by 140 ulp: a polynomial
      """
    let known = try KnownFailures(text: text, name: "known")
    let tan = Outcome(name: "tan", verdict: .doesNotCompile, reason: "no")
    #expect(known.complaints(about: report(tan, try wrong("cos", by: 140))).isEmpty)
    #expect(known.complaints(about: report(try wrong("cos", by: 142))).count == 1)
    #expect(known.complaints(about: report(try wrong("sin", by: 5))).count == 1)
    #expect(known.repaired(in: report(Outcome(name: "tan", verdict: .right))) == ["tan"])
  }

  @Test func `a page has the counts, and each failure with its reason`() throws {
    let known = try KnownFailures(text: "cos: wrong by 140 ulp: a polynomial", name: "known")
    let report = report(
      try wrong("cos", by: 139),
      Outcome(name: "tan", verdict: .doesNotCompile, reason: "no lowering"),
      Outcome(name: "sin", verdict: .right)
    )
    let lines = ReportDocument(report, known: known).text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("| all math |        3 |     1 |     1 |") })
    #expect(
      lines.contains { $0.hasPrefix("- `cos` wrong by 139 ulp") && $0.hasSuffix(". a polynomial") }
    )
    #expect(lines.contains("- `tan` does not compile: no lowering"))
    #expect(!lines.contains { $0.contains("`sin`") })
  }

  @Test func `prints failures as it reads them`() throws {
    let report = report(
      try wrong("cos", by: 1234.5),
      try wrong("pow", by: .infinity),
      Outcome(name: "tan", verdict: .doesNotCompile, reason: "no: lowering")
    )
    let known = try KnownFailures(text: report.failures, name: "known")
    #expect(known.complaints(about: report).isEmpty)
  }

  @Test(arguments: ["cos: bad: why", "cos: does not compile", "a: wrong by 1 ulp: b\na: right: c"])
  func `refuses a malformed file of known failures`(text: String) {
    #expect(throws: ProgramError.self) { try KnownFailures(text: text, name: "known") }
  }

  @Test(arguments: [
    ("atan2_float32_1_20_float32_20_20", "atan2", true, 4.0),
    ("tan_complex64_20_20_chlo", "tan", true, 4),
    ("lgamma_bfloat16_20_20_chlo", "lgamma", true, 16),
    ("quantized/sine_qi8#2", "quantized/sine", false, 4),
    ("dot_general_batch_dimensions_lhs_float32_4", "dot_general_batch_dimensions_lhs", false, 4),
  ])
  func `tells by its name what a program tests`(
    name: String,
    operation: String,
    isMath: Bool,
    tolerance: Double
  ) {
    let subject = Subject(ofProgramNamed: name)
    #expect(subject.operation == operation)
    #expect(subject.isMath == isMath)
    #expect(subject.tolerance == tolerance)
  }
}
