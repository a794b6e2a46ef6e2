import Apus
import Foundation

/// A Python that does one job of `peer.py`, as often as it is told to.
///
/// It stays, so that blocks of its work can take turns with blocks of Apus's, and measures itself, so
/// that the pipe is not in its times.
final class PythonPeer {
  /// What it says after a job.
  struct Answer: Decodable {
    var seconds: Double?
    var memory: ResidentMemory
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread = Data()

  /// The process, which has all its threads when it is ready.
  var processIdentifier: Int32 { process.processIdentifier }

  /// What it held when it was ready.
  private(set) var memoryAtStart = ResidentMemory(anonymous: 0, file: 0, peak: 0)

  /// Starts it and waits until it is ready.
  ///
  /// - Parameter python: nil for the toolchain's.
  init(
    _ job: String,
    _ arguments: [String],
    environment: [String: String] = [:],
    python: FilePath? = nil,
    on workbench: Workbench
  ) throws {
    let source = String(decoding: PackageResources.peer_py, as: UTF8.self)
    process.executableURL = URL(fileURLWithPath: (python ?? workbench.toolchain.python).string)
    process.arguments = ["-c", source, job] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    memoryAtStart = try answer().memory
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Does the job the number of times given.
  func run(_ repetitions: Int) throws -> Answer {
    try input.fileHandleForWriting.write(contentsOf: Data("\(repetitions)\n".utf8))
    return try answer()
  }

  /// Does the job the number of times given.
  ///
  /// - Returns: the seconds it took, by the peer's own clock.
  func seconds(_ repetitions: Int) throws -> Double {
    guard let seconds = try run(repetitions).seconds else {
      throw BenchmarkError("the Python peer did not say how long it took")
    }
    return seconds
  }

  private func answer() throws -> Answer {
    while !unread.contains(UInt8(ascii: "\n")) {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw BenchmarkError("the Python peer has ended") }
      unread += data
    }
    let end = unread.firstIndex(of: UInt8(ascii: "\n")) ?? unread.endIndex
    defer { unread = Data(unread[end...].dropFirst()) }
    return try JSONDecoder().decode(Answer.self, from: unread[..<end])
  }
}
