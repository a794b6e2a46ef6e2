internal import Subprocess
public import SystemPackage

/// What a program said and how it ended.
public struct ToolResult: Sendable, Equatable {
  /// The exit status; minus the number of the signal that ended it.
  public var status: Int32
  /// What it wrote to standard output.
  public var output: String
  /// What it wrote to standard error.
  public var error: String

  /// A result to compare with.
  public init(status: Int32, output: String, error: String) {
    self.status = status
    self.output = output
    self.error = error
  }
}

/// Runs a program to its end.
///
/// - Parameters:
///   - executable: its path.
///   - arguments: its arguments.
///   - folder: its working directory; nil for the tests' own.
///   - environment: variables to set in addition to the tests' own.
///   - input: what it reads from standard input.
public func runTool(
  _ executable: FilePath,
  _ arguments: [String],
  in folder: FilePath? = nil,
  environment: [String: String] = [:],
  input: String = ""
) async throws -> ToolResult {
  var variables = Environment.inherit.updating([
    // A test that makes a program crash wants its status, not a minute of backtraces.
    "SWIFT_BACKTRACE": "enable=no"
  ])
  for (name, value) in environment {
    variables = variables.updating([.init(stringLiteral: name): value])
  }
  let result = try await Subprocess.run(
    .path(executable),
    arguments: Arguments(arguments),
    environment: variables,
    workingDirectory: folder,
    input: .string(input),
    output: .string(limit: 1 << 26),
    error: .string(limit: 1 << 26)
  )
  let status: Int32 =
    switch result.terminationStatus {
    case .exited(let code): code
    case .signaled(let signal): -signal
    }
  return ToolResult(
    status: status,
    output: result.standardOutput,
    error: result.standardError
  )
}

/// Runs the `apus` that was built with the tests.
public func runApus(
  _ arguments: String...,
  in folder: FilePath? = nil,
  environment: [String: String] = [:]
) async throws -> ToolResult {
  try await runTool(Peers.apus, arguments, in: folder, environment: environment)
}

/// Runs the `apus-ld` that was built with the tests.
public func runApusLinker(
  _ arguments: [String],
  in folder: FilePath? = nil,
  environment: [String: String] = [:]
) async throws -> ToolResult {
  try await runTool(Peers.linker, arguments, in: folder, environment: environment)
}
