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
  /// Another attempt is needed, in which these names stay visible.
  case again(keeping: Set<String>)
}

/// Looks for what the generated object refers to, and extracts it.
///
/// - Parameters:
///   - object: what code generation made.
///   - removed: definitions that were dropped because nothing seemed to need them.
///   - preserved: definitions in bitcode that are visible in the object.
func checkToFixpoint(
  _ object: ELFObject,
  _ resolution: SymbolResolution,
  removed: Set<String>,
  preserved: Set<String>
) throws -> FixpointVerdict {
  resolution.round += 1
  let firstNewFile = resolution.files.count
  var keep: Set<String> = []
  for symbol in try object.inputSymbols() where symbol.isUndefined {
    if removed.contains(symbol.name) {
      keep.insert(symbol.name)
      continue
    }
    let reference = Reference(
      file: "code generation",
      function: try object.referrers(to: symbol.name).first,
      isLibcall: true,
      isFromCodeGeneration: true
    )
    resolution.refer(to: symbol.name, from: reference)
  }
  try resolution.drainQueue()
  let newFiles = resolution.files[firstNewFile...]
  // Machine code that was extracted now may refer to what was made internal before.
  for file in newFiles where !file.isBitcode {
    for symbol in file.symbols where symbol.isUndefined {
      let name = resolution.target(ofReferenceTo: symbol.name)
      if let definer = resolution.table.definingFile(of: name),
        resolution.files[definer].isBitcode, !preserved.contains(name)
      {
        keep.insert(name)
      }
    }
  }
  guard keep.isEmpty, !newFiles.contains(where: \.isBitcode) else {
    return .again(keeping: keep)
  }
  return .complete
}
