/// A version of IREE, as far as its interfaces depend on it: the patch does not count.
package struct ReleaseVersion: Comparable, Sendable {
  package var major: Int
  package var minor: Int

  package init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// The version that a text such as `3.9.0` begins with; nil if it begins otherwise.
  package init?(_ text: String) {
    guard let match = text.prefixMatch(of: /(\d+)\.(\d+)/), let major = Int(match.1),
      let minor = Int(match.2)
    else { return nil }
    self.init(major, minor)
  }

  package static func < (left: ReleaseVersion, right: ReleaseVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

extension ToolchainPins {
  /// The version of IREE in use, to be compared.
  package var release: ReleaseVersion { ReleaseVersion(iree) ?? ReleaseVersion(0, 0) }
}
