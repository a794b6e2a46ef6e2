import Foundation
public import SystemPackage

/// The programs that are known not to be right, each with the reason.
///
/// A file of lines such as
///
/// ```
/// # a comment
/// tan_float32_20_20_chlo: does not compile: stablehlo.tan has no lowering
/// cos_float32_20_20: wrong by 140 ulp: IREE's polynomial
/// ```
///
/// which is how a run prints them. A program that is not in the file must be right. One that is must be
/// no worse than the file says: not without a result where there was one, and not further off, by a
/// hundredth for the digits that are not printed; where the file says no distance, any will do.
public struct KnownFailures: Sendable {
  private var failures: [String: Failure] = [:]

  private struct Failure {
    var verdict: Outcome.Verdict
    var ulps = Double.infinity
    var reason: Substring
  }

  /// Reads a file.
  public init(reading path: FilePath) throws {
    try self.init(text: String(contentsOfFile: path.string, encoding: .utf8), name: path.string)
  }

  init(text: String, name: String) throws(ProgramError) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let parts = line.split(separator: ": ", maxSplits: 2)
      guard parts.count == 3, let failure = Self.failure(parts[1], reason: parts[2]) else {
        throw ProgramError(
          "\(name):\(index + 1): expected 'program: wrong by N ulp: reason' or "
            + "'program: does not compile: reason', got '\(line)'"
        )
      }
      guard failures.updateValue(failure, forKey: String(parts[0])) == nil else {
        throw ProgramError("\(name):\(index + 1): '\(parts[0])' is here for the second time")
      }
    }
  }

  private static func failure(_ verdict: Substring, reason: Substring) -> Failure? {
    if let verdict = Outcome.Verdict(rawValue: String(verdict)) {
      return Failure(verdict: verdict, reason: reason)
    }
    guard verdict.hasPrefix("wrong by "), verdict.hasSuffix(" ulp"),
      let ulps = Double(verdict.dropFirst("wrong by ".count).dropLast(" ulp".count))
    else { return nil }
    return Failure(verdict: .wrong, ulps: ulps, reason: reason)
  }

  /// What a report has that the file does not allow, a line each.
  public func complaints(about report: ConformanceReport) -> [String] {
    report.outcomes.compactMap { outcome in
      guard outcome.verdict != .right else { return nil }
      guard let known = failures[outcome.name] else { return "\(outcome.name): \(outcome.summary)" }
      let isWorse =
        outcome.verdict > known.verdict
        || outcome.verdict == .wrong && known.verdict == .wrong
          && outcome.difference?.ulps ?? 0 > known.ulps * 1.01
      return isWorse ? "\(outcome.name): \(outcome.summary); known: \(known.verdict.rawValue)" : nil
    }
  }

  /// Why a program fails, as the file says; nil if it does not.
  func reason(for name: String) -> String? { failures[name].map { String($0.reason) } }

  /// The programs that the file says fail, and that are right now: their lines can go.
  public func repaired(in report: ConformanceReport) -> [String] {
    report.outcomes.filter { $0.verdict == .right && failures[$0.name] != nil }.map(\.name)
  }
}
