import ArgumentParser
import ConformanceSuite
import SystemPackage

/// Makes a page of the documentation of a report.
struct DescribeReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Print a report as a page of the documentation, with the reasons of failures."
  )

  @Argument(help: "The report, as --json wrote it.")
  var report: String

  @Option(help: ArgumentHelp("The file with known failures, for their reasons.", valueName: "file"))
  var known: String

  func run() throws {
    let document = ReportDocument(
      try ConformanceReport(reading: FilePath(report)),
      known: try KnownFailures(reading: FilePath(known))
    )
    print(document.text)
  }
}
