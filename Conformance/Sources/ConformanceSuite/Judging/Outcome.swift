/// What came of a program.
public struct Outcome: Sendable, Codable {
  /// The program's name.
  public let name: String
  /// How it ended.
  public let verdict: Verdict
  /// How far the result is off, if there is one and it is.
  var difference: Difference?
  /// Why there is no result: the first diagnostic, with the symbols that a link found undefined.
  public var reason: String?

  /// How a program can end, from good to bad.
  public enum Verdict: String, Sendable, Codable, CaseIterable, Comparable {
    /// All elements are within the tolerance.
    case right
    /// Some are not.
    case wrong
    /// It compiles, and fails when it is run.
    case fails
    /// The compiler refuses it or crashes.
    case doesNotCompile = "does not compile"
    /// This harness cannot tell what it should come to.
    case unreadable

    /// Whether `left` is better.
    public static func < (left: Verdict, right: Verdict) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// Whether this is worse than an earlier outcome of the same program.
  ///
  /// A wrong result is also worse if it is further off.
  func isWorse(than earlier: Outcome) -> Bool {
    if verdict != earlier.verdict { return verdict > earlier.verdict }
    return verdict == .wrong && (difference?.ulps ?? 0) > (earlier.difference?.ulps ?? 0)
  }

  /// A few words, as a file of known failures has them:
  /// `wrong by 139 ulp: -0.0130334523 at 203, expected -0.0130333230`.
  public var summary: String {
    switch verdict {
    case .right: return "right"
    case .wrong:
      guard let difference else { return "wrong: no reason given" }
      let distance = difference.ulps.isFinite ? " by \(TextTable.number(difference.ulps)) ulp" : ""
      return "wrong\(distance): \(difference.actual) at \(difference.element), "
        + "expected \(difference.expected)"
    default: return "\(verdict.rawValue): \(reason ?? "no reason given")"
    }
  }
}
