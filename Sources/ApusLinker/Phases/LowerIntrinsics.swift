internal import ApusLLVM

// From an intrinsic to a call of the library's function.
//
// Resolution has already seen each of these calls (ResolveSymbols.swift), so what they need is part of the
// link. The call itself is written down only where that gains something: where the function's bitcode is
// part of the link, so that it can be inlined. Elsewhere the intrinsic stays, because passes fold it, know
// that it has no effects and vectorise it, and the backend makes the call.

/// What was lowered, for the report.
struct LoweredCall: Hashable, Sendable {
  /// The intrinsic or instruction.
  var intrinsic: String
  /// The function it was in.
  var function: String
  /// The file that was in.
  var file: String
  /// What is called.
  var callee: String
  /// Why the call was written down.
  var reason: Reason

  enum Reason: String, Hashable, Sendable {
    /// The function's bitcode is part of the link.
    case inlinable = "its bitcode is part of the link"
    /// The function is in the archive that is made.
    case archived = "the archive has it, too"
    /// A function of a vector library does all elements at once.
    case vectorFunction = "a vector library has it"
    /// Functions of a vector library do several at once, should LLVM vectorise the loop.
    case vectorVariants = "a vector library has it for loops"
  }
}

/// Writes down calls in the place of intrinsics whose functions are in bitcode.
///
/// - Parameter isForArchive: whether the calls are for another link, which finds the functions in the archive
///   that is made: machine code will do.
func lowerIntrinsics(
  in module: IRModule,
  of file: InputFile,
  uses: [LibcallUse],
  _ resolution: SymbolResolution,
  wrapped: Set<String>,
  isForArchive: Bool = false
) throws -> [LoweredCall] {
  var callees: [IntrinsicPlace: [String]] = [:]
  for use in uses {
    callees[IntrinsicPlace(use.intrinsic, use.function), default: []].append(use.name)
  }
  var lowered: [LoweredCall] = []
  func lower(_ instruction: IRInstruction, _ name: String, type: IRType) throws {
    guard let function = instruction.function, !instruction.isStrict else { return }
    let caller = function.name
    // Where the backend would make several calls, there is no one function to call.
    guard let names = callees[IntrinsicPlace(name, caller)], names.count == 1,
      let callee = names.first,
      // The next link would not know such a call from one that is to be left alone.
      !isForArchive || !isMadeIntrinsicAgain(callee),
      // A definition is never lowered into itself.
      callee != caller, !wrapped.contains(callee),
      let definer = resolution.table.definingFile(of: callee),
      resolution.files[definer].isBitcode || isForArchive,
      resolution.files[definer].isLibraryCode,
      type.isScalarFunction
    else { return }
    let declaration: IRGlobal
    if let existing = module.global(named: callee) {
      guard existing.kind == .function, existing.valueType == type else { return }
      declaration = existing
    } else {
      declaration = try module.declareFunction(callee, type: type)
    }
    let call = instruction.replace(
      byCalling: declaration,
      hasNoEffects: true,
      in: module.context
    )
    if isMadeIntrinsicAgain(callee) { call?.addAttribute("nobuiltin", in: module.context) }
    lowered.append(
      LoweredCall(
        intrinsic: name,
        function: caller,
        file: file.name,
        callee: callee,
        reason: isForArchive ? .archived : .inlinable
      )
    )
  }
  for intrinsic in module.functions where intrinsic.isIntrinsic {
    let name = intrinsic.name
    guard uses.contains(where: { $0.intrinsic == name }) else { continue }
    let type = intrinsic.valueType
    for call in intrinsic.calls { try lower(call, name, type: type) }
  }
  if uses.contains(where: { $0.intrinsic.hasPrefix("frem ") }) {
    for function in module.functions where !function.isDeclaration {
      var remainders: [IRInstruction] = []
      function.forEachInstruction { if $0.opcode == .frem { remainders.append($0) } }
      for remainder in remainders {
        let operand = remainder.type
        let type = module.context.function(operand, [operand, operand])
        try lower(remainder, "frem \(operand)", type: type)
      }
    }
  }
  return lowered
}

/// Whether LLVM makes the intrinsic of a call of this function, before it could be inlined.
///
/// It does so where it hopes for an instruction. What is inlined folds as well as the intrinsic does.
private func isMadeIntrinsicAgain(_ function: String) -> Bool {
  let names: Set = [
    "floor", "ceil", "trunc", "rint", "nearbyint", "round", "roundeven", "fabs", "copysign", "fmin",
    "fmax", "fminimum", "fmaximum", "fminimum_num", "fmaximum_num", "fmod", "sqrt", "ldexp",
  ]
  if names.contains(function) { return true }
  return ["f", "l"].contains(function.suffix(1)) && names.contains(String(function.dropLast()))
}

/// An intrinsic in a function.
private struct IntrinsicPlace: Hashable {
  var intrinsic: String
  var function: String

  init(_ intrinsic: String, _ function: String) {
    self.intrinsic = intrinsic
    self.function = function
  }
}

extension IRInstruction {
  /// Whether rounding and exceptions may be observed: such code is left as it is.
  var isStrict: Bool {
    hasAttribute("strictfp") || function?.hasAttribute("strictfp") == true
  }
}

extension IRType {
  /// Whether a function takes and returns numbers only, none of them vectors or structures.
  var isScalarFunction: Bool {
    ([result] + parameters).allSatisfy { $0.isFloatingPoint || $0.kind == .integer }
  }
}
