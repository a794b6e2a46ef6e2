/// The values of a module that are computed from constants and globals alone.
struct ConstantValues {
  /// Whether values are constants, as far as it was asked.
  private var known: [MLIRValue: Bool] = [:]

  /// Whether a value is computed from constants alone.
  ///
  /// Without recursion: what comes before a value may be thousands of operations, one after the other.
  mutating func contains(_ value: MLIRValue) -> Bool {
    var pending = [value]
    while let next = pending.last {
      guard known[next] == nil, let operation = next.definingOperation,
        operation.name != "util.optimization_barrier"
      else {
        known[next] = known[next] ?? false
        pending.removeLast()
        continue
      }
      // What a global holds counts: its size does not fold away either.
      let inputs = operation.inputs
      let unknown = inputs.filter { known[$0] == nil }
      if unknown.isEmpty || inputs.contains(where: { known[$0] == false }) {
        known[next] = unknown.isEmpty && inputs.allSatisfy { known[$0] == true }
        pending.removeLast()
      } else {
        pending += unknown
      }
    }
    return known[value] ?? false
  }
}

extension MLIROperation {
  /// What the operation, with all that is inside, takes from outside.
  var inputs: [MLIRValue] {
    guard firstOperation != nil else { return operands }
    let inner = descendants
    let owners = Set(inner)
    return inner.flatMap(\.operands).filter { $0.owner.map(owners.contains) != true }
  }
}
