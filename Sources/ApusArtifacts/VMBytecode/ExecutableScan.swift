/// Finds the executables of a module: the machine code for its devices, and for which.
///
/// The FlatBuffer does not say which of the module's data is code. The initializer does: it calls
/// `hal.executable.create` with the name of a format and the code, once for each variant a device
/// may choose from.
struct ExecutableScan {
  private struct Found {
    var segment: Int
    var format: String?
  }

  private let module: VMBytecodeModule
  private var found: [Found] = []
  private var claimed: Set<Int> = []
  private var isComplete = true
  private(set) var omissions: [VMModuleDescription.Omission] = []

  init(_ module: VMBytecodeModule) { self.module = module }

  /// Looks at an instruction, with what is known in front of it.
  mutating func visit(
    _ instruction: borrowing VMInstruction,
    _ facts: borrowing VMRegisterFacts,
    in function: Int
  ) {
    guard case .imported(let ordinal) = instruction.callee, instruction.opcode.effect == .calls,
      module.imports.indices.contains(ordinal)
    else { return }
    let name = module.imports[ordinal].name
    guard case .createsExecutable(let format, let data) = module.knownImport(ordinal)?.purpose,
      case .rodata(let segment) = facts.fact(data, of: instruction.uses),
      module.segments.indices.contains(segment)
    else {
      if name.hasPrefix("hal.executable.create") {
        isComplete = false
        omissions.append(
          .init(
            function: function,
            message:
              "what \(module.displayName(ofImport: ordinal)) is called with cannot be told, in "
              + module.displayName(of: function)
          )
        )
      }
      return
    }
    guard claimed.insert(segment).inserted else { return }
    var formatName: String?
    if case .rodata(let text) = facts.fact(format, of: instruction.uses) {
      formatName = module.text(ofSegment: text)
    }
    found.append(Found(segment: segment, format: formatName))
  }

  /// Notes that a function's instructions could not be read.
  mutating func cannotRead(_ function: Int) { isComplete = false }

  /// The executables, in the order of the program.
  ///
  /// If not every function could be understood, data that looks like an executable is listed as
  /// well, without a format. (Data alone is no proof: a constant may look like anything.)
  func executables() -> [VMModuleDescription.Executable] {
    var executables = found.map { describe($0.segment, format: $0.format) }
    if !isComplete {
      for segment in module.segments.indices where !claimed.contains(segment) {
        guard VMExecutableImage.isRecognised(module.segments[segment].bytes) else { continue }
        executables.append(describe(segment, format: nil))
      }
    }
    return executables
  }

  private func describe(_ segment: Int, format: String?) -> VMModuleDescription.Executable {
    let bytes = module.segments[segment].bytes
    let image = VMExecutableImage(
      module.segments[segment].isCompressed ? nil : bytes,
      budget: module.budget
    )
    return .init(
      segment: segment,
      format: format,
      byteCount: bytes.count,
      machine: image.machine,
      entryPoints: image.entryPoints
    )
  }
}

extension VMBytecodeModule {
  /// A segment as text, or nil if it is compressed or unreasonably long for text.
  func text(ofSegment segment: Int) -> String? {
    guard segments.indices.contains(segment), !segments[segment].isCompressed,
      segments[segment].bytes.count <= 1 << 16,
      budget.allows(segments[segment].bytes.count)
    else { return nil }
    return segments[segment].bytes.textUpToZero
  }
}
