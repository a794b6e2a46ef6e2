/// A range of IREE's versions whose runtime's functions take the same parameters.
///
/// A runtime does not say its version. Functions that came with a version tell it, or rather how old it is at
/// least.
package enum RuntimeVersion: Sendable, CustomStringConvertible {
  /// 3.9.
  case v3_9
  /// 3.12 and later.
  case v3_12

  /// As it reads after "IREE".
  package var description: String {
    switch self {
    case .v3_9: "3.9"
    case .v3_12: "3.12 or later"
    }
  }

  /// Whether a version is in the range.
  package func includes(_ release: ReleaseVersion) -> Bool {
    switch self {
    case .v3_9: release == ReleaseVersion(3, 9)
    case .v3_12: release >= ReleaseVersion(3, 12)
    }
  }
}
