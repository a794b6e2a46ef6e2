/// A library of math functions, as a source of names.
public enum MathLibrary: Hashable, Sendable, CaseIterable {
  /// The GNU C library's libm.
  case glibc
  /// musl's.
  case musl
  /// AMD's for its GPUs: `__ocml_sin_f64`.
  case ocml
  /// NVIDIA's for its GPUs: `__nv_sin`.
  case libdevice
}

extension MathFunction {
  /// The libraries a function is in.
  struct Libraries: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let glibc = Libraries(rawValue: 1)
    static let musl = Libraries(rawValue: 2)
    static let libmvec = Libraries(rawValue: 4)
    static let ocml = Libraries(rawValue: 8)
    static let libdevice = Libraries(rawValue: 16)

    static let c: Libraries = [.glibc, .musl]
    static let gpu: Libraries = [.ocml, .libdevice]
  }

  /// The name of the function for a type in a library; nil if it is not there.
  ///
  /// - Parameters:
  ///   - type: the type it computes in.
  ///   - library: the library.
  ///   - longDouble: C's `long double` on the target, which decides what `sinl` is; nil for none.
  public func name(
    for type: FloatType,
    in library: MathLibrary,
    longDouble: FloatType? = .x86FP80
  ) -> String? {
    switch library {
    case .glibc, .musl: nameInC(for: type, library, longDouble: longDouble)
    case .ocml: libraries.contains(.ocml) ? nameInOCML(for: type) : nil
    case .libdevice: libraries.contains(.libdevice) ? nameInLibdevice(for: type) : nil
    }
  }

  private func nameInC(
    for type: FloatType,
    _ library: MathLibrary,
    longDouble: FloatType?
  ) -> String? {
    guard libraries.contains(library == .glibc ? .glibc : .musl) else { return nil }
    let limited = Self.namesWithFewTypes[name]
    let hasLongDouble = library == .glibc || limited == nil
    return switch type {
    case .f32: suffixed("f")
    case .f64: name
    case longDouble: hasLongDouble ? suffixed("l") : nil
    case .f128: library == .glibc && limited != .noF128 ? suffixed("f128") : nil
    default: nil
    }
  }

  private func nameInOCML(for type: FloatType) -> String? {
    guard [.f16, .f32, .f64].contains(type) else { return nil }
    return "__ocml_\(Self.namesInOCML[name] ?? name)_\(type.intrinsicSuffix)"
  }

  private func nameInLibdevice(for type: FloatType) -> String? {
    switch type {
    case .f32: "__nv_\(name)f"
    case .f64: "__nv_\(name)"
    default: nil
    }
  }

  /// `sinf`; the reentrant `lgamma_r` has the letter inside, `lgammaf_r`.
  private func suffixed(_ suffix: String) -> String {
    name.hasSuffix("_r") ? name.dropLast(2) + suffix + "_r" : name + suffix
  }

  private enum Limit: Hashable {
    /// musl has `float` and `double` only.
    case noLongDoubleInMusl
    /// Neither does glibc have it for 128 bits beside a `long double` of 80.
    case noF128
  }

  private static let namesWithFewTypes: [String: Limit] = [
    "j0": .noLongDoubleInMusl, "j1": .noLongDoubleInMusl, "jn": .noLongDoubleInMusl,
    "y0": .noLongDoubleInMusl, "y1": .noLongDoubleInMusl, "yn": .noLongDoubleInMusl,
    "significand": .noF128, "drem": .noF128, "scalb": .noF128,
  ]

  private static let namesInOCML = ["powi": "pown"]
}
