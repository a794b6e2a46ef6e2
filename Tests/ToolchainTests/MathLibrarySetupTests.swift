import Foundation
import Testing

/// How `Scripts/setup` builds the math library, on a tiny one.
@Suite struct MathLibrarySetupTests {
  private func sandbox() throws -> SetupSandbox {
    let sandbox = try SetupSandbox()
    try sandbox.addMathLibrary()
    return sandbox
  }

  @Test func `it is built for each target out of its source package, and nothing else is left`()
    throws
  {
    let sandbox = try sandbox()
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("installed math library: \(sandbox.home.path)/libm-1.0\n"))
    let files = try sandbox.installed().filter { $0.hasPrefix("libm") || $0 == "downloads" }
    #expect(
      files == [
        "libm-1.0", "libm-1.0/stamp.json", "libm-1.0/COPYRIGHT",
        "libm-1.0/x86_64", "libm-1.0/x86_64/libm.a",
        "libm-1.0/aarch64", "libm-1.0/aarch64/libm.a",
      ]
    )
    #expect(
      try sandbox.aptCommands() == ["update", "source --download-only --tar-only musl"]
    )
  }

  @Test func `objects hold machine code and bitcode, except what an architecture has in assembly`()
    throws
  {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    for (architecture, fat) in [
      ("x86_64", ["one.o", "three.o"]), ("aarch64", ["one.o", "three.o", "two.o"]),
    ] {
      let library = sandbox.mathLibrary(architecture).path
      let sections = try ArchiveListing(readingWithBinutils: library)
      #expect(sections.members == ["one.o", "three.o", "two.o"])
      #expect(sections.members(with: ".llvm.lto") == fat)
      #expect(sections.members(with: ".text") == sections.members)
      #expect(
        sections.index == ["extra": "one.o", "one": "one.o", "three": "three.o", "two": "two.o"]
      )
    }
  }

  @Test func `it is the same, byte for byte, wherever it is built`() throws {
    let (first, second) = (try sandbox(), try sandbox())
    for sandbox in [first, second] { #expect(try sandbox.setUp().status == 0) }
    for architecture in ["x86_64", "aarch64"] {
      #expect(
        try Data(contentsOf: first.mathLibrary(architecture))
          == Data(contentsOf: second.mathLibrary(architecture))
      )
    }
  }

  @Test func `a second setup builds nothing and asks apt-get for nothing`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    let commands = try sandbox.aptCommands()
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 0)
    #expect(
      outcome.output == "nothing to do: the toolchain in \(sandbox.home.path) is complete\n"
    )
    #expect(try sandbox.aptCommands() == commands)
  }

  @Test func `a source archive with another checksum is refused before it is unpacked`() throws {
    let sandbox = try sandbox()
    let archive = sandbox.registry.appending(path: "musl_1.0.orig.tar.gz")
    try (Data(contentsOf: archive) + Data("!".utf8)).write(to: archive)
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix(
        "setup: refused musl_1.0.orig.tar.gz: its checksum is not the pinned one\n"
      )
    )
    #expect(try sandbox.installed().filter { $0.hasPrefix("libm") } == [])
  }

  @Test func `a source archive from a folder is built without apt-get`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUpFromFolder().status == 0)
    #expect(FileManager.default.fileExists(atPath: sandbox.mathLibrary("x86_64").path))
    #expect(try sandbox.aptCommands() == [])
  }

  @Test func `a downloaded source archive is kept on request`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp("--keep-wheels").status == 0)
    #expect(try sandbox.installed().contains("wheels/musl_1.0.orig.tar.gz"))
  }

  @Test func `without apt-get, the archive to bring is named`() throws {
    let sandbox = try sandbox()
    try FileManager.default.removeItem(at: sandbox.root.appending(path: "path/apt-get"))
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        setup: apt-get is missing, which downloads musl_1.0.orig.tar.gz
          on a machine without a network, bring musl_1.0.orig.tar.gz and give --wheels DIR

        """
    )
  }

  @Test func `a release with another version of the source package is told`() throws {
    let sandbox = try sandbox()
    try sandbox.editPins { $0.replacing("musl_1.0", with: "musl_0.9") }
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix(
        "setup: apt-get brought no musl_0.9.orig.tar.gz: this release of Debian has another version"
      )
    )
  }

  @Test func `without its compiler it is left out, and named; the rest is installed`() throws {
    let sandbox = try sandbox()
    try sandbox.editPins { $0.replacing(/"compiler": "[^"]+"/, with: #""compiler": "/no/clang""#) }
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "setup: the math library part, for linking math: /no/clang is missing\n"
    )
    #expect(try sandbox.installed().contains("tool-1.0/bin/tool"))
    #expect(try sandbox.installed().filter { $0.hasPrefix("libm") } == [])
  }

  @Test(arguments: [
    ("-nostdinc", "-fno-such-option", "setup: cannot build the math library: "),
    ("-ffat-lto-objects", "-Wall", "put no bitcode into the object of src/math/"),
    ("-nostdinc", "-Dthree=four", "the math library lacks what <math.h> declares: three\n"),
  ])
  func `what is built wrong is not installed`(flag: String, other: String, complaint: String) throws
  {
    let sandbox = try sandbox()
    try sandbox.editPins { $0.replacing(flag, with: other) }
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
    #expect(try sandbox.installed().filter { $0.hasPrefix("libm") } == [])
  }

  @Test func `it is built anew when it is pinned to be built in another way`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    try sandbox.editPins { $0.replacing("-O1", with: "-O2") }
    #expect(
      try sandbox.setUp("--check").errors.contains(
        "libm-1.0 was built from other sources or in another way than pinned"
      )
    )
    let outcome = try sandbox.setUp()
    #expect(outcome.output.contains("installed math library"))
    #expect(!outcome.output.contains("installed tool"))
    #expect(try sandbox.setUp("--check").status == 0)
  }

  @Test func `check finds a changed byte in it`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.setUp().status == 0)
    let library = sandbox.mathLibrary("aarch64")
    var bytes = try Data(contentsOf: library)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: library)
    #expect(try sandbox.setUp("--check").errors.contains("\(library.path) is damaged"))
  }
}
