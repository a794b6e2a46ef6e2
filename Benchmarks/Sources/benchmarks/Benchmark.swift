/// Something that Apus does, measured against a peer that does the same.
protocol Benchmark: Sendable {
  /// A word for it.
  var name: String { get }
  /// What is compared with what, in a line.
  var summary: String { get }
  /// Measures it, in any number of variants; on the main thread, as a simple program's calls are.
  @MainActor
  func measure(on workbench: Workbench) async throws -> [Finding]
}
