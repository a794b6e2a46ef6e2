/// Makes constants of complex numbers of `f64` out of two of their parts.
///
/// IREE 3.9 crashes on those of 128 bits an element.
struct ComplexConstants {
  /// Whether a program has constants of complex numbers.
  ///
  /// Their parts, taken at compile time, come in an order in which IREE 3.9 cannot compute the rest: "jit global
  /// source initialization order invalid".
  static func arePresent(in module: MLIROperation) -> Bool {
    module.descendants(named: "arith.constant").contains {
      $0.results.first?.type?.text.contains("complex<") == true
    }
  }

  /// Replaces all.
  func apply(to module: MLIROperation) {
    for operation in module.descendants(named: "stablehlo.constant") {
      guard let attribute = operation[attribute: "value"],
        let type = operation.results.first?.type,
        let numbers = attribute.complexElements(type),
        let partType = operation.type(type.text.replacing("complex<f64>", with: "f64"))
      else { continue }
      let parts = (0..<2).compactMap { part -> MLIRValue? in
        let values = stride(from: part, to: numbers.count, by: 2).map { numbers[$0] }
        guard let constant = MLIRAttribute(values, partType) else { return nil }
        return operation.insertBefore(
          "stablehlo.constant",
          [],
          results: [partType],
          attributes: [("value", constant)]
        ).first
      }
      guard parts.count == 2 else { continue }
      operation.replace(with: operation.insertBefore("stablehlo.complex", parts, results: [type]))
    }
  }
}
