import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct LinkerArgumentsTests {
  // MARK: Spelling

  @Test func `an option that only lld understands goes to lld, in order and in lld's spelling`()
    throws
  {
    let arguments = try LinkerArguments([
      "a.o", "-hash-style", "gnu", "--build-id", "-z", "now", "-znow", "-O1", "-rpath=/x", "-s",
    ])
    #expect(inputs(of: arguments) == [LinkOptions.Input(.file("a.o"))])
    #expect(
      nativeOptions(of: arguments) == [
        ["--hash-style=gnu"], ["--build-id"], ["-z", "now"], ["-z", "now"], ["-O1"],
        ["--rpath=/x"], ["--strip-all"],
      ]
    )
    #expect(arguments.options.optimizationLevel == 2)
  }

  @Test(arguments: [
    ["-o", "omagic"], ["-oomagic"], ["--output=omagic"], ["--output", "omagic"], ["-omagic"],
  ])
  func `what begins with -o is an output`(words: [String]) throws {
    let options = try LinkerArguments(words + ["a.o"]).options
    #expect(options.output == (words == ["-omagic"] ? "magic" : "omagic"))
    #expect(options.items.count == 1)
  }

  @Test(arguments: [
    ["-lfoo", "-L/x"], ["-l", "foo", "-L", "/x"], ["--library=foo", "-library-path=/x"],
    ["-library", "foo", "--library-path", "/x"],
  ])
  func `libraries and folders have four spellings`(words: [String]) throws {
    let arguments = try LinkerArguments(words)
    #expect(inputs(of: arguments).map(\.source) == [.library("foo")])
    #expect(arguments.options.searchPaths == ["/x"])
    #expect(nativeOptions(of: arguments) == [["--library-path=/x"]])
  }

  @Test func `an option with two dashes only is not taken for a short one`() throws {
    for word in ["-explain", "-lto-emit-llvm", "-export-dynamic-symbol=f", "-time-phases"] {
      #expect(throws: LinkError.self) { try LinkerArguments([word, "a.o"]) }
    }
    // A library may have any name that is no option's.
    #expect(try inputs(of: LinkerArguments(["-lto-go"])).map(\.source) == [.library("to-go")])
  }

  @Test func `an unknown option is an error that names the nearest known one`() {
    let cases = [
      "--gc-section": "unknown option '--gc-section'; did you mean '--gc-sections'?",
      "-sahred": "unknown option '-sahred'; did you mean '--shared'?",
      "--vector-libary=none":
        "unknown option '--vector-libary=none'; did you mean '--vector-library'?",
      "--frobnicate": "unknown option '--frobnicate'",
      "--": "unknown option '--'",
      "--shared=1": "'--shared=1': --shared takes no '='",
      "--why-extract": "'--why-extract' needs a value: --why-extract=VALUE",
    ]
    for (word, message) in cases {
      let error = #expect(throws: LinkError.self) { try LinkerArguments(["a.o", word]) }
      #expect(error?.code == .invalidArguments)
      #expect(error?.message == message)
    }
  }

  @Test(arguments: ["-o", "-L", "-l", "-z", "--entry", "-e", "-m", "-plugin-opt", "--wrap", "-f"])
  func `an operand that is missing is an error`(word: String) {
    let error = #expect(throws: LinkError.self) { try LinkerArguments(["a.o", word]) }
    #expect(error?.message == "'\(word)' needs an operand")
  }

  // MARK: Inputs

  @Test func `what is in force where an input stands is kept with it`() throws {
    let arguments = try LinkerArguments([
      "a.o", "--push-state", "--as-needed", "-Bstatic", "-lb", "--whole-archive", "c.a",
      "--pop-state", "-ld", "--start-group", "e.a", "f.a", "--end-group",
      "-(", "g.a", "-)", "--start-lib", "h.o", "--end-lib", "-b", "binary", "i.bin",
      "--format=default", "-l:j.so",
    ])
    var expected = [
      LinkOptions.Input(.file("a.o")), LinkOptions.Input(.library("b")),
      LinkOptions.Input(.file("c.a")), LinkOptions.Input(.library("d")),
      LinkOptions.Input(.file("e.a")), LinkOptions.Input(.file("f.a")),
      LinkOptions.Input(.file("g.a")), LinkOptions.Input(.file("h.o")),
      LinkOptions.Input(.file("i.bin")), LinkOptions.Input(.exactLibrary("j.so")),
    ]
    for index in 1...2 {
      expected[index].isAsNeeded = true
      expected[index].isStatic = true
    }
    expected[2].isWholeArchive = true
    expected[4].group = 1
    expected[5].group = 1
    expected[6].group = 2
    expected[7].isLazy = true
    expected[8].isBinary = true
    #expect(inputs(of: arguments) == expected)
    #expect(nativeOptions(of: arguments).isEmpty)
  }

  @Test(arguments: [
    ["--pop-state"], ["--end-group"], ["--end-lib"], ["-(", "-("], ["--start-lib", "--start-lib"],
    ["-shared", "-pie"], ["-r", "-shared"], ["-r", "-pie"], ["-r", "-E"],
    ["--lto-O5"], ["-plugin-opt=O9"], ["--threads=0"], ["--threads=x"], ["--thinlto-jobs=x"],
    ["--lto-partitions=0"],
    ["--save-temps=x"], ["--unresolved-symbols=x"], ["--lto=x"], ["--defsym=a"], ["--wrap"],
    ["--defsym", "=b"], ["-plugin-opt=mcpu"], ["-plugin-opt=x"], ["--format=x"], ["--icf=x"],
    ["--hash-style=x"], ["--image-base=x"], ["--error-limit=x"], ["-Ox"],
  ])
  func `what lld refuses is refused`(words: [String]) async throws {
    let folder = try TemporaryFolder()
    try await compile("int main(void) { return 0; }", to: "a.o", in: folder)
    let own = #expect(throws: LinkError.self) { try LinkerArguments(["a.o"] + words) }
    #expect(own?.code == .invalidArguments)
    let theirs = try await runTool(
      LLVMTools.path("ld.lld"),
      ["a.o", "-e", "main", "-o", "a.out"] + words,
      in: folder.path
    )
    #expect(theirs.status != 0, "\(words)")
  }

  @Test func `a link of nothing is an error, but not where nothing is linked`() throws {
    #expect(throws: LinkError.self) { try LinkerArguments([]) }
    #expect(throws: LinkError.self) { try LinkerArguments(["-o", "x"]) }
    for words in [["--version"], ["-v"], ["-V"], ["--help"], ["-help"], ["-version", "-shared"]] {
      let command = try LinkerArguments(words).command
      #expect(command.endsThere)
      #expect(command.printsVersion != command.printsHelp)
    }
    let verbose = try LinkerArguments(["-v", "a.o"]).command
    #expect(verbose.printsVersion && !verbose.endsThere)
  }

  // MARK: Meaning

  @Test func `the pipeline learns what it must know, and lld learns it, too`() throws {
    let arguments = try LinkerArguments([
      "a.o", "-shared", "-e", "start", "-uone", "--undefined=two", "--wrap=sin", "--defsym",
      "x=y+4", "--version-script=v.map", "--dynamic-list", "d.list", "-E",
      "--export-dynamic-symbol=f*", "--exclude-libs", "libm.a:libc.a,ALL", "-z", "defs",
      "--threads=3", "--sysroot=/s", "-m", "elf_x86_64", "-zmuldefs", "-init=begin",
    ])
    let options = arguments.options
    #expect(options.outputKind == .sharedLibrary)
    #expect(options.entry == "start")
    #expect(options.undefined == ["one", "two"])
    #expect(options.wrapped == ["sin"])
    #expect(options.definedSymbols == [.init(name: "x", expression: "y+4")])
    #expect(options.keptSymbols == ["y"])
    #expect(options.versionScripts == ["v.map"] && options.dynamicLists == ["d.list"])
    #expect(options.exportsAllSymbols && options.exportedSymbols == ["f*"])
    #expect(options.excludedLibraries == ["libm.a", "libc.a", "ALL"])
    #expect(options.rejectsUndefined && !options.ignoresUndefined)
    #expect(options.allowsMultipleDefinitions)
    #expect(options.sysroot == "/s")
    #expect(options.emulation == "elf_x86_64" && options.initializer == "begin")
    #expect(nativeOptions(of: arguments).count == 17)
    #expect(nativeOptions(of: arguments).contains(["--entry=start"]))
  }

  @Test func `undefined symbols are ignored or refused as in lld, the last word counting`() throws {
    let cases: [([String], rejects: Bool, ignores: Bool)] = [
      ([], false, false), (["--no-undefined"], true, false), (["-z", "undefs"], false, true),
      (["-zdefs", "--unresolved-symbols=ignore-all"], false, true),
      (["--unresolved-symbols=ignore-all", "-zdefs"], true, false),
      (["-zdefs", "--warn-unresolved-symbols"], false, true), (["--noinhibit-exec"], false, true),
    ]
    for (words, rejects, ignores) in cases {
      let options = try LinkerArguments(words + ["a.o"]).options
      #expect(options.rejectsUndefined == rejects && options.ignoresUndefined == ignores)
    }
  }

  @Test func `Apus's own options are taken, with = or an operand of their own`() throws {
    let arguments = try LinkerArguments([
      "--explain", "--time-phases", "--json", "--quiet", "-r", "--keep-intrinsics",
      "--save-temps", "--inline-math", "all", "--vector-library=none", "a.o",
    ])
    let command = arguments.command
    #expect(command.explains && command.timesPhases && command.writesJSON && command.isQuiet)
    #expect(arguments.options.keepsIntrinsics && arguments.options.savesTemporaries)
    #expect(arguments.options.mathInlining == .all)
    #expect(arguments.options.vectorLibrary == .none)
    #expect(nativeOptions(of: arguments) == [["--relocatable"]])
    for words in [["--inline-math=most"], ["--vector-library=svml"], ["--keep-intrinsics"]] {
      #expect(throws: LinkError.self) { try LinkerArguments(words + ["a.o"]) }
    }
  }

  // MARK: Link-time optimisation

  @Test func `what a compiler tells the plugin is understood`() throws {
    let arguments = try LinkerArguments([
      "-plugin", "/usr/lib/LLVMgold.so", "-plugin-opt=mcpu=haswell", "-plugin-opt=O3",
      "-plugin-opt=thinlto", "-plugin-opt", "jobs=2", "-plugin-opt=-function-sections=1",
      "-plugin-opt=-pass-through=-lgcc", "-plugin-opt=-mattr=+avx2", "-mllvm", "-mattr=-fma",
      "-plugin-opt=/usr/lib/gcc/lto-wrapper", "-plugin-opt=-fresolution=/x.res",
      "-plugin-opt=-debugger-tune=gdb", "-mllvm", "-inline-threshold=9", "--lto-CGO1",
      "-plugin-opt=save-temps", "--lto-partitions=8", "--no-fat-lto-objects", "a.o",
    ])
    let options = arguments.options
    #expect(options.targetCPU == "haswell" && options.targetFeatures == "+avx2,-fma")
    #expect(options.optimizationLevel == 3 && options.codeGenerationLevel == 1)
    #expect(options.llvmOptions == ["-debugger-tune=gdb", "-inline-threshold=9"])
    #expect(options.savesTemporaries && !options.usesFatObjects)
    #expect(options.threadCount == 2 && options.partitionCount == 8)
    #expect(options.items == [.input(LinkOptions.Input(.file("a.o")))])
    #expect(arguments.warnings.isEmpty)
  }

  @Test(arguments: [
    ([], nil), (["--threads=3"], 3), (["--thinlto-jobs=5", "--threads=3"], 5),
    (["--threads=3", "-plugin-opt=jobs=5"], 5), (["--threads=3", "--thinlto-jobs=all"], nil),
    (["--thinlto-jobs=0"], nil),
  ])
  func `threads are for all of the link, jobs for its code`(words: [String], count: Int?) throws {
    #expect(try LinkerArguments(words + ["a.o"]).options.threadCount == count)
  }

  @Test(arguments: [
    "--lto-emit-asm", "-plugin-opt=emit-asm", "--thinlto-index-only",
    "-plugin-opt=thinlto-index-only=x", "--lto-newpm-passes=sroa", "--load-pass-plugin=x.so",
    "--lto-cs-profile-generate", "-plugin-opt=obj-path=x.o", "--thinlto-distributor=x",
    "--rsp-quoting=windows", "--chroot=/",
  ])
  func `what would change the output and is not done is an error`(word: String) {
    let error = #expect(throws: LinkError.self) { try LinkerArguments([word, "a.o"]) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("'\(word)'") == true)
  }

  @Test func `what would not change the output and is not done is a warning`() throws {
    let words = ["-plugin-opt=dwo_dir=x", "--opt-remarks-filename", "x", "a.o"]
    let arguments = try LinkerArguments(words)
    #expect(
      arguments.warnings == [
        "'-plugin-opt=dwo_dir=x' has no effect: debug information stays in the output",
        "'--opt-remarks-filename' has no effect: no optimization remarks are written",
      ]
    )
    #expect(try LinkerArguments(words + ["--quiet"]).warnings.isEmpty)
    #expect(throws: LinkError.self) { try LinkerArguments(words + ["--fatal-warnings"]) }
    #expect(try LinkerArguments(words + ["--fatal-warnings", "-w"]).warnings.isEmpty)
  }
}
