/// Instructions that a function of libmvec needs, by the letter its name has for them.
///
/// The names are those of the x86-64 vector function ABI:
/// <https://sourceware.org/glibc/wiki/libmvec>.
public enum VectorISA: Character, Hashable, Sendable, CaseIterable {
  /// 128-bit vectors.
  case sse = "b"
  /// 256-bit vectors without integers.
  case avx = "c"
  /// 256-bit vectors.
  case avx2 = "d"
  /// 512-bit vectors.
  case avx512 = "e"

  /// The width of its vectors in bits.
  public var bits: Int { self == .sse ? 128 : self == .avx512 ? 512 : 256 }

  /// The features without which libmvec would choose code for a lesser processor.
  public var requiredFeatures: [String] {
    switch self {
    case .sse: ["sse4.1"]
    case .avx: ["avx"]
    case .avx2: ["avx2", "fma"]
    case .avx512: ["avx512f", "avx512dq"]
    }
  }

  /// What the names of the implementations end in; nil where the public name is the implementation.
  public var implementationSuffix: String? {
    switch self {
    case .sse: "_sse4"
    case .avx: nil
    case .avx2: "_avx2"
    case .avx512: "_skx"
    }
  }
}

/// A function of libmvec: a math function for several values at once.
public struct VectorMathFunction: Hashable, Sendable {
  /// The function.
  public let function: MathFunction
  /// The type of its values: `f32` or `f64`.
  public let type: FloatType
  /// The instructions it is made of.
  public let isa: VectorISA
  /// How many values it computes at once.
  public let count: Int
  /// The name programs use, which chooses the implementation when the program starts: `_ZGVdN4v_sin`.
  public let name: String
  /// The implementation for ``isa``, a plain function: `_ZGVdN4v_sin_avx2`.
  public let implementation: String
  /// Its parameters, as the names spell them.
  public let parameters: Parameters

  /// What goes in, as the names spell it.
  public struct Parameters: Hashable, Sendable {
    /// `v` is a vector, `l8` a pointer that moves on by 8 bytes a value.
    public let name: String

    /// So many vectors; those of `sincos` after the first are of pointers.
    public static func vectors(_ count: Int) -> Parameters {
      Parameters(name: String(repeating: "v", count: count))
    }
    /// A vector, and two pointers to as many values in a row.
    public static func vectorAndRows(of type: FloatType) -> Parameters {
      Parameters(name: type == .f32 ? "vl4l4" : "vl8l8")
    }
  }
}

extension MathFunction {
  /// Libmvec's function for a type and an instruction set; nil if it has none.
  public func vectorFunction(for type: FloatType, _ isa: VectorISA) -> VectorMathFunction? {
    vectorFunctions(for: type, isa).first
  }

  /// Libmvec's functions for a type and an instruction set, which differ in their parameters.
  ///
  /// `sincos` alone has two: one stores to pointers, the other to two rows of values. The latter is
  /// only in the archive.
  public func vectorFunctions(for type: FloatType, _ isa: VectorISA) -> [VectorMathFunction] {
    guard libraries.contains(.libmvec), type == .f32 || type == .f64 else { return [] }
    let forms: [VectorMathFunction.Parameters] =
      shape == .severalResults ? [.vectors(3), .vectorAndRows(of: type)] : [.vectors(arity)]
    return forms.map { form in
      let count = isa.bits / (type == .f32 ? 32 : 64)
      let scalar = type == .f32 ? self.name + "f" : self.name
      let name = "_ZGV\(isa.rawValue)N\(count)\(form.name)_\(scalar)"
      return VectorMathFunction(
        function: self,
        type: type,
        isa: isa,
        count: count,
        name: name,
        implementation: name + (isa.implementationSuffix ?? ""),
        parameters: form
      )
    }
  }
}
