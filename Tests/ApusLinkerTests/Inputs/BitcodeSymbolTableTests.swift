import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct BitcodeSymbolTableTests {
  /// What `llvm-lto2 dump-symtab`, which goes by LLVM's own reader, prints of a symbol.
  private func dumpLines(_ symbol: BitcodeSymbolTable.Symbol, _ table: BitcodeSymbolTable)
    -> [String]
  {
    let flags: [(BitcodeSymbolTable.Flags, String)] = [
      (.undefined, "U"), (.common, "C"), (.weak, "W"), (.indirect, "I"), (.mayOmit, "O"),
      (.threadLocal, "T"), (.executable, "X"),
    ]
    let visibility = ["D", "H", "P"][Int(symbol.visibility.rawValue)]
    let letters = flags.map { symbol.flags.contains($0.0) ? $0.1 : "-" }.joined()
    var lines = ["\(visibility)\(letters) \(symbol.name)"]
    if symbol.flags.contains(.common) {
      lines.append("         size \(symbol.commonSize) align \(symbol.commonAlignment)")
    }
    if let index = symbol.comdat {
      let kinds = ["any", "exactmatch", "largest", "nodeduplicate", "samesize"]
      let kind = kinds[Int(table.comdats[index].selection.rawValue)]
      lines.append("         comdat \(kind) \(table.comdats[index].name)")
    }
    return lines
  }

  @Test(arguments: [["-flto"], ["-flto", "-O2"], ["-flto=thin", "-O1", "-g"], ["-emit-llvm"]])
  func `reads what LLVM's own reader reads`(_ flags: [String]) async throws {
    let fixture = try InputFixture()
    try fixture.folder.write(InputFixture.everyKindOfSymbol, to: "a.cpp")
    try await runLLVMTool(
      "clang++",
      ["-c", "a.cpp", "-o", "a.bc"] + flags,
      in: fixture.folder.path
    )
    let table = try #require(try BitcodeFile(try fixture.contents("a.bc")).symbolTable())
    let dump = try await runLLVMTool("llvm-lto2", ["dump-symtab", "a.bc"], in: fixture.folder.path)
    let lines = dump.split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(5) == [
        "version: 3", "producer: \(table.producer)", "target triple: \(table.targetTriple)",
        "source filename: \(table.sourceFileName)", "dependent libraries:",
      ]
    )
    let symbols = table.symbols.filter {
      $0.flags.contains(.global) && !$0.flags.contains(.formatSpecific)
    }
    #expect(symbols.flatMap { dumpLines($0, table) } == Array(lines.dropFirst(5)))
    #expect(symbols.count > 20)
  }

  @Test func `gives what llvm-nm finds in the module`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      InputFixture.everyKindOfSymbol,
      "a.cpp",
      to: "a.bc",
      "-flto"
    )
    let listing = try await runLLVMTool(
      "llvm-nm",
      ["-g", "--format=posix", "a.bc"],
      in: fixture.folder.path
    )
    var expected: [String: String] = [:]
    for line in listing.split(separator: "\n").map({ String($0).words }) {
      expected[line[0]] = line[1]
    }
    let symbols = try #require(try BitcodeFile(slice).symbolTable()).inputSymbols
    #expect(Set(symbols.map(\.name)) == Set(expected.keys))
    for symbol in symbols {
      let letter = try #require(expected[symbol.name])
      #expect(
        symbol.isUndefined == ["U", "w", "v"].contains(letter),
        "\(symbol.name) is \(letter)"
      )
      #expect((symbol.binding == .weak) == ["W", "V", "w", "v"].contains(letter), "\(symbol.name)")
    }
  }

  @Test func `says of a fat object's bitcode what its machine code says`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      InputFixture.everyKindOfSymbol + "\n__attribute__((section(\"mine\"))) int placed = 1;",
      "a.cpp",
      to: "a.o",
      "-flto",
      "-ffat-lto-objects"
    )
    let object = try ELFObject(slice)
    let bitcode = try #require(try object.embeddedBitcode())
    let table = try #require(try BitcodeFile(bitcode).symbolTable())
    #expect(table.symbols.first { $0.name == "placed" }?.section == "mine")
    let machine = try object.inputSymbols()
    for symbol in table.inputSymbols where !symbol.isUndefined {
      var other = try #require(machine.first { $0.name == symbol.name })
      // Only assembly does not say that its symbols are functions, and bitcode guesses.
      if symbol.name == "from_assembly" { other.isFunction = true }
      #expect(symbol == other)
    }
    let defined = Set(machine.filter { !$0.isUndefined }.map(\.name))
    #expect(defined == Set(table.inputSymbols.filter { !$0.isUndefined }.map(\.name)))
    let wanted = Set(table.inputSymbols.filter(\.isUndefined).map(\.name))
    #expect(wanted.isSuperset(of: ["sin", "elsewhere", "perhaps", "one_each_elsewhere"]))
    #expect(wanted.isSubset(of: machine.filter(\.isUndefined).map(\.name)))
  }

  @Test func `reads commons, intrinsics and libraries asked for`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      """
      #pragma comment(lib, "m")
      double space[10]; int small;
      double f(double x) { return __builtin_sin(x) + __builtin_fma(x, x, x); }
      """,
      "a.c",
      to: "a.bc",
      "-flto",
      "-fcommon",
      "-fno-math-errno"
    )
    let table = try #require(try BitcodeFile(slice).symbolTable())
    #expect(table.dependentLibraries == ["m"])
    let symbols = Dictionary(grouping: table.inputSymbols, by: \.name).mapValues { $0[0] }
    #expect(symbols["space"]?.definition == .common(size: 80, alignment: 16))
    #expect(symbols["small"]?.definition == .common(size: 4, alignment: 4))
    #expect(Set(table.intrinsicNames).isSuperset(of: ["llvm.sin.f64", "llvm.fma.f64"]))
    #expect(symbols.keys.allSatisfy { !$0.hasPrefix("llvm.") })
  }

  @Test func `leaves out of a COMDAT what is never dropped`() async throws {
    let fixture = try InputFixture()
    try fixture.folder.write(
      """
      target triple = "x86_64-unknown-linux-gnu"
      $kept = comdat nodeduplicate
      $dropped = comdat any
      @kept = global i32 1, comdat
      @dropped = linkonce_odr global i32 1, comdat
      @llvm.used = appending global [1 x ptr] [ptr @dropped], section "llvm.metadata"
      """,
      to: "a.ll"
    )
    // `llvm-as` knows no target, and so writes no table.
    try await runLLVMTool("opt", ["a.ll", "-o", "a.bc"], in: fixture.folder.path)
    let table = try #require(try BitcodeFile(try fixture.contents("a.bc")).symbolTable())
    #expect(table.comdats.map(\.selection) == [.noDeduplicate, .any])
    #expect(table.inputSymbols.map(\.name) == ["kept", "dropped"])
    #expect(table.inputSymbols.map(\.comdat) == [nil, "dropped"])
    #expect(table.symbols.first { $0.name == "dropped" }?.flags.contains(.used) == true)
  }

  @Test func `trusts no other layout and no older writer`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile("int f;", "a.c", to: "a.bc", "-flto")
    let bytes = slice.withUnsafeBytes { Array($0) }
    let version = try #require(try BitcodeFile(slice).symbolTable()).producer
    func table(replacing old: [UInt8], with new: [UInt8]) throws -> BitcodeSymbolTable? {
      var bytes = bytes
      for start in bytes.indices where bytes[start...].starts(with: old) {
        bytes.replaceSubrange(start..<(start + old.count), with: new)
      }
      return try BitcodeFile(FileSlice(copying: bytes, name: "a.bc")).symbolTable()
    }
    let producer = Array(version.utf8)
    #expect(try table(replacing: producer, with: producer) != nil)
    #expect(try table(replacing: producer, with: Array("16".utf8) + producer.dropFirst(2)) == nil)
    #expect(try table(replacing: producer, with: Array("xy".utf8) + producer.dropFirst(2)) == nil)
    // The layout's version stands before the place and the length of the producer's name.
    let layout = try #require(
      bytes.indices.first { start in
        bytes[start...].starts(with: [3, 0, 0, 0])
          && bytes[(start + 8)...].starts(with: [UInt8(producer.count), 0, 0, 0])
      }
    )
    let words = Array(bytes[layout..<(layout + 12)])
    #expect(try table(replacing: words, with: words) != nil)
    #expect(try table(replacing: words, with: [4] + words.dropFirst()) == nil)
  }
}
