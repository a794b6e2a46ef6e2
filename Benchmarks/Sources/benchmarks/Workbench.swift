import Apus
import Foundation

/// What benchmarks work with: a folder of their own, compiled programs in it, and the toolchain.
final class Workbench: Sendable {
  let toolchain: ToolchainFolder
  let folder: FilePath
  /// What programs are compiled with, unless a benchmark says otherwise: Apus's defaults.
  let compilerOptions: CompilerOptions
  /// The cores of this machine, as many as a device can use.
  let coreCount = min(
    ProcessInfo.processInfo.activeProcessorCount,
    Runtime.maximumWorkerCount
  )

  /// - Parameter targetCPU: the CPU that programs are compiled for.
  init(targetCPU: String) throws {
    var options = CompilerOptions()
    options.targetCPU = targetCPU
    compilerOptions = options
    toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)
    folder = FilePath(NSTemporaryDirectory()).appending("apus-benchmarks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      atPath: folder.string,
      withIntermediateDirectories: true
    )
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder.string)
  }

  /// The runtime library that Apus uses.
  var runtimeLibrary: FilePath {
    let path = ProcessInfo.processInfo.environment["APUS_IREE_RUNTIME"] ?? ""
    return path.isEmpty ? toolchain.runtimeLibrary : FilePath(path)
  }

  /// The `apus` that was built with the benchmarks.
  var apus: FilePath {
    let benchmarks = Bundle.main.executablePath ?? CommandLine.arguments[0]
    return FilePath(benchmarks).removingLastComponent().appending("apus")
  }

  /// Compiles a program to a file that all sides load.
  ///
  /// - Parameter options: nil for ``compilerOptions``.
  func compile(
    _ text: [UInt8],
    as name: String,
    options: CompilerOptions? = nil
  ) async throws -> FilePath {
    let path = folder.appending("\(name).vmfb")
    if !FileManager.default.fileExists(atPath: path.string) {
      try await Compiler(options: options ?? compilerOptions).compile(
        Source(bytes: text, name: "\(name).mlir")
      )
      .bytecode.write(to: path)
    }
    return path
  }

  /// Runs a program to its end.
  ///
  /// - Returns: what it wrote to standard output.
  @discardableResult
  func output(
    of executable: FilePath,
    _ arguments: [String],
    environment: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable.string)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchmarkError("\(executable) failed with status \(process.terminationStatus)")
    }
    return output
  }
}

/// A reason why nothing can be measured.
struct BenchmarkError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
