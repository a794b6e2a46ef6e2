/// Whose math functions a program's kernels compute with.
public enum MathMode: String, Sendable, Hashable, CaseIterable, Codable {
  /// Functions that are right to 4 ulp, many values at once where the target has vectors: those of glibc's
  /// vector math library, and musl's for single values.
  case accurate
  /// Functions that are right to 1 ulp, most of them one value at a time.
  case exact
  /// IREE's own: approximations that are fast and, for large or unusual arguments, wrong; functions of
  /// `f64` that are missing.
  case iree
}
