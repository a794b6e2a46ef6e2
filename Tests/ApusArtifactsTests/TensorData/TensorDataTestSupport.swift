import ApusArtifacts
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// The Python that has NumPy and ml_dtypes, for tests that compare with them.
enum Python {
  static let reason: Comment = "needs the peers: Scripts/setup --peers"

  /// Whether tests that need it run: without it they are skipped, but fail where all tests must
  /// run.
  static var isWanted: Bool { Peers.areInstalled }

  /// Runs a script in a folder and returns what it prints.
  static func run(_ script: String, in folder: TemporaryFolder) throws -> String {
    let tool = try SpawnedTool(
      Peers.python,
      ["-c", script],
      in: folder.path,
      scratch: folder.path
    )
    let result = try tool.wait().result
    try #require(result.status == 0, "the Python script failed: \(result.error)")
    return result.output
  }
}

extension [UInt8] {
  /// A copy with one to three small damages.
  func mutated(with generator: inout SeededGenerator, alphabet: [UInt8]) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      let length = Int.random(in: 1...8, using: &generator)
      let range = position..<Swift.min(position + length, bytes.count)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[position] = alphabet.randomElement(using: &generator) ?? 0
      case 2: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: position)
      case 3: bytes.removeSubrange(range)
      case 4: bytes.insert(contentsOf: bytes[range], at: position)
      default: bytes.removeSubrange(position...)
      }
    }
    return bytes
  }
}

/// The error that `body` throws, described.
func message<Value>(
  _ body: () throws(TensorDataError) -> Value,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> String {
  try #require(
    #expect(throws: TensorDataError.self, sourceLocation: sourceLocation) { _ = try body() },
    sourceLocation: sourceLocation
  ).description
}

/// An `.npy` file with a header as given and eight bytes of elements.
func npy(
  _ header: String,
  version: [UInt8] = [1, 0],
  data: [UInt8] = [1, 0, 0, 0, 2, 0, 0, 0]
) -> [UInt8] {
  let length = header.utf8.count
  let lengthBytes = (0..<(version[0] == 1 ? 2 : 4)).map {
    UInt8(truncatingIfNeeded: length >> (8 * $0))
  }
  return [0x93] + Array("NUMPY".utf8) + version + lengthBytes + Array(header.utf8) + data
}
