import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// Tests of this executable in a process of their own, since others run at the same time in this one.
enum ChildProcess {
  /// Runs the suite of a name.
  ///
  /// - Parameter environment: variables that the suite reads.
  /// - Returns: the number that it reports.
  static func number(reportedBy suite: String, _ environment: [String: String]) async throws -> Int
  {
    let folder = try TemporaryFolder()
    let executable = try #require(Bundle.main.executablePath)
    let report = [reportVariable: folder.file("report").string]
    let result = try await runTool(
      FilePath(executable),
      ["--testing-library", "swift-testing", "--filter", suite],
      environment: environment.merging(report) { $1 }
    )
    #expect(result.status == 0, "\(result.output)\n\(result.error)")
    return try #require(Int(String(decoding: try folder.contents(of: "report"), as: UTF8.self)))
  }

  /// Reports a number, in the child.
  static func report(_ number: Int) throws {
    let report = try #require(ProcessInfo.processInfo.environment[reportVariable])
    try Data("\(number)".utf8).write(to: URL(fileURLWithPath: report))
  }

  private static let reportVariable = "APUS_TEST_REPORT"
}
