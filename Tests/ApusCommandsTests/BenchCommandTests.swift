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

  #if os(Linux)
    @Test(.enabled(if: ProcessInfo.processInfo.processorCount > 1, "there is one CPU"))
    func `of a process that may use one CPU, the only worker is on it`() throws {
      let folder = try TemporaryFolder()
      let program = try folder.write(add, to: "add.mlir")
      let cpu = String(try Self.allowedCPUs("self").prefix { $0.isNumber })
      let arguments = ["-c", cpu, Peers.apus.string, "bench", program.string]
      let tool = try SpawnedTool(
        "/usr/bin/taskset",
        arguments
          + [
            "--device", "local-task", "--input", "4xf32=1", "--input", "4xf32=2", "--min-time",
            "100",
          ],
        scratch: folder.path
      )
      defer {
        kill(tool.processIdentifier, SIGKILL)
        _ = try? tool.wait()
      }
      var workers: [String] = []
      let deadline = ContinuousClock.now + .seconds(60)
      while workers.isEmpty, ContinuousClock.now < deadline {
        Thread.sleep(forTimeInterval: 0.05)
        let tasks = "/proc/\(tool.processIdentifier)/task"
        workers = try FileManager.default.contentsOfDirectory(atPath: tasks)
          .filter {
            try String(contentsOfFile: "\(tasks)/\($0)/comm", encoding: .utf8)
              .hasPrefix("iree-worker")
          }
          .map { "\(tool.processIdentifier)/task/\($0)" }
      }
      #expect(try workers.map(Self.allowedCPUs) == [Substring(cpu)])
    }

    @Test func `on one core kernels run on the thread that calls, unless said otherwise`()
      async throws
    {
      let folder = try TemporaryFolder()
      let program = try folder.write(add, to: "add.mlir")
      let cpu = String(try Self.allowedCPUs("self").prefix { $0.isNumber })
      for (options, device) in [([], "local-sync"), (["--workers", "1"], "local-task")] {
        let result = try await runTool(
          "/usr/bin/taskset",
          ["-c", cpu, Peers.apus.string, "run", program.string, "--input", "3xf32=1"]
            + ["--input", "4xf32=1"] + options
        )
        #expect(result.status == 1)
        #expect(result.error.contains("(INVALID_ARGUMENT on \(device))"), "\(result.error)")
      }
    }

    /// The numbers of the CPUs that a process or thread may run on, as Linux writes them: `0-3,8`.
    private static func allowedCPUs(_ task: String) throws -> Substring {
      let status = try String(contentsOfFile: "/proc/\(task)/status", encoding: .utf8)
      let line = try #require(
        status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list") }
      )
      return try #require(line.split(separator: "\t").last)
    }
  #endif

  @Test func `a time that is none is wrong usage`() async throws {
    let result = try await runApus("bench", "add.mlir", "--min-time", "0")
    #expect(result.status == 2)
    #expect(result.error.contains("--min-time must be more than 0"))
  }
}
