import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct SharedLibraryTests {
  @Test(arguments: ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6"])
  func `reads the names, versions and needs that llvm-readelf reads`(_ name: String) async throws {
    let path = try await InputFixture.systemLibrary(name)
    let library = try SharedLibrary(try FileSlice(mapping: path))
    let dynamic = try await runLLVMTool("llvm-readelf", ["-d", "-W", path.string])
    func names(_ tag: String) -> [String] {
      dynamic.split(separator: "\n").filter { $0.contains("(\(tag))") }
        .map { String($0.split(separator: "[")[1].dropLast()) }
    }
    #expect(library.name == names("SONAME").first)
    #expect(library.name == name)
    #expect(library.needed == names("NEEDED"))

    let listing = try await runLLVMTool("llvm-readelf", ["--dyn-syms", "-W", path.string])
    var exports: [String] = []
    var references: [String] = []
    for line in listing.split(separator: "\n").map({ String($0).words })
    where line.count == 8 && line[0].hasSuffix(":") && line[4] != "LOCAL" && line[7] != "Name" {
      if line[6] == "UND" { references.append(line[7]) } else { exports.append(line[7]) }
    }
    #expect(library.exports.map { "\($0.symbol.name)\(suffix($0))" } == exports)
    #expect(
      library.references.map { "\($0.symbol.name)\($0.version.map { "@\($0)" } ?? "")" }
        == references
    )
    #expect(exports.count > 10)
  }

  private func suffix(_ symbol: SharedLibrary.Symbol) -> String {
    symbol.version.map { (symbol.isDefaultVersion ? "@@" : "@") + $0 } ?? ""
  }

  @Test func `offers what is exported and wants what is missing`() async throws {
    let fixture = try InputFixture()
    try await fixture.compile(
      """
      int wanted(void); extern int perhaps __attribute__((weak));
      __attribute__((visibility("hidden"))) int inside(void) { return 1; }
      int old(void) { return 1; }
      int new_one(void) { return 2; }
      __thread int one_each;
      __attribute__((weak)) int gives_way(void) { return wanted() + inside() + (&perhaps ? 1 : 0); }
      int local_by_script(void) { return 3; }
      __asm__(".symver old,f@V1\\n.symver new_one,f@@V2");
      """,
      "a.c",
      to: "a.o",
      "-fPIC"
    )
    try fixture.folder.write(
      "V1 { global: f; gives_way; one_each; local: *; }; V2 { } V1;",
      to: "versions"
    )
    try await runLLVMTool(
      "ld.lld",
      ["-shared", "-soname", "liba.so.1", "--version-script=versions", "a.o", "-o", "liba.so"],
      in: fixture.folder.path
    )
    let library = try SharedLibrary(try fixture.contents("liba.so"))
    #expect(library.name == "liba.so.1")
    #expect(library.needed == [])
    let exports = library.exports.map { "\($0.symbol.name)\(suffix($0))" }.sorted()
    #expect(exports == ["f@@V2", "f@V1", "gives_way@@V1", "one_each@@V1"])
    let symbols = Dictionary(grouping: library.inputSymbols, by: \.name)
    #expect(symbols["f"]?.count == 1)
    #expect(symbols["gives_way"]?[0].binding == .weak)
    #expect(symbols["gives_way"]?[0].isFunction == true)
    #expect(symbols["one_each"]?[0].isThreadLocal == true)
    #expect(symbols["wanted"]?[0].isUndefined == true)
    #expect(symbols["wanted"]?[0].binding == .global)
    #expect(symbols["perhaps"]?[0].binding == .weak)
    #expect(symbols["inside"] == nil)
    #expect(symbols["local_by_script"] == nil)
  }

  @Test func `refuses a library whose sections can no longer be found`() async throws {
    let fixture = try InputFixture()
    try await fixture.compile("int f(void) { return 1; }", "a.c", to: "a.o", "-fPIC")
    try await runLLVMTool("ld.lld", ["-shared", "a.o", "-o", "a.so"], in: fixture.folder.path)
    try await runLLVMTool(
      "llvm-strip",
      ["--strip-sections", "a.so"],
      in: fixture.folder.path
    )
    let error = linkError { _ = try SharedLibrary(try fixture.contents("a.so")) }
    #expect(error?.code == .unsupported)
  }
}
