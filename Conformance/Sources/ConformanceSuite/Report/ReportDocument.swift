/// A report as a page of the documentation.
public struct ReportDocument: Sendable {
  /// The page, in Markdown.
  public let text: String

  /// Writes the page.
  ///
  /// - Parameters:
  ///   - report: what it is about.
  ///   - known: where the reasons of failures are.
  public init(_ report: ConformanceReport, known: KnownFailures) {
    let failures = report.outcomes.filter { $0.verdict != .right }.map { outcome in
      let reason = known.reason(for: outcome.name).map { ". \($0)" } ?? ""
      return "- `\(outcome.name)` \(outcome.summary)\(reason)"
    }
    text = """
      # Conformance

      Which of the mathematical functions in [openxla/stablehlo](https://github.com/openxla/stablehlo)'s test data are right:
      within 4 units in the last place of the type, or 16, by norm, for complex numbers and for functions that StableHLO or
      the program expresses by others. The [README](../Conformance/README.md) says more. Written by

      ```sh
      export APUS_STABLEHLO_TESTDATA=$PWD/stablehlo/stablehlo/testdata
      make conformance ARGUMENTS='--json report.json'
      swift run -c release --scratch-path .build/nested --disable-build-manifest-caching \\
        --package-path Conformance conformance describe report.json \\
        --known Conformance/KnownFailures/stablehlo.txt > Documentation/Conformance.md
      ```

      \(report.table)

      These are not right:

      \(failures.joined(separator: "\n"))
      """
  }
}
