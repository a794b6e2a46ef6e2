import Foundation

/// Everything that was measured.
struct Report {
  var machine: Machine
  var findings: [Finding] = []

  init(machine: Machine) { self.machine = machine }

  /// Whether every bound holds.
  var holds: Bool { findings.allSatisfy(\.holds) }

  /// For programs.
  var json: String {
    get throws {
      struct Document: Encodable {
        var machine: Machine
        var times: [TimeComparison]
        var memory: [MemoryComparison]
        var counts: [CountComparison]
        var holds: Bool
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let document = Document(
        machine: machine,
        times: times,
        memory: memory,
        counts: counts,
        holds: holds
      )
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }

  /// For people; in Markdown too, it is a table.
  var table: String {
    var lines = [machine.text, ""]
    if !times.isEmpty {
      let header = [
        "time", "Apus", "peer", "", "ratio", "95 % of median", "5 % to 95 %", "rounds", "bound", "",
      ]
      lines += TextTable.lines(header: header, rows: times.map(Self.row))
    }
    if !memory.isEmpty {
      if !times.isEmpty { lines.append("") }
      let header = ["memory", "Apus", "peer", "", "bound", ""]
      lines += TextTable.lines(header: header, rows: memory.map(Self.row))
    }
    if !counts.isEmpty {
      if !times.isEmpty || !memory.isEmpty { lines.append("") }
      lines += TextTable.lines(header: ["count", "Apus", "peer", ""], rows: counts.map(Self.row))
    }
    return lines.joined(separator: "\n")
  }

  private var times: [TimeComparison] {
    findings.compactMap { if case .time(let comparison) = $0 { comparison } else { nil } }
  }

  private var memory: [MemoryComparison] {
    findings.compactMap { if case .memory(let comparison) = $0 { comparison } else { nil } }
  }

  private var counts: [CountComparison] {
    findings.compactMap { if case .count(let comparison) = $0 { comparison } else { nil } }
  }

  private static func row(_ comparison: CountComparison) -> [String] {
    [
      comparison.subject, String(comparison.apusCount), String(comparison.peerCount),
      comparison.peer,
    ]
  }

  private static func row(_ comparison: TimeComparison) -> [String] {
    let ratio = comparison.ratio
    return [
      comparison.subject, format(seconds: comparison.apusTime),
      format(seconds: comparison.peerTime), comparison.peer, format(ratio.median),
      "\(format(ratio.medianLow)) to \(format(ratio.medianHigh))",
      "\(format(ratio.percentile5)) to \(format(ratio.percentile95))", String(ratio.count),
      comparison.bound.map { "≤ \(format($0))" } ?? "",
      verdict(comparison.holds, isBound: comparison.bound != nil),
    ]
  }

  private static func row(_ comparison: MemoryComparison) -> [String] {
    [
      comparison.subject, format(bytes: comparison.apusGrowth),
      comparison.peerGrowth.map(format(bytes:)) ?? "", comparison.peer,
      comparison.bound.map { "≤ \(format(bytes: $0))" } ?? "",
      verdict(comparison.holds, isBound: comparison.bound != nil),
    ]
  }

  private static func verdict(_ holds: Bool, isBound: Bool) -> String {
    isBound ? (holds ? "PASS" : "MISS") : ""
  }

  private static func format(_ ratio: Double) -> String { String(format: "%.3f", ratio) }

  private static func format(seconds: Double) -> String {
    switch seconds {
    case 1...: String(format: "%.2f s", seconds)
    case 1e-3...: String(format: "%.2f ms", seconds * 1e3)
    default: String(format: "%.2f µs", seconds * 1e6)
    }
  }

  private static func format(bytes: Int) -> String {
    String(format: "%.1f MB", Double(bytes) / 1e6)
  }
}
