internal import ApusLLVM

// Whether the object that was generated needs anything that is not part of the link.
//
// Passes and instruction selection invent calls: `pow` becomes `exp2`, `sin` and `cos` of one number become
// `sincos`, a loop `memset`, an f16 goes through `__truncsfhf2`. Nobody can foresee them all, so nobody
// tries: the object just generated tells the truth. While it refers to a symbol that a library on the
// command line defines, that member is extracted. Machine code is simply added; bitcode, and bitcode that an
// earlier attempt removed or changed, means that everything is optimised again with it. Either way something
// is added that was not there before, so this ends.

/// What the object says about the next step.
enum FixpointVerdict {
  /// Everything it refers to is part of the link, or nowhere to be found.
  case complete
  /// Another attempt is needed, with these changes.
  case again(AttemptChanges)
}

/// What an attempt does otherwise than the first, for what the ones before it showed.
struct AttemptChanges: Equatable {
  /// Functions that were removed or made internal, and found to be called.
  var kept: Set<String> = []
  /// Library functions that passes must not call: nobody has them.
  var unavailable: Set<String> = []
  /// Functions in which instruction selection must make the very calls that are asked for.
  var literal: Set<String> = []
}

/// Looks for what the generated code refers to, and extracts it.
///
/// - Parameters:
///   - code: what code generation made.
///   - combined: what it was made of.
///   - removed: definitions that were dropped because nothing seemed to need them.
///   - changes: what this attempt did otherwise than the first.
func checkToFixpoint(
  _ code: GeneratedCode,
  _ resolution: SymbolResolution,
  in combined: CombinedModule,
  removed: Set<String>,
  _ options: LinkOptions,
  _ changes: AttemptChanges
) throws -> FixpointVerdict {
  resolution.round += 1
  let firstNewFile = resolution.files.count
  var next = changes
  var invented: [String] = []
  let preserved = Set(combined.preserved + combined.libcallDefinitions)
  func keepIfInternal(_ name: String) {
    let name = resolution.target(ofReferenceTo: name)
    if let definer = resolution.table.definingFile(of: name), resolution.files[definer].isBitcode,
      !preserved.contains(name)
    {
      next.kept.insert(name)
    }
  }
  for symbol in try code.undefinedSymbols() {
    if removed.contains(symbol.name) {
      next.kept.insert(symbol.name)
      continue
    }
    let reference = Reference(
      file: "code generation",
      function: resolution.isExplained(symbol.name)
        ? nil : try code.referrers(to: symbol.name, limit: 1).first,
      isLibcall: true,
      isFromCodeGeneration: true
    )
    resolution.refer(to: symbol.name, from: reference, isWeak: symbol.binding == .weak)
    invented.append(symbol.name)
  }
  try resolution.drainQueue()
  let newFiles = resolution.files[firstNewFile...]
  // Machine code that was extracted now, or assembly, may refer to what was made internal before.
  for name in invented { keepIfInternal(name) }
  for file in newFiles where !file.isBitcode {
    for symbol in file.symbols where symbol.isUndefined { keepIfInternal(symbol.name) }
  }
  if options.undefinedSymbolsAreErrors {
    for name in invented where resolution.isMissingLibcall(name) {
      next.avoid(name, in: combined.module, referrers: try code.referrers(to: name))
    }
  }
  guard next == changes, !newFiles.contains(where: \.isBitcode) else { return .again(next) }
  return .complete
}

extension AttemptChanges {
  /// Does without a library function that nobody has.
  ///
  /// LLVM takes it for granted that all of the C library is there: it makes `bcmp` of `memcmp`, `sincos` of
  /// `sin` and `cos`, `cbrt` of a fast `pow`. The program can do without, since it did not ask for them.
  fileprivate mutating func avoid(_ name: String, in module: IRModule, referrers: [String]) {
    if module.global(named: name) != nil {
      unavailable.insert(name)
    } else {
      literal.formUnion(referrers)
    }
  }
}

extension SymbolResolution {
  /// Whether no message will have to say what refers to a symbol: finding that out takes time.
  fileprivate func isExplained(_ name: String) -> Bool {
    guard let symbol = table[target(ofReferenceTo: name)] else { return false }
    return symbol.definition != .nobody || symbol.firstReference?.isLibcall == false
  }

  /// Whether nobody defines a symbol, and only passes and code generation refer to it.
  fileprivate func isMissingLibcall(_ name: String) -> Bool {
    guard let symbol = table[name], symbol.definition == .nobody else { return false }
    return symbol.firstReference?.isLibcall == true
  }
}
