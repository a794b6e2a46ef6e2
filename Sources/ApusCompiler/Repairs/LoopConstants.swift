/// Keeps constants from being a loop's initial values, and loops from being constants, on both of which
/// IREE 3.9 crashes.
///
/// - The size of a constant does not fold away when an `scf.while` begins with it: it becomes an initial value
///   without a result, and the analysis of affinities reads beyond the results (iree-org/iree#24722, mended by
///   its pull request 24723).
/// - A loop that depends on constants alone is moved to a function that initialises a global, and such functions
///   have no name, which the phase `hal` asks for.
///
/// What the optimiser does not see through helps: `util.optimization_barrier`, of a single number, since
/// that of a tensor is not allowed. To be done once functions are inlined and loops are `scf`'s. It can go
/// when IREE passes `LoopTests` without it.
struct LoopConstants {
  private var constants = ConstantValues()

  /// Changes all loops that need it.
  ///
  /// - Throws: `CompilerError` if a loop's initial value cannot be put behind a barrier.
  mutating func apply(to module: MLIROperation) throws(CompilerError) {
    for loop in module.descendants {
      let name = loop.name
      let isWhile = name == "scf.while"
      guard isWhile || name == "scf.for" else { continue }
      let operands = loop.operands
      let initial = operands.indices.filter { isWhile && needsBarrier(operands[$0]) }
      if !initial.isEmpty {
        try insertBarriers(initial, of: loop)
      } else if loop.inputs.allSatisfy({ constants.contains($0) }) {
        pin(loop)
      }
    }
  }

  /// Whether a value is a tensor of constants that are not all the same.
  private mutating func needsBarrier(_ value: MLIRValue) -> Bool {
    guard constants.contains(value), let type = value.type?.text, type.hasPrefix("tensor<"),
      !type.contains("?")
    else { return false }
    return value.definingOperation?[attribute: "value"]?.isSplat != true
  }

  /// Puts barriers between a loop and its initial values.
  private func insertBarriers(
    _ indices: [Int],
    of loop: MLIROperation
  ) throws(CompilerError) {
    let operands = loop.operands
    let types = indices.map { operands[$0].type?.text ?? "" }
    let copies = zip(indices, types).map { index, type in
      let (rank, element) = Self.rankAndElement(ofTensor: type)
      let places = (0..<rank).map { "i\($0)" }.joined(separator: ", ")
      let map = "affine_map<(\(places)) -> (\(places))>"
      let iterators = Array(repeating: "\"parallel\"", count: rank).joined(separator: ", ")
      // The number beside it is there for the whole not to be a constant.
      return """
        %e\(index) = tensor.empty() : \(type)
        %y\(index) = linalg.generic {
          indexing_maps = [\(map), \(map)], iterator_types = [\(iterators)]
        } ins(%x\(index) : \(type)) outs(%e\(index) : \(type)) {
        ^bb0(%a: \(element), %b: \(element)):
          %c:2 = util.optimization_barrier %a, %unknown : \(element), i1
          linalg.yield %c#0 : \(element)
        } -> \(type)
        """
    }
    let parameters = zip(indices, types).map { "%x\($0): \($1)" }.joined(separator: ", ")
    let results = indices.map { "%y\($0)" }.joined(separator: ", ")
    let text = """
      func.func @f(\(parameters)) -> (\(types.joined(separator: ", "))) {
        %true = arith.constant true
        %unknown = util.optimization_barrier %true : i1
        \(copies.joined(separator: "\n"))
        return \(results) : \(types.joined(separator: ", "))
      }
      """
    guard let values = loop.insertBefore(bodyOfFunction: text, indices.map { operands[$0] }) else {
      throw CompilerError(
        .compilationFailed,
        "a loop's initial values (\(types.joined(separator: ", "))) cannot be kept from being constants",
        phase: .preprocessing
      )
    }
    for (index, value) in zip(indices, values) { loop.setOperand(index, to: value) }
  }

  /// Has a loop stay where it is: one with a barrier inside is not a constant.
  private func pin(_ loop: MLIROperation) {
    guard let first = loop.firstOperation, let type = loop.type("i1"),
      let value = loop.attribute("true")
    else { return }
    let number = first.insertBefore(
      "arith.constant",
      [],
      results: [type],
      attributes: [("value", value)]
    )
    first.insertBefore("util.optimization_barrier", number, results: [type])
  }

  /// Of `tensor<2x3xcomplex<f32>>`: 2 and `complex<f32>`.
  private static func rankAndElement(ofTensor type: String) -> (rank: Int, element: Substring) {
    var rest = type.dropFirst("tensor<".count).dropLast()
    var rank = 0
    while let end = rest.firstIndex(of: "x"), rest[..<end].allSatisfy(\.isNumber) {
      rest = rest[rest.index(after: end)...]
      rank += 1
    }
    return (rank, rest)
  }
}
