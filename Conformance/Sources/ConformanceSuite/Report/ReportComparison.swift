/// What changed between two runs, by program.
public struct ReportComparison: Sendable {
  /// Programs with a worse outcome than before, and those that are missing.
  public private(set) var worse: [String] = []
  /// Programs with a better outcome.
  public private(set) var better: [String] = []
  /// How many programs were in both.
  public private(set) var count = 0

  /// Compares a run with an earlier one.
  public init(_ report: ConformanceReport, with earlier: ConformanceReport) {
    let now = Dictionary(report.outcomes.map { ($0.name, $0) }) { first, _ in first }
    for before in earlier.outcomes {
      guard let outcome = now[before.name] else {
        worse.append("\(before.name): was \(before.summary); is missing")
        continue
      }
      count += 1
      let line = "\(before.name): was \(before.summary); is \(outcome.summary)"
      if outcome.isWorse(than: before) {
        worse.append(line)
      } else if before.isWorse(than: outcome) {
        better.append(line)
      }
    }
  }

  /// The lists, and their lengths.
  public var text: String {
    var lines = better.map { "better: \($0)" } + worse.map { "WORSE: \($0)" }
    lines.append("of \(count) programs, \(better.count) are better and \(worse.count) worse")
    return lines.joined(separator: "\n")
  }
}
