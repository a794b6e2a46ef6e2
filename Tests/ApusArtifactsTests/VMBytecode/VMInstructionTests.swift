import Testing

@testable import ApusArtifacts

/// The decoder, against two things the compiler says about the same program: the source map, which
/// has the offset of every operation, and the listing, which has its name.
@Suite(.enabled(if: IREETools.areExpected, IREETools.reason))
struct VMInstructionTests {
  @Test func `decodes every operation where the compiler put it, under the compiler's name for it`()
    throws
  {
    let flags = ["--compile-mode=vm", "--iree-vm-bytecode-module-optimize=false"]
    let bytes = try IREETools.compile(EveryOperation.source, flags)
    let decoded = try check(bytes, listing: try IREETools.listing(EveryOperation.source, flags))
    let missing = Set(EveryOperation.all.map(\.mnemonic)).subtracting(decoded)
    #expect(missing == EveryOperation.unavailable.subtracting(["block"]))
  }

  @Test func `decodes an ordinary program as the compiler lists it`() throws {
    let decoded = try check(
      try IREETools.compile(Programs.matmulLoop),
      listing: try IREETools.listing(Programs.matmulLoop)
    )
    #expect(decoded.isSuperset(of: ["call.variadic", "cond_br", "br", "fail", "block"]))
  }

  /// Compares all functions' offsets and names; returns the names.
  private func check(_ bytes: [UInt8], listing: String) throws -> Set<String> {
    let dumped = try IREETools.dump(bytes).tables
    let listed = listedOperations(in: listing)
    var names: Set<String> = []
    try bytes.withUnsafeBytes { memory in
      let module = try VMBytecodeModule(memory)
      #expect(module.functions.count == listed.count)
      for function in module.functions {
        var offsets: [Int] = []
        var operations: [String] = []
        var blockCount = 0
        var end = 0
        let name = try #require(function.sourceName)
        try module.forEachInstruction(of: function) { instruction in
          names.insert(instruction.opcode.mnemonic)
          end = instruction.offset + instruction.byteCount
          if instruction.opcode.effect == .startsBlock {
            blockCount += 1
          } else {
            offsets.append(instruction.offset)
            operations.append(instruction.opcode.mnemonic)
          }
        }
        let map = dumped.debug_database?.functions?[function.ordinal].locations ?? []
        #expect(offsets == map.map { $0.bytecode_offset ?? 0 }, "\(name)")
        #expect(operations == listed[name], "\(name)")
        #expect(blockCount == function.blockCount, "\(name)")
        #expect(end == function.byteCount, "\(name)")
      }
    }
    return names
  }

  /// The operations of each function, by its name.
  private func listedOperations(in listing: String) -> [String: [String]] {
    var functions: [String: [String]] = [:]
    var current: String?
    for line in listing.split(separator: "\n") {
      if let match = line.firstMatch(of: /^  vm\.func [a-z ]*@([^(]+)\(/) {
        current = String(match.1)
        functions[String(match.1)] = []
      } else if line == "  }" {
        current = nil
      } else if let name = current,
        let match = line.firstMatch(of: /^ +(?:%[^=]+ = )?vm\.([a-z0-9_.]+)/)
      {
        functions[name]?.append(String(match.1))
      }
    }
    return functions
  }
}
