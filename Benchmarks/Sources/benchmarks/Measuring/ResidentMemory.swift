import Foundation

/// What a process holds of the machine's memory, in bytes.
struct ResidentMemory: Codable {
  /// Memory of its own: what a copy would be in.
  var anonymous: Int
  /// Pages of mapped files, which the kernel can drop and read again.
  var file: Int
  /// The most there ever was of both, since ``resetPeak()``.
  var peak: Int

  /// This process's.
  static func current() throws -> ResidentMemory {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    func bytes(_ field: String) throws -> Int {
      for line in status.split(separator: "\n") where line.hasPrefix("\(field):") {
        if let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
          .flatMap({ Int($0) })
        {
          return kilobytes * 1024
        }
      }
      throw BenchmarkError("/proc/self/status does not say \(field)")
    }
    return ResidentMemory(
      anonymous: try bytes("RssAnon"),
      file: try bytes("RssFile"),
      peak: try bytes("VmHWM")
    )
  }

  /// Makes ``peak`` begin anew.
  static func resetPeak() throws {
    // proc_pid_clear_refs(5): 5 resets the peak.
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "/proc/self/clear_refs"))
    try file.write(contentsOf: Data("5".utf8))
    try file.close()
  }
}
