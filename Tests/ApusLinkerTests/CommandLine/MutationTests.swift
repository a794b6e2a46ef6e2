import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Damaged text: whatever it says, reading it ends, with success or a ``LinkError``.
@Suite struct MutationTests {
  private static let seeds = [
    "-shared -o 'a b.so' \"x y.o\" -lm --defsym=a=b+c -z now @inner -( f.a -) -plugin-opt=O2 -u f",
    "OUTPUT_FORMAT(elf64-x86-64)\nGROUP ( libm-2.36.a AS_NEEDED ( -lmvec ) )\nSEARCH_DIR(=/lib)\n",
    "ENTRY(a) x = y + 1; SECTIONS { . = 0; .t : { KEEP(*(.i)) *(.t) } } VERSION { V { a*; }; }",
    "V1 { global: foo; b[a-z]*; extern \"C++\" { a::b; \"c d\"; }; local: *; };\nV2 { g; } V1;\n",
    "{ foo; bar*; extern \"C\" { \"x\" } };\n/* a comment */ # another\n",
  ]
  private static let pieces = [
    "{", "}", "(", ")", ";", ":", "\"", "'", "\\", "[", "*", "/*", "*/", "=", "@", "-", "\n", "\0",
    "é", ",", "::", "global", "INPUT", "GROUP", "VERSION", "SECTIONS", "KEEP", "--", "extern",
  ]

  private func mutated(_ text: String, _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0...Int.random(in: 0..<4, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 0..<12, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 2:
        bytes.replaceSubrange(
          at..<end,
          with: Self.pieces.randomElement(using: &random)?.utf8.map { $0 } ?? []
        )
      case 3: if at < bytes.count { bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
      default: bytes.removeSubrange(at...)
      }
    }
    return bytes
  }

  private enum Reader: CaseIterable {
    case responseFile, linkerScript, versionScript, dynamicList

    func read(_ file: TextFile) throws(LinkError) {
      switch self {
      case .responseFile:
        let words = try ResponseFile.words(of: file)
        _ = try LinkerArguments(words.filter { !$0.hasPrefix("@") })
      case .linkerScript:
        _ = try LinkerScript(file)
      case .versionScript:
        let script = try VersionScript(file)
        for symbol in ["foo", "_ZN1a1bEv", "bar@@V", ""] { _ = script.visibility(of: symbol) }
      case .dynamicList:
        _ = try SymbolPatternList(dynamicList: file).mayMatch("foo")
      }
    }
  }

  @Test func `2,500 damaged files end in success or an error`() {
    var random = SeededGenerator(seed: 20_260)
    var successes = 0
    var failures = 0
    for round in 0..<2500 {
      let file = TextFile(path: "m", bytes: mutated(Self.seeds[round % 5], &random))
      for reader in Reader.allCases {
        do throws(LinkError) {
          try reader.read(file)
          successes += 1
        } catch {
          #expect(!error.message.isEmpty)
          failures += 1
        }
      }
    }
    #expect(successes > 300 && failures > 300)
  }

  @Test func `300 damaged scripts among the inputs end in success or an error`() throws {
    let folder = try TemporaryFolder()
    try folder.write([0x42, 0x43, 0xC0, 0xDE], to: "a.o")
    let seed = "INPUT(a.o b.ld AS_NEEDED(a.o)) GROUP(a.o) EXTERN(f) SEARCH_DIR(\(folder.path))"
    try folder.write("INPUT(a.o)", to: "b.ld")
    var random = SeededGenerator(seed: 7)
    var successes = 0
    for _ in 0..<300 {
      let path = try folder.write(mutated(seed, &random), to: "s.ld")
      let options = try LinkerArguments([path.string]).options
      if let resolved = try? options.resolvingInputs() {
        successes += 1
        #expect(inputs(of: resolved).allSatisfy { $0.path != nil })
      }
    }
    #expect(successes > 10)
  }
}
