import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct ELFObjectTests {
  @Test(arguments: ["libc.a", "libm.a", "libmvec.a", "libgcc.a"])
  func `reads the symbols that llvm-readelf reads`(_ name: String) async throws {
    let path = try await InputFixture.systemLibrary(name)
    let expected = readelfTables(
      try await runLLVMTool("llvm-readelf", ["-s", "-W", path.string])
    )
    var found: [[String]] = []
    let archive = try Archive(try FileSlice(mapping: path))
    for member in archive.members {
      let object = try ELFObject(archive.contents(of: member))
      found.append(try object.symbols().map { readelfLine($0, in: object) })
    }
    #expect(found.count == expected.count)
    #expect(found == expected)
  }

  @Test(arguments: ["x86_64-linux-gnu", "aarch64-linux-gnu"])
  func `reads every kind of symbol of both machines`(_ target: String) async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      InputFixture.everyKindOfSymbol + "\nint common_one; __asm__(\".comm shared_space,24,16\");",
      "a.cpp",
      to: "a.o",
      "--target=\(target)",
      "-fno-exceptions"
    )
    let object = try ELFObject(slice)
    #expect("\(object.machine)" == target.prefix { $0 != "-" })
    let listing = try await runLLVMTool(
      "llvm-readelf",
      ["-s", "-W", "a.o"],
      in: fixture.folder.path
    )
    #expect(try object.symbols().map { readelfLine($0, in: object) } == readelfTables(listing)[0])

    let symbols = try Dictionary(grouping: object.inputSymbols(), by: \.name).mapValues { $0[0] }
    #expect(symbols["internal"] == nil)
    #expect(symbols["elsewhere"]?.isUndefined == true)
    #expect(symbols["perhaps"]?.binding == .weak)
    #expect(symbols["perhaps"]?.isUndefined == true)
    #expect(symbols["hidden"]?.visibility == .hidden)
    #expect(symbols["guarded"]?.visibility == .protected)
    #expect(symbols["one_each"]?.isThreadLocal == true)
    #expect(symbols["initialized"]?.isExecutable == false)
    #expect(symbols["target"]?.isFunction == true)
    #expect(symbols["target"]?.isExecutable == true)
    #expect(symbols["target"]?.comdat == nil)
    #expect(symbols["from_assembly"]?.isFunction == false)
    #expect(symbols["from_assembly"]?.isExecutable == true)
    #expect(symbols["_Z7counterv"]?.comdat == "_Z7counterv")
    #expect(symbols["_Z7counterv"]?.binding == .weak)
    #expect(symbols["shared_space"]?.definition == .common(size: 24, alignment: 16))
  }

  @Test func `reads groups as llvm-readelf does`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      InputFixture.everyKindOfSymbol,
      "a.cpp",
      to: "a.o",
      "-O1"
    )
    let object = try ELFObject(slice)
    let listing = try await runLLVMTool(
      "llvm-readelf",
      ["-g", "-W", "a.o"],
      in: fixture.folder.path
    )
    let expected = listing.split(separator: "\n").filter { $0.hasPrefix("COMDAT group") }.map {
      String($0.split(separator: "[")[2].prefix { $0 != "]" })
    }
    let groups = try object.groups()
    #expect(groups.map(\.signature) == expected)
    #expect(groups.count > 1)
    #expect(groups.allSatisfy { $0.isCOMDAT && !$0.sections.isEmpty })
  }

  @Test func `does not take a group whose copies are all kept for a COMDAT`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      """
      .section .text.f,"axG",@progbits,kept_together
      .globl f
      f: ret
      .section .text.g,"axG",@progbits,g,comdat
      .globl g
      g: ret
      """,
      "a.s",
      to: "a.o"
    )
    let object = try ELFObject(slice)
    #expect(try object.groups().map(\.isCOMDAT) == [false, true])
    #expect(try object.inputSymbols().map(\.comdat) == [nil, "g"])
  }

  @Test func `tells who refers to a symbol`() async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile(
      """
      double sin(double), cos(double), tan(double);
      double f(double x) { return sin(x); }
      double g(double x) { return cos(x) + sin(x); }
      static double h(double x) { return sin(x) * 2; }
      double (*pointer)(double) = sin;
      double (*other)(double) = h;
      __asm__(".text\\nlabel:\\n call tan\\n");
      """,
      "a.c",
      to: "a.o",
      "-O1",
      "-g"
    )
    let object = try ELFObject(slice)
    #expect(try object.referrers(to: "sin") == ["f", "g", "h", "pointer"])
    #expect(try object.referrers(to: "cos") == ["g"])
    #expect(try object.referrers(to: "tan") == ["label"])
    #expect(try object.referrers(to: "exp") == [])

    let listing = try await runLLVMTool(
      "llvm-readelf",
      ["-r", "-W", "a.o"],
      in: fixture.folder.path
    )
    let expected = listing.split(separator: "\n").filter { $0.contains(" R_X86_64_") }.count
    let relocations = try object.relocations()
    #expect(relocations.count == expected)
    let text = try #require(object.sections.firstIndex { $0.name == ".text" })
    let inText = try object.relocations(ofSection: text)
    #expect(inText == relocations.filter { $0.section == text })
    let symbols = try object.symbols()
    #expect(inText.map { symbols[$0.symbol].name } == ["tan", "sin", "cos", "sin", "sin"])
    #expect(inText.allSatisfy { $0.addend == -4 && [2, 4].contains($0.type) })
  }

  @Test func `reads more sections than a header can count`() async throws {
    let fixture = try InputFixture()
    let count = 66_000
    let source = (0..<count).map { ".section .text.f\($0),\"ax\"\n.globl f\($0)\nf\($0):\n" }
    let slice = try await fixture.compile(source.joined(), "a.s", to: "a.o")
    let object = try ELFObject(slice)
    #expect(object.sections.count > count)
    let symbols = try object.symbols()
    let last = try #require(symbols.last { $0.binding == .global })
    guard case .section(let section) = last.place else {
      Issue.record("\(last) has no section")
      return
    }
    #expect(object.sections[section].name == ".text.\(last.name)")
    #expect(section > 0xFFFF)
    #expect(try object.inputSymbols().count == count)
  }

  @Test func `finds the bitcode of a fat object, and not the copy of another kind`() async throws {
    let fixture = try InputFixture()
    let source = "int f(void) { return 1; }"
    let fat = try await fixture.compile(source, "a.c", to: "fat.o", "-flto", "-ffat-lto-objects")
    let bitcode = try #require(try ELFObject(fat).embeddedBitcode())
    #expect(InputFormat(bitcode) == .bitcode)
    #expect(bitcode.name == fat.name)
    let symbols = try #require(try BitcodeFile(bitcode).symbolTable()).inputSymbols
    #expect(symbols.map(\.name) == ["f"])

    let embedded = try await fixture.compile(source, "a.c", to: "embedded.o", "-fembed-bitcode=all")
    #expect(try ELFObject(embedded).sections.contains { $0.name == ".llvmbc" })
    #expect(try ELFObject(embedded).embeddedBitcode() == nil)
  }

  @Test func `refuses GCC's intermediate code where there is no machine code`() async throws {
    let fixture = try InputFixture()
    try fixture.folder.write("int x; int f(void) { return x; }", to: "a.c")
    for (flags, isSlim) in [(["-fno-fat-lto-objects"], true), (["-ffat-lto-objects"], false)] {
      let result = try await runTool(
        "/usr/bin/gcc",
        ["-flto", "-c", "a.c", "-o", "a.o"] + flags,
        in: fixture.folder.path
      )
      try #require(result.status == 0)
      let object = try ELFObject(try fixture.contents("a.o"))
      let error = linkError { try object.rejectGCCIntermediateCode() }
      #expect((error != nil) == isSlim)
      if let error {
        #expect(error.code == .unsupported)
        #expect(error.message.contains("-ffat-lto-objects"))
      }
    }
  }

  @Test(arguments: [
    ("i386-linux-gnu", "32-bit i386"), ("powerpc64-linux-gnu", "big-endian 64-bit PowerPC"),
    ("riscv64-linux-gnu", "RISC-V"), ("armv7-linux-gnueabi", "32-bit ARM"),
    ("aarch64_be-linux-gnu", "big-endian aarch64"), ("x86_64-linux-gnux32", "32-bit x86_64"),
  ])
  func `names the machine it cannot link for`(_ target: String, _ name: String) async throws {
    let fixture = try InputFixture()
    let slice = try await fixture.compile("int x = 1;", "a.c", to: "a.o", "--target=\(target)")
    let error = linkError { _ = try ELFObject(slice) }
    #expect(error?.code == .incompatible)
    #expect(
      error?.message
        == "for \(name), and only 64-bit little-endian x86_64 and aarch64 can be linked"
    )
    #expect(error?.file == slice.name)
  }

  // MARK: - llvm-readelf's words

  /// The symbol tables of a listing, one for each member where it is an archive's, without the
  /// lines' numbers.
  private func readelfTables(_ listing: String) -> [[String]] {
    let headline = listing.contains("\nFile: ") ? "File: " : "Symbol table"
    var tables: [[String]] = []
    for line in listing.split(separator: "\n") {
      let words = String(line).words
      if line.hasPrefix(headline) {
        tables.append([])
      } else if words.count >= 7, words[0].hasSuffix(":"), Int(words[0].dropLast()) != nil {
        tables[tables.count - 1].append(words.dropFirst().joined(separator: " "))
      }
    }
    return tables
  }

  /// A symbol as `llvm-readelf -s -W` prints it, without its number.
  private func readelfLine(_ symbol: ELFSymbol, in object: ELFObject) -> String {
    let kinds = ["NOTYPE", "OBJECT", "FUNC", "SECTION", "FILE", "COMMON", "TLS"]
    let kind = min(Int(symbol.kind.rawValue), kinds.count - 1)
    let digits = String(symbol.value, radix: 16)
    let value = String(repeating: "0", count: 16 - digits.count) + digits
    let place: String
    var name = symbol.name
    switch symbol.place {
    case .undefined: place = "UND"
    case .absolute: place = "ABS"
    case .common: place = "COM"
    case .section(let number):
      place = "\(number)"
      if symbol.kind == .section, name.isEmpty { name = object.sections[number].name }
    }
    let visibility = "\(symbol.visibility)".uppercased()
    let binding = "\(symbol.binding)".uppercased()
    return [
      value, "\(symbol.size)", symbol.kind == .indirectFunction ? "IFUNC" : kinds[kind], binding,
      visibility, place, name,
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
