internal import ApusLLVM

/// An operation that may become a call, with all that decides whether it does and of what.
///
/// Two operations of the same signature become the same calls, wherever they are, so that one answer
/// of ``LibcallOracle`` serves both.
struct IntrinsicSignature: Hashable, Sendable {
  /// What goes into the operation.
  enum Operand: Hashable, Sendable {
    /// A value of this type that is not known before the program runs: `double`.
    case variable(String)
    /// A constant that decides, with its type: `i32 3`.
    case constant(String)
  }

  /// The intrinsic, or the instruction and its types: `llvm.sin.f64`, `frem double`.
  var operation: String
  /// The type of the result: `double`.
  var result: String
  /// What goes into it.
  var operands: [Operand]
  /// The fast-math flags, as bits.
  var fastMathFlags: UInt32 = 0
  /// What the function that it is in is compiled for.
  var target: CodeTarget
  /// Whether code is generated with optimisation.
  var isOptimized = true

  /// The operation and the constants that decide: `llvm.powi.f64.i32 (1: i32 3)`.
  var name: String {
    var name = operation
    for (index, operand) in operands.enumerated() {
      if case .constant(let text) = operand, !Self.modes.contains(text) {
        name += " (\(index): \(text))"
      }
    }
    return name
  }

  /// How a constrained intrinsic rounds; nothing depends on it here.
  static let dynamicRounding = "metadata !\"round.dynamic\""
  /// What a constrained intrinsic does about exceptions; nothing depends on it here.
  static let strictExceptions = "metadata !\"fpexcept.strict\""
  private static let modes: Set<String> = [dynamicRounding, strictExceptions]
}

// MARK: Text

/// One line, for asking another process and for the cache.
extension IntrinsicSignature {
  private static let separator: Character = "\t"

  /// The signature as a line.
  var line: String {
    let operands = operands.map { operand in
      switch operand {
      case .variable(let type): "%" + type
      case .constant(let text): "=" + text
      }
    }
    return [
      operation, result, operands.joined(separator: ";"), String(fastMathFlags), target.cpu,
      target.features, "\(target.isSoftFloat ? 1 : 0)\(target.sizeLevel)\(isOptimized ? 1 : 0)",
    ].joined(separator: String(Self.separator))
  }

  /// The signature that a line holds; nil if it holds none.
  init?(line: some StringProtocol) {
    let fields = line.split(separator: Self.separator, omittingEmptySubsequences: false)
    let modes = fields.last?.compactMap(\.wholeNumberValue) ?? []
    guard fields.count == 7, let flags = UInt32(fields[3]), modes.count == 3 else { return nil }
    operation = String(fields[0])
    result = String(fields[1])
    operands = []
    for operand in fields[2].split(separator: ";") {
      switch operand.first {
      case "%": operands.append(.variable(String(operand.dropFirst())))
      case "=": operands.append(.constant(String(operand.dropFirst())))
      default: return nil
      }
    }
    fastMathFlags = flags
    target = CodeTarget(cpu: String(fields[4]), features: String(fields[5]))
    target.isSoftFloat = modes[0] == 1
    target.sizeLevel = modes[1]
    isOptimized = modes[2] == 1
  }

  /// Whether the line stands for the signature: no name in it holds what separates the fields.
  var isExpressible: Bool {
    let texts =
      [operation, result, target.cpu, target.features]
      + operands.map { operand in
        switch operand {
        case .variable(let text), .constant(let text): text
        }
      }
    return texts.allSatisfy { text in
      text.utf8.allSatisfy {
        $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "@")
      }
    }
  }
}
