/// A floating-point type of LLVM's, MLIR's and C's.
public enum FloatType: UInt8, Hashable, Sendable, CaseIterable {
  /// IEEE half precision.
  case f16
  /// The upper half of a `float`.
  case bf16
  /// C's `float`.
  case f32
  /// C's `double`.
  case f64
  /// The x87's 80 bits: C's `long double` on x86.
  case x86FP80
  /// IEEE quadruple precision: C's `long double` on AArch64.
  case f128

  /// What LLVM's overloaded intrinsics add to their names: `f64`.
  public var intrinsicSuffix: String { Self.names[self]?.suffix ?? "" }

  /// What LLVM's assembly language calls it: `double`.
  public var llvmName: String { Self.names[self]?.type ?? "" }

  /// The type that LLVM's assembly language calls by this name.
  public init?(llvmName name: String) {
    guard let match = Self.names.first(where: { $0.value.type == name }) else { return nil }
    self = match.key
  }

  private static let names: [FloatType: (suffix: String, type: String)] = [
    .f16: ("f16", "half"),
    .bf16: ("bf16", "bfloat"),
    .f32: ("f32", "float"),
    .f64: ("f64", "double"),
    .x86FP80: ("f80", "x86_fp80"),
    .f128: ("f128", "fp128"),
  ]
}
