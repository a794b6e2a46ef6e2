import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct BenchCommandTests {
  @Test func `the figures are there, and fit each other`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(add, to: "add.mlir")
    let result = try await runApus(
      "bench",
      "add.mlir",
      "--input",
      "4xf32=1",
      "--input",
      "4xf32=2",
      "--min-time",
      "0.2",
      "--json",
      in: folder.path
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.isEmpty)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    )
    let figure = { (name: String) in try #require(report[name] as? Double) }
    #expect(report["function"] as? String == "add")
    #expect(try figure("calls") >= 10)
    #expect(try figure("minimum") > 0)
    let ordered = try ["minimum", "percentile5", "median", "percentile95", "maximum"].map(figure)
    #expect(ordered == ordered.sorted())
    #expect(abs(try figure("mean") * figure("callsPerSecond") - 1) < 1e-9)
    let seconds = try figure("mean") * figure("calls")
    #expect(seconds >= 0.19)

    let text = try await runApus(
      "bench",
      "add.mlir",
      "--input",
      "4xf32=1",
      "--input",
      "4xf32=2",
      "--min-time",
      "0.05",
      in: folder.path
    )
    #expect(text.output.hasPrefix("add: "))
    #expect(text.output.contains("median"))
  }

  @Test func `a time that is none is wrong usage`() async throws {
    let result = try await runApus("bench", "add.mlir", "--min-time", "0")
    #expect(result.status == 2)
    #expect(result.error.contains("--min-time must be more than 0"))
  }
}
