import Foundation
public import SystemPackage

/// What came of all programs of a run.
public struct ConformanceReport: Sendable, Codable {
  /// How the run was made: `math`, `inputs`, `flags`, for whoever reads it later.
  public var settings: [String: String]
  /// By name.
  public var outcomes: [Outcome]

  /// A report.
  public init(settings: [String: String], outcomes: [Outcome]) {
    self.settings = settings
    self.outcomes = outcomes.sorted { $0.name < $1.name }
  }

  /// Reads a report that was written before.
  public init(reading path: FilePath) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf",
      negativeInfinity: "-inf",
      nan: "nan"
    )
    let data = try Data(contentsOf: URL(fileURLWithPath: path.string))
    self = try decoder.decode(ConformanceReport.self, from: data)
  }

  /// Writes the report, as JSON.
  public func write(to path: FilePath) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf",
      negativeInfinity: "-inf",
      nan: "nan"
    )
    try encoder.encode(self).write(to: URL(fileURLWithPath: path.string), options: .atomic)
  }

  /// A line for each operation that is not always right, then one for all math and one for the others.
  public var table: String {
    var rows: [[String]] = []
    for isMath in [true, false] {
      let outcomes = outcomes.filter { Subject(ofProgramNamed: $0.name).isMath == isMath }
      guard !outcomes.isEmpty else { continue }
      let operations = Dictionary(grouping: outcomes) { Subject(ofProgramNamed: $0.name).operation }
      for (operation, outcomes) in operations.sorted(by: { $0.key < $1.key })
      where isMath || outcomes.contains(where: { $0.verdict != .right }) {
        rows.append(Self.row(operation, outcomes))
      }
      rows.append(Self.row(isMath ? "all math" : "all others", outcomes))
    }
    let header = ["", "programs"] + Outcome.Verdict.allCases.map(\.rawValue) + ["furthest off"]
    return TextTable.lines(header: header, rows: rows).joined(separator: "\n")
  }

  private static func row(_ name: String, _ outcomes: [Outcome]) -> [String] {
    let counts = Outcome.Verdict.allCases.map { verdict in
      outcomes.count { $0.verdict == verdict }
    }
    let worst = outcomes.compactMap { $0.difference?.ulps }.max()
    return [name, String(outcomes.count)] + counts.map { $0 == 0 ? "" : String($0) }
      + [worst.map { "\(TextTable.number($0)) ulp" } ?? ""]
  }

  /// A line for each program that is not right.
  public var failures: String {
    outcomes.filter { $0.verdict != .right }.map { "\($0.name): \($0.summary)" }
      .joined(separator: "\n")
  }
}
