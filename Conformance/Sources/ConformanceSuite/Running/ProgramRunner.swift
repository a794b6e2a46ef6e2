import Foundation
import Subprocess
public import SystemPackage

/// Compiles and runs programs with the `apus` tool, each in processes of its own, so that a crash of
/// the compiler or of a kernel is one outcome among others.
public struct ProgramRunner: Sendable {
  /// The tool.
  var apus: FilePath
  /// What `apus compile` is given besides the program.
  var compilationArguments: [String]
  /// How long compiling and running may each take.
  var timeLimit: Duration
  /// A folder for what passes between processes.
  var folder: FilePath

  /// Describes how to run programs.
  public init(
    apus: FilePath,
    compilationArguments: [String],
    timeLimit: Duration,
    folder: FilePath
  ) {
    self.apus = apus
    self.compilationArguments = compilationArguments
    self.timeLimit = timeLimit
    self.folder = folder
  }

  /// Compiles and runs a program, and compares.
  func outcome(of program: ConformanceProgram) async throws -> Outcome {
    let place = folder.appending(UUID().uuidString)
    try FileManager.default.createDirectory(
      atPath: place.string,
      withIntermediateDirectories: true
    )
    defer { try? FileManager.default.removeItem(atPath: place.string) }
    let source = place.appending("program.mlir")
    let compiled = place.appending("program.vmfb")
    try Data(program.source.utf8).write(to: URL(fileURLWithPath: source.string))
    let compilation = try await run(
      ["compile", "--quiet", source.string, "--output", compiled.string] + compilationArguments
    )
    guard compilation.succeeded else {
      return Outcome(
        name: program.name,
        verdict: .doesNotCompile,
        reason: compilation.reason(hiding: place)
      )
    }
    var arguments = ["run", "--quiet", compiled.string, "--workers", "1"]
    for (number, argument) in program.arguments.enumerated() {
      let file = place.appending("argument\(number).bin")
      try Data(argument.bytes).write(to: URL(fileURLWithPath: file.string))
      arguments += ["--input", "\(argument.toolType)=@\(file)"]
    }
    let files = program.expected.indices.map { place.appending("result\($0).bin") }
    arguments += files.flatMap { ["--output", "@\($0)"] }
    let execution = try await run(arguments)
    guard execution.succeeded else {
      return Outcome(name: program.name, verdict: .fails, reason: execution.reason(hiding: place))
    }
    return try judge(
      program,
      files.map { try [UInt8](Data(contentsOf: URL(fileURLWithPath: $0.string))) }
    )
  }

  private func judge(_ program: ConformanceProgram, _ results: [[UInt8]]) throws -> Outcome {
    for (result, expected) in zip(results, program.expected)
    where result.count != expected.bytes.count {
      return Outcome(
        name: program.name,
        verdict: .fails,
        reason: "a result has \(result.count) bytes, \(expected.type) has \(expected.bytes.count)"
      )
    }
    let tolerance = program.tolerance ?? Subject(ofProgramNamed: program.name).tolerance
    let difference = Difference(results, from: program.expected, tolerance: tolerance)
    return Outcome(
      name: program.name,
      verdict: difference.map { $0.count == 0 } ?? true ? .right : .wrong,
      difference: difference
    )
  }

  private func run(_ arguments: [String]) async throws -> ToolEnd {
    try await withThrowingTaskGroup(of: ToolEnd?.self) { group in
      group.addTask {
        // A crash is an outcome here, and a backtrace of it takes seconds.
        let result = try await Subprocess.run(
          .path(apus),
          arguments: Arguments(arguments),
          environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
          output: .discarded,
          error: .bytes(limit: 1 << 26)
        )
        return ToolEnd(
          succeeded: result.terminationStatus.isSuccess,
          message: String(decoding: result.standardError, as: UTF8.self)
        )
      }
      group.addTask {
        try await Task.sleep(for: timeLimit)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next().flatMap { $0 }
        ?? ToolEnd(succeeded: false, message: "error: took longer than \(timeLimit)")
    }
  }
}

/// How a process ended.
private struct ToolEnd {
  var succeeded: Bool
  var message: String

  /// The first diagnostic, in a line.
  ///
  /// - Parameter folder: a folder whose path is different every time.
  func reason(hiding folder: FilePath) -> String {
    let lines = message.split(separator: "\n")
    var undefined: [Substring] = []
    for line in lines {
      guard let range = line.firstRange(of: "undefined symbol: ") else { continue }
      let symbol = line[range.upperBound...]
      if !undefined.contains(symbol) { undefined.append(symbol) }
    }
    if !undefined.isEmpty {
      return "undefined symbols: \(undefined.sorted().joined(separator: ", "))"
    }
    let first = lines.compactMap { line in
      line.firstRange(of: "error: ").map { line[$0.upperBound...] }
    }.first
    let text = first ?? lines.first ?? "no diagnostic"
    return String(text.prefix(300)).replacing(" '\(folder)/program.mlir'", with: "")
  }
}
