import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// The command lines that programs really call a linker with.
@Suite struct CompilerCommandLinesTests {
  /// The words of the last line of `-###`.
  private func linkerLine(
    of compiler: FilePath,
    _ arguments: [String]
  ) async throws -> [String] {
    let result = try await runTool(compiler, ["-###"] + arguments)
    let line = try #require(result.error.split(separator: "\n").last { $0.contains("\"-o\"") })
    let words = try ResponseFile.words(
      of: TextFile(path: "line", bytes: Array(line.utf8))
    )
    return Array(words.dropFirst())
  }

  @Test(arguments: [
    ["-O2", "-flto"], ["-O2", "-flto=thin"], ["-O2", "-flto", "-shared"],
    ["-O2", "-flto", "-static"], ["-O2", "-flto", "-static-pie"], ["-O3", "-flto", "-r"],
    ["-O2", "-flto", "-ffat-lto-objects"], ["-flto", "-rdynamic", "-pthread", "-s", "-Wl,-O1"],
    ["-O2", "-flto", "-march=haswell", "-ffunction-sections", "-g"],
    ["-flto=thin", "-flto-jobs=2", "-gsplit-dwarf"], ["-O2", "-flto", "-nostdlib", "-no-pie"],
  ])
  func `what clang passes is understood`(options: [String]) async throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("int main(void) { return 0; }", to: "x.c")
    let linker = try folder.write("", to: "apus-ld")
    let words = try await linkerLine(
      of: LLVMTools.path("clang"),
      options + ["--ld-path=\(linker)", source.string, "-o", folder.file("x").string]
    )
    #expect(words.contains { $0.hasPrefix("-plugin-opt=mcpu=") })
    let arguments = try LinkerArguments(words)
    #expect(arguments.options.output == folder.file("x"))
    #expect(arguments.options.targetCPU != nil)
    #expect(arguments.options.emulation == "elf_x86_64")
    let kind: LinkOptions.OutputKind =
      if options.contains("-shared") {
        .sharedLibrary
      } else if options.contains("-r") {
        .relocatable
      } else {
        .executable(
          positionIndependent: !options.contains("-static") && !options.contains("-no-pie")
        )
      }
    #expect(arguments.options.outputKind == kind)
    #expect(arguments.options.isStatic == options.contains { $0.hasPrefix("-static") })
    if options.contains("-O2") { #expect(arguments.options.optimizationLevel == 2) }
    if options.contains("-O3") { #expect(arguments.options.optimizationLevel == 3) }
    if !options.contains("-nostdlib"), !options.contains("-r") {
      #expect(inputs(of: arguments).contains { $0.source == .library("c") })
      let search = LibrarySearch(arguments.options)
      let path = try search.library("c", isStatic: arguments.options.isStatic)
      #expect(path.lastComponent == (arguments.options.isStatic ? "libc.a" : "libc.so"))
    }
  }

  @Test func `what swiftc makes clang pass is understood`() async throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("print(1)", to: "x.swift")
    let driver = try await runTool(
      "/usr/bin/env",
      ["swiftc", "-lto=llvm-full", "-###", source.string, "-o", folder.file("x").string]
    )
    let line = try #require(
      (driver.output + driver.error).split(separator: "\n").last { $0.contains("-flto=full") }
    )
    let words = line.split(separator: " ").map(String.init)
    let bitcode = try #require(words.first { $0.hasSuffix(".bc") })
    try folder.write("", to: "x.bc")
    let linkerWords = try await linkerLine(
      of: FilePath(words[0]),
      words.dropFirst().map { $0 == bitcode ? folder.file("x.bc").string : $0 }
    )
    let arguments = try LinkerArguments(linkerWords)
    #expect(inputs(of: arguments).contains { $0.source == .library("swiftCore") })
    #expect(arguments.options.output == folder.file("x"))
    #expect(arguments.warnings.isEmpty)
  }

  @Test func `what IREE passes is understood`() throws {
    let arguments = try LinkerArguments([
      "-flavor", "gnu", "-o", "kernel.so", "--build-id=none", "-nostdlib", "-static", "-shared",
      "--no-undefined", "--no-allow-shlib-undefined", "--allow-multiple-definition",
      "--gc-sections", "-z", "now", "-z", "relro", "--discard-all", "--icf=all",
      "--ignore-data-address-equality", "--ignore-function-address-equality", "--hash-style=sysv",
      "kernel.o",
    ])
    let options = arguments.options
    #expect(options.outputKind == .sharedLibrary && options.isStatic)
    #expect(options.rejectsUndefined && options.allowsMultipleDefinitions)
    #expect(inputs(of: arguments).map(\.source) == [.file("kernel.o")])
    #expect(nativeOptions(of: arguments).contains(["--icf=all"]))
    #expect(throws: LinkError.self) { try LinkerArguments(["-flavor", "link", "a.o"]) }
  }

  @Test func `what GCC passes is understood`() throws {
    let arguments = try LinkerArguments([
      "-plugin", "/usr/lib/gcc/liblto_plugin.so", "-plugin-opt=/usr/lib/gcc/lto-wrapper",
      "-plugin-opt=-fresolution=/x.res", "-plugin-opt=-pass-through=-lgcc", "--build-id",
      "--eh-frame-hdr", "-m", "elf_x86_64", "--hash-style=gnu", "--as-needed", "-dynamic-linker",
      "/lib64/ld-linux-x86-64.so.2", "-pie", "a.o", "-lgcc", "--push-state", "--as-needed",
      "-lgcc_s", "--pop-state", "-lc",
    ])
    #expect(inputs(of: arguments).count == 4)
    #expect(inputs(of: arguments).allSatisfy { $0.isAsNeeded })
  }

  @Test func `build systems recognise the version`() {
    #expect(LinkHelp.version.contains("LLD 22."))
    #expect(LinkHelp.version.contains("compatible with GNU linkers"))
    let help = LinkHelp.text(command: "apus-ld")
    #expect(help.hasSuffix("\napus-ld: supported targets: elf\n"))
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 88 })
    // What help promises exists.
    for line in help.split(separator: "\n") where line.hasPrefix("  -") {
      for word in line.dropFirst(2).split(separator: " ") where word.hasPrefix("-") {
        let option = word.prefix { !"=<,:".contains($0) }
        let name = String(option.drop { $0 == "-" })
        let isShort = OptionTable.shortOptions[String(name.prefix(1))] != nil
        let isLong = OptionTable.option(named: name) != nil || name == "lto-O"
        #expect(isLong || isShort, "\(word)")
      }
    }
  }
}
