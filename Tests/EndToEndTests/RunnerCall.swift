import Apus
import ApusTestSupport
import Testing

/// Calls of a program in one of IREE's own runners, on workers, which treat subnormal numbers as zero outside of
/// kernels.
struct RunnerCall {
  /// Starts the runner with arguments.
  let run: ([String]) async throws -> ToolResult

  /// Calls a function of one result.
  func callAsFunction(
    _ function: String,
    of program: FilePath,
    _ arguments: [TensorData]
  ) async throws -> TensorData {
    let folder = try TemporaryFolder()
    var flags = [
      "--device=local-task", "--module=\(program)", "--function=\(function)",
      "--output=@\(folder.file("output.npy"))",
    ]
    for (index, argument) in arguments.enumerated() {
      let file = folder.file("input\(index).npy")
      try argument.write(toNPY: file)
      flags.append("--input=@\(file)")
    }
    let result = try await run(flags)
    try #require(result.status == 0, "iree-run-module failed: \(result.error)")
    return try TensorData(contentsOfNPY: folder.file("output.npy"))
  }
}

extension AccuracyPromise {
  /// Expects of every function of a program that its results in a runner are within the bound.
  func expectKept(by program: FilePath, in runner: RunnerCall) async throws {
    try await expectKept { function, calls in
      let columns = (0..<function.parameterCount).map { index in calls.map { $0[index] } }
      if type == .f32 {
        let arguments = try columns.map {
          try TensorData($0.map { Float($0) }, shape: [calls.count])
        }
        let result = try await runner(function.symbol, of: program, arguments)
        return try result.scalars(as: Float.self).map { Double($0) }
      }
      let result = try await runner(
        function.symbol,
        of: program,
        columns.map { try TensorData($0, shape: [calls.count]) }
      )
      return try result.scalars(as: Double.self)
    }
  }
}
