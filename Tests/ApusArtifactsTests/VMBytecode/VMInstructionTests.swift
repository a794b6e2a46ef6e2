import Testing

@testable import ApusArtifacts

/// The decoder, against two things the compiler says about the same program: the source map, which
/// has the offset of every operation (in version 17, of one function's), and the listing, which has
/// its name.
@Suite(.enabled(if: IREETools.areExpected, IREETools.reason))
struct VMInstructionTests {
  @Test(arguments: IREETools.Compiler.all)
  func `decodes every operation where the compiler put it, under the compiler's name for it`(
    _ compiler: IREETools.Compiler
  ) throws {
    let version = compiler.bytecodeVersion
    let source = EveryOperation.source(version)
    let decoded = try check(
      try IREETools.compile(source, IREETools.verbatim, with: compiler),
      listing: try IREETools.listing(source, IREETools.verbatim, with: compiler)
    )
    let missing = Set(EveryOperation.all(version).map(\.mnemonic)).subtracting(decoded)
    #expect(missing == EveryOperation.unavailable(version).subtracting(["block"]))
  }

  @Test(arguments: IREETools.Compiler.all)
  func `decodes an ordinary program as the compiler lists it`(_ compiler: IREETools.Compiler) throws
  {
    let decoded = try check(
      try IREETools.compile(Programs.matmulLoop, with: compiler),
      listing: try IREETools.listing(Programs.matmulLoop, with: compiler)
    )
    #expect(decoded.isSuperset(of: ["call.variadic", "cond_br", "br", "fail", "block"]))
    if compiler.bytecodeVersion.major == 17 {
      #expect(decoded.isSuperset(of: ["call.variadic.yieldable", "discard.refs"]))
    }
  }

  /// Compares all functions' offsets and names; returns the names.
  private func check(_ bytes: [UInt8], listing: String) throws -> Set<String> {
    let dumped = try IREETools.dump(bytes).tables
    let listed = listedOperations(in: listing)
    var names: Set<String> = []
    try bytes.withUnsafeBytes { memory in
      let module = try VMBytecodeModule(memory)
      #expect(module.functions.count == listed.count)
      let maps = dumped.debug_database?.functions ?? []
      for (function, (name, operations)) in zip(module.functions, listed) {
        #expect(function.sourceName == (maps.count == listed.count ? name : nil))
        let decoded = try decode(function, of: module)
        names.formUnion(decoded.map(\.mnemonic))
        let inBlocks = decoded.filter { $0.mnemonic != "block" }
        let mnemonics = inBlocks.map(\.mnemonic)
        #expect(mnemonics == leftOutAlike(operations, mnemonics), "\(name)")
        #expect(decoded.count - inBlocks.count == function.blockCount, "\(name)")
        if let map = maps.first(where: { $0.local_name == name }) {
          let offsets = (map.locations ?? []).map { $0.bytecode_offset ?? 0 }
          #expect(inBlocks.map(\.offset) == offsets, "\(name)")
        }
      }
      // All of them in version 15, the last one in version 17.
      let names = Set(listed.map(\.name))
      #expect(maps.compactMap(\.local_name).allSatisfy(names.contains))
      #expect(maps.count == (module.bytecodeVersion.major == 15 ? listed.count : 1))
    }
    return names
  }

  /// A function's operations, blocks' beginnings among them, and where they lie.
  private func decode(_ function: VMBytecodeModule.Function, of module: VMBytecodeModule) throws
    -> [(mnemonic: String, offset: Int)]
  {
    var operations: [(mnemonic: String, offset: Int)] = []
    var end = 0
    try module.forEachInstruction(of: function) { instruction in
      operations.append((instruction.opcode.mnemonic, instruction.offset))
      end = instruction.offset + instruction.byteCount
    }
    #expect(end == function.byteCount)
    return operations
  }

  /// What is listed, without the references' bookkeeping that moves make needless: the compiler
  /// lists it, and does not encode it.
  private func leftOutAlike(_ listed: [String], _ decoded: [String]) -> [String] {
    var rest = decoded[...]
    return listed.filter { operation in
      let isEncoded = rest.first == operation
      if !isEncoded, ["discard.refs", "assign.ref"].contains(operation) { return false }
      rest = rest.dropFirst()
      return true
    }
  }

  /// The operations of each function, in the order of the module.
  private func listedOperations(in listing: String) -> [(name: String, operations: [String])] {
    var functions: [(name: String, operations: [String])] = []
    var isInside = false
    for line in listing.split(separator: "\n") {
      if let match = line.firstMatch(of: /^  vm\.func [a-z ]*@([^(]+)\(/) {
        functions.append((String(match.1), []))
        isInside = true
      } else if line == "  }" {
        isInside = false
      } else if isInside, let match = line.firstMatch(of: /^ +(?:%[^=]+ = )?vm\.([a-z0-9_.]+)/) {
        functions[functions.count - 1].operations.append(String(match.1))
      }
    }
    return functions
  }
}
