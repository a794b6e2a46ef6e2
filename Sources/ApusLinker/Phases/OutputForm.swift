internal import SystemPackage

/// What the output consists of, and so who makes it.
enum OutputForm {
  /// Machine code: lld makes it.
  case machineCode
  /// Bitcode as LLVM's passes leave it.
  case optimizedBitcode
  /// Bitcode that is not optimised, for another link to lower and optimise.
  case unresolvedBitcode
  /// An archive of bitcode that is not optimised, and the library members it needs as they are.
  case archive

  /// Whether the next link is to optimise everything.
  var isNotOptimized: Bool { self == .unresolvedBitcode || self == .archive }

  /// Whether machine code can be part of the output.
  var mayHoldMachineCode: Bool { self == .machineCode || self == .archive }
}

extension LinkOptions {
  /// What the output consists of.
  var outputForm: OutputForm {
    if outputKind == .relocatable, output.extension == "a" { return .archive }
    if keepsIntrinsics { return .unresolvedBitcode }
    return emitsBitcode ? .optimizedBitcode : .machineCode
  }
}

extension OutputForm {
  /// Refuses what only lld does where lld does not make the output.
  func check(_ options: LinkOptions, _ inputs: ParsedInputs) throws(LinkError) {
    guard isNotOptimized else { return }
    let refused: [(isAskedFor: Bool, name: String)] = [
      (!options.wrapped.isEmpty, "--wrap"), (!options.definedSymbols.isEmpty, "--defsym"),
      (!options.linkerScripts.isEmpty, "a linker script"),
      (!options.justSymbols.isEmpty, "--just-symbols"),
      (options.items.contains(where: \.isBinaryInput), "--format=binary"),
    ]
    if let option = refused.first(where: \.isAskedFor) {
      throw LinkError(
        .unsupported,
        "\(option.name) has no place in an output of bitcode: give it to the next link",
        file: options.output.string
      )
    }
    if let library = inputs.sharedLibraries.first {
      throw LinkError(
        .unsupported,
        "is a shared library, which cannot be part of a relocatable output: give it to the next link",
        file: library.name
      )
    }
  }
}

extension LinkOptions.Item {
  fileprivate var isBinaryInput: Bool {
    if case .input(let input) = self { input.isBinary } else { false }
  }
}
