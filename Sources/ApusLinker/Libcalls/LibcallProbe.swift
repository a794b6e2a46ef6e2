internal import ApusLLVM

/// Asks the backend itself: generates code for one operation and looks at what the object refers to.
///
/// LLVM ends the process or crashes on some plain operations, so this runs in a process of its own,
/// ``LibcallProbeProcess``. Each operation is a module by itself. What it calls are then the object's
/// undefined symbols, and a crash has one culprit. Values come and go through pointers, so that
/// no calling convention gets in the way.
struct LibcallProbe: ~Copyable {
  private let library: LLVMLibrary
  private let triple: String
  private var machines: [Bool: TargetMachine] = [:]

  init(triple: String, _ library: LLVMLibrary) {
    self.triple = triple
    self.library = library
  }

  /// What the backend calls for an operation; may end the process.
  mutating func ask(_ signature: IntrinsicSignature) -> LibcallAnswer {
    guard signature.isExpressible else {
      return .unknown("\(signature.operation) cannot be written down")
    }
    do {
      let machine = try machine(isOptimized: signature.isOptimized)
      let context = try IRContext(library)
      let text = signature.probe
      let module: IRModule
      do {
        module = try Array(text.utf8).withUnsafeBytes {
          try IRModule(text: $0, name: "probe", in: context)
        }
      } catch {
        return .unknown("LLVM does not read \(signature.operation): \(error)")
      }
      module.targetTriple = triple
      module.dataLayout = machine.dataLayout
      return .calls(try undefinedSymbols(of: module, machine))
    } catch let error as LLVMError {
      // LLVM says it for each element of a vector.
      let words = error.message.split(separator: "; ")
      let distinct = words.indices.filter { !words[..<$0].contains(words[$0]) }.map { words[$0] }
      return .impossible(distinct.joined(separator: "; "))
    } catch {
      return .unknown("\(error)")
    }
  }

  private mutating func machine(isOptimized: Bool) throws(LLVMError) -> TargetMachine {
    if let machine = machines[isOptimized] { return machine }
    let options = TargetMachine.Options(triple: triple, optimizationLevel: isOptimized ? 2 : 0)
    let machine = try TargetMachine(options, library)
    machines[isOptimized] = machine
    return machine
  }

  private func undefinedSymbols(
    of module: IRModule,
    _ machine: TargetMachine
  ) throws -> [String] {
    // The backends of GPUs call nothing: what they cannot do is an error.
    let isGPU = triple.hasPrefix("amdgcn") || triple.hasPrefix("nvptx")
    let object = try machine.emit(module, as: triple.hasPrefix("nvptx") ? .assembly : .object)
    if isGPU { return [] }
    let contents = FileSlice(
      unsafeBytes: object.unsafeEscapingBytes,
      owner: object,
      name: "the probe's object"
    )
    let names = try ELFObject(contents).symbols().filter { $0.place == .undefined }.map(\.name)
    return Set(names).subtracting(["", "_GLOBAL_OFFSET_TABLE_"]).sorted()
  }
}

extension IntrinsicSignature {
  /// A function that does the operation once, in LLVM's assembly language.
  var probe: String {
    var loads = ""
    var values: [String] = []
    for (index, operand) in operands.enumerated() {
      switch operand {
      case .constant(let text):
        values.append(text)
      case .variable(let type):
        loads += "  %a\(index) = load \(type), ptr %p\(index)\n"
        values.append("\(type) %a\(index)")
      }
    }
    let parameters = operands.indices.map { "ptr %p\($0)" } + ["ptr %to"]
    let isVoid = result == "void"
    return """
      define void @probe(\(parameters.joined(separator: ", "))) #0 {
      \(loads)  \(isVoid ? "" : "%r = ")\(instruction(values))
      \(isVoid ? "" : "  store \(result) %r, ptr %to\n")  ret void
      }
      attributes #0 = { \(attributes) }

      """
  }

  private func instruction(_ values: [String]) -> String {
    let flags = IRInstruction.words(forFastMath: fastMathFlags)
    if operation.hasPrefix("llvm.") {
      return "call \(flags)\(result) @\(operation)(\(values.joined(separator: ", ")))"
    }
    let words = operation.split(separator: " ").map(String.init)
    // The type is said once: `frem double %a, %b`.
    let second = values.count > 1 ? values[1].drop(ofType: operands[1]) : ""
    switch words[0] {
    case "fptrunc", "fpext", "fptosi", "fptoui", "sitofp", "uitofp":
      return "\(words[0]) \(flags)\(values[0]) to \(result)"
    case "fcmp":
      return "fcmp \(flags)\(words[1]) \(values[0]), \(second)"
    case "atomicrmw":
      let tail = words.suffix(3).joined(separator: " ")
      return "atomicrmw \(words[1]) \(values[0]), \(values[1]) \(tail)"
    case "cmpxchg":
      let tail = words.suffix(4).joined(separator: " ")
      return "cmpxchg \(values[0]), \(values[1]), \(values[2]) \(tail)"
    case "load":
      return "load atomic \(result), \(values[0]) \(words.suffix(3).joined(separator: " "))"
    case "store":
      return "store atomic \(values[0]), \(values[1]) \(words.suffix(3).joined(separator: " "))"
    default:
      return "\(words[0]) \(flags)\(values[0]), \(second)"
    }
  }

  private var attributes: String {
    var attributes: [String] = ["nounwind"]
    if !target.cpu.isEmpty { attributes.append("\"target-cpu\"=\"\(target.cpu)\"") }
    if !target.features.isEmpty {
      attributes.append("\"target-features\"=\"\(target.features)\"")
    }
    if target.isSoftFloat { attributes.append("\"use-soft-float\"=\"true\"") }
    if target.sizeLevel > 0 { attributes.append("optsize") }
    if target.sizeLevel > 1 { attributes.append("minsize") }
    if operation.hasPrefix("llvm.experimental.constrained.") { attributes.append("strictfp") }
    return attributes.joined(separator: " ")
  }
}

extension String {
  /// `2.0` of `double 2.0`.
  fileprivate func drop(ofType operand: IntrinsicSignature.Operand) -> String {
    // A vector's type has blanks: `<2 x double> splat (double 1.0)`.
    let depth = hasPrefix("<") ? firstIndex(of: ">").map { index(after: $0) } : nil
    let end = depth ?? firstIndex(of: " ") ?? startIndex
    return String(self[end...].drop(while: { $0 == " " }))
  }
}
