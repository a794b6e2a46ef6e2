import ArgumentParser
import ConformanceSuite
import SystemPackage

/// Compares two reports.
struct CompareReports: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say which programs changed between two reports; exit with 1 if one is worse."
  )

  @Argument(help: "The earlier report, as --json wrote it.")
  var earlier: String

  @Argument(help: "The later one.")
  var later: String

  func run() throws {
    let comparison = ReportComparison(
      try ConformanceReport(reading: FilePath(later)),
      with: try ConformanceReport(reading: FilePath(earlier))
    )
    print(comparison.text)
    if !comparison.worse.isEmpty { throw ExitCode(1) }
  }
}
