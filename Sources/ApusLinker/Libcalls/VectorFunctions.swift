internal import ApusLLVM
internal import ApusMath

/// Libmvec's functions, for functions of a program.
extension CodeTarget {
  /// The instruction sets that libmvec has functions for, best first.
  var vectorISAs: [VectorISA] {
    let enabled = enabledFeatures ?? []
    // A processor of 256 bits without AVX2 gains nothing over 128: the functions call the smaller.
    return [.avx512, .avx2, .sse].filter { isa in
      isa.requiredFeatures.allSatisfy { enabled.contains(Substring($0)) }
    }
  }

  /// Libmvec's functions for a function and type that this target can run, widest first.
  func vectorFunctions(for function: MathFunction, _ type: FloatType) -> [VectorMathFunction] {
    vectorISAs.compactMap { function.vectorFunction(for: type, $0) }
  }

  /// Which of libmvec's functions LLVM may use for a scalar one when it vectorises a loop.
  ///
  /// The value of the attribute `vector-function-abi-variant` for a call. LLVM also wants each to be
  /// declared and kept in the module.
  ///
  /// - Parameters:
  ///   - symbol: the function called, `sinf`.
  ///   - usesImplementations: whether the names are those of plain functions instead of the public
  ///     ones, which choose when the program starts.
  /// - Returns: nil if there are none.
  func vectorVariants(
    of symbol: String,
    usesImplementations: Bool = false
  ) -> (attribute: String, functions: [VectorMathFunction])? {
    guard let (function, type) = MathFunction.named(inC: symbol),
      function.shape == .unary || function.shape == .binary
    else { return nil }
    let variants = vectorFunctions(for: function, type)
    guard !variants.isEmpty else { return nil }
    let words = variants.map { variant in
      "\(variant.name)(\(usesImplementations ? variant.implementation : variant.name))"
    }
    return (words.joined(separator: ","), variants)
  }
}

extension MathFunction {
  /// The function and type that a vector intrinsic computes, and for how many values.
  ///
  /// - Parameter intrinsic: `llvm.sin.v4f64`, constrained or not.
  static func vector(
    intrinsic: String
  ) -> (function: MathFunction, type: FloatType, count: Int)? {
    guard let dot = intrinsic.lastIndex(of: "."), intrinsic[dot...].hasPrefix(".v") else {
      return nil
    }
    let constrained = "llvm.experimental.constrained."
    var name = String(intrinsic[..<dot])
    if name.hasPrefix(constrained) { name = "llvm." + name.dropFirst(constrained.count) }
    let shape = intrinsic[dot...].dropFirst(2)
    let digits = shape.prefix(while: \.isNumber)
    guard let function = standing(forIntrinsic: name), let count = Int(digits),
      let type = FloatType.allCases.first(where: {
        $0.intrinsicSuffix == shape.dropFirst(digits.count)
      })
    else { return nil }
    return (function, type, count)
  }
}
