import Foundation
import Testing

/// `Scripts/setup`, from outside: what it leaves in the folder, prints, and answers.
@Suite struct SetupTests {
  private let complete: Set<String> = [
    ".lock",
    "tool-1.0", "tool-1.0/stamp.json", "tool-1.0/bin", "tool-1.0/bin/tool",
    "tool-1.0/lib", "tool-1.0/lib/tool",
    "library-1.0", "library-1.0/stamp.json", "library-1.0/lib", "library-1.0/lib/library.so",
  ]

  // MARK: Installing

  @Test func `a first setup unpacks what is wanted, and leaves nothing else`() throws {
    let sandbox = try SetupSandbox()
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("installed tool: \(sandbox.home.path)/tool-1.0\n"))
    #expect(try sandbox.installed() == complete)

    let tool = sandbox.home.appending(path: "tool-1.0/bin/tool")
    #expect(try Data(contentsOf: tool) == Data(repeating: UInt8(ascii: "t"), count: 1000))
    #expect(FileManager.default.isExecutableFile(atPath: tool.path))
    let link = sandbox.home.appending(path: "tool-1.0/lib/tool")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "../bin/tool"
    )
  }

  @Test func `wheels from a folder are installed without pip, and stay where they are`() throws {
    let sandbox = try SetupSandbox()
    let wheels = try FileManager.default.contentsOfDirectory(atPath: sandbox.registry.path)
    #expect(try sandbox.setUpFromFolder().status == 0)
    #expect(try sandbox.installed() == complete)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: sandbox.registry.path) == wheels
    )
  }

  @Test func `a second setup does nothing, says so in one line, and needs no pip`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)
    let stamp = sandbox.home.appending(path: "tool-1.0/stamp.json").path
    let before = try FileManager.default.attributesOfItem(atPath: stamp)

    let outcome = try sandbox.setUp(hasPip: false)
    #expect(outcome.status == 0)
    #expect(
      outcome.output == "nothing to do: the toolchain in \(sandbox.home.path) is complete\n"
    )
    #expect(outcome.errors == "")
    let after = try FileManager.default.attributesOfItem(atPath: stamp)
    #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
  }

  @Test func `peers come only on request, among them a Python with its packages`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)
    #expect(!FileManager.default.fileExists(atPath: sandbox.home.appending(path: "peers").path))

    #expect(try sandbox.setUp("--peers").status == 0)
    #expect(try sandbox.downloads() == ["tool==1.0", "library==1.0", "module==1.0"])
    let python = sandbox.home.appending(path: "peers/python/bin/python3")
    #expect(try printedLines(python.path, "-c", "import module; print(module.answer)") == ["42"])
  }

  @Test func `parts of another version of IREE come only where that is chosen`() throws {
    let sandbox = try SetupSandbox()
    try sandbox.editPins {
      let part = #""folder": "library-1.0""#
      return $0.replacing(part, with: part + #", "iree": "2.0""#)
    }
    #expect(try sandbox.setUp().status == 0)
    #expect(try sandbox.installed() == complete.filter { !$0.hasPrefix("library") })
    #expect(try sandbox.setUp("--iree", "2.0").status == 0)
    #expect(try sandbox.installed() == complete)

    let outcome = try sandbox.setUp("--iree", "4.0")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("setup: no version 4.0 of IREE is pinned; there are: "))
    #expect(outcome.errors.hasSuffix(", 2.0\n"))
  }

  @Test func `downloaded wheels are kept on request, and can be installed from`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp("--keep-wheels").status == 0)
    let kept = sandbox.home.appending(path: "wheels")
    #expect(try FileManager.default.contentsOfDirectory(atPath: kept.path).count == 2)

    let other = try SetupSandbox()
    let outcome = try other.finish(other.startSetup(["--wheels", kept.path], hasPip: false))
    #expect(outcome.status == 0)
    #expect(try other.installed() == complete)
  }

  @Test func `quiet prints nothing, and errors all the same`() throws {
    let sandbox = try SetupSandbox()
    let failure = try sandbox.setUp("--quiet", hasPip: false)
    #expect(failure.status == 1)
    #expect(failure.output == "")
    #expect(failure.errors != "")
    for _ in 1...2 {
      let success = try sandbox.setUp("--quiet")
      #expect(success.status == 0)
      #expect(success.output == "")
      #expect(success.errors == "")
    }
  }

  // MARK: Refusing

  @Test func `a downloaded wheel with another checksum is refused, and nothing stays`() throws {
    let sandbox = try SetupSandbox()
    let wheel = try sandbox.wheel("tool")
    try Data("not the wheel that was pinned".utf8).write(to: wheel)
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix(
        "setup: refused \(wheel.lastPathComponent): its checksum is not the pinned one\n"
      )
    )
    #expect(outcome.errors.contains(/\n  pinned  [0-9a-f]{64}\n  got     [0-9a-f]{64}\n/))
    #expect(try sandbox.installed() == [".lock"])
  }

  @Test func `a given wheel with another checksum is refused, and kept`() throws {
    let sandbox = try SetupSandbox()
    let wheel = try sandbox.wheel("library")
    try Data("not the wheel that was pinned".utf8).write(to: wheel)
    let outcome = try sandbox.setUpFromFolder()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("refused library-1.0-"))
    #expect(try sandbox.installed() == complete.filter { !$0.hasPrefix("library") })
    #expect(FileManager.default.fileExists(atPath: wheel.path))
  }

  @Test func `a wheel without a wanted file is refused, and nothing stays`() throws {
    let sandbox = try SetupSandbox()
    try sandbox.editPins { $0.replacing("data/tool", with: "data/nowhere") }
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("setup: cannot unpack tool-1.0-"))
    #expect(outcome.errors.contains("data/nowhere"))
    #expect(try sandbox.installed().isDisjoint(with: ["tool-1.0", "tool-1.0.partial"]))
  }

  @Test func `a wheel that a given folder lacks is named`() throws {
    let sandbox = try SetupSandbox()
    let wheel = try sandbox.wheel("tool")
    try FileManager.default.removeItem(at: wheel)
    let outcome = try sandbox.setUpFromFolder()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "setup: \(wheel.lastPathComponent) is not in \(sandbox.registry.path)\n"
    )
  }

  @Test func `without pip, setup names the Debian package that brings it`() throws {
    let sandbox = try SetupSandbox()
    let outcome = try sandbox.setUp(hasPip: false)
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("setup: pip is missing, which downloads tool-1.0-"))
    #expect(outcome.errors.contains("apt-get install python3-pip"))
    #expect(try sandbox.installed() == [".lock"])
  }

  @Test func `a missing Debian package is named, with what needs it and the command`() throws {
    let sandbox = try SetupSandbox()
    try sandbox.editPins {
      $0.replacing("libc.so.6", with: "libnowhere.so.1").replacing("libc6", with: "libnowhere1")
    }
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        setup: libnowhere.so.1 is missing, for everything
          install it, on Debian as root: apt-get install --no-install-recommends libnowhere1

        """
    )
    #expect(try sandbox.installed() == complete)
  }

  @Test func `a package without a wheel for this machine is named`() throws {
    let sandbox = try SetupSandbox()
    try sandbox.editPins {
      $0.replacing(/(library-1.0-cp\d+-cp\d+-manylinux_2_28)_\w+/) { "\($0.output.1)_pdp11" }
    }
    let outcome = try sandbox.setUp()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix(
        "setup: the library part, for librarying: no wheel of library 1.0 is pinned for "
      )
    )
    #expect(try sandbox.installed() == complete.filter { !$0.hasPrefix("library") })
  }

  @Test(arguments: [["--wheels", "/nowhere"], ["--pins", "/nowhere"], ["--faster"]])
  func `wrong usage answers 2 and installs nothing`(arguments: [String]) throws {
    let sandbox = try SetupSandbox()
    let outcome = try sandbox.finish(sandbox.startSetup(arguments))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("usage: Scripts/setup"))
    #expect(try sandbox.installed() == [])
  }

  // MARK: Interruptions and company

  @Test func `a setup killed while it downloads is continued by the next`() throws {
    let sandbox = try SetupSandbox()
    let killed = try sandbox.startSetup(pipDelay: 0.5)
    try sandbox.wait(for: "a download") {
      try sandbox.installed().contains("downloads/temporary/half")
    }
    try killed.killAtOnce()

    // Its pip still runs. The next setup waits for that one, and uses the wheel it brings.
    #expect(try sandbox.setUp().status == 0)
    #expect(try sandbox.installed() == complete)
    #expect(try sandbox.downloads() == ["tool==1.0", "library==1.0"])
  }

  @Test func `a setup killed while it unpacks leaves no part by halves`() throws {
    let sandbox = try SetupSandbox(toolSize: 100_000_000)
    let killed = try sandbox.startSetup()
    try sandbox.wait(for: "a file being unpacked") {
      try sandbox.installed().contains("tool-1.0.partial/bin/tool")
    }
    try killed.killAtOnce()
    let left = try sandbox.installed()
    #expect(left.contains("tool-1.0.partial"))
    #expect(!left.contains("tool-1.0"))

    #expect(try sandbox.setUp().status == 0)
    #expect(try sandbox.installed() == complete)
    #expect(try sandbox.downloads() == ["tool==1.0", "library==1.0"])
  }

  @Test func `litter is removed even where nothing is to be installed`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)
    for litter in ["tool-1.0.partial/bin", "library-1.0.old.partial", "downloads/temporary"] {
      try FileManager.default.createDirectory(
        at: sandbox.home.appending(path: litter),
        withIntermediateDirectories: true
      )
    }
    #expect(try sandbox.setUp(hasPip: false).status == 0)
    #expect(try sandbox.installed() == complete)
  }

  @Test func `a wheel that was left incomplete is downloaded again`() throws {
    let sandbox = try SetupSandbox()
    let downloads = sandbox.home.appending(path: "downloads")
    try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
    let wheel = try sandbox.wheel("tool")
    try Data(contentsOf: wheel).prefix(100)
      .write(to: downloads.appending(path: wheel.lastPathComponent))
    #expect(try sandbox.setUp().status == 0)
    #expect(try sandbox.installed() == complete)
  }

  @Test func `two setups at once both succeed, and download everything once`() throws {
    let sandbox = try SetupSandbox()
    let setups = try (1...2).map { _ in try sandbox.startSetup(pipDelay: 0.3) }
    for setup in setups {
      #expect(try sandbox.finish(setup).status == 0)
    }
    #expect(try sandbox.installed() == complete)
    #expect(try sandbox.downloads() == ["tool==1.0", "library==1.0"])
  }

  // MARK: Verifying

  @Test func `check finds a changed byte that a setup overlooks`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)
    #expect(try sandbox.setUp("--check", hasPip: false).status == 0)

    let library = sandbox.home.appending(path: "library-1.0/lib/library.so")
    try (Data("L".utf8) + Data(repeating: UInt8(ascii: "l"), count: 99)).write(to: library)
    let outcome = try sandbox.setUp("--check", hasPip: false)
    #expect(outcome.status == 1)
    #expect(outcome.output == "tool: \(sandbox.home.path)/tool-1.0\n")
    #expect(
      outcome.errors
        == """
        setup: the library part, for librarying: \(library.path) is damaged
          bring it anew: rm -rf \(sandbox.home.path)/library-1.0 && Scripts/setup

        """
    )
  }

  @Test func `check installs nothing`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp("--check").status == 1)
    #expect(try sandbox.installed() == [])
  }

  @Test(arguments: ["library-1.0/lib/library.so", "library-1.0/stamp.json"])
  func `a part with a file cut short is installed again`(file: String) throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)
    try Data("l".utf8).write(to: sandbox.home.appending(path: file))
    #expect(try sandbox.setUp().output.contains("installed library"))
    #expect(try sandbox.setUp("--check").status == 0)
    #expect(try sandbox.downloads() == ["tool==1.0", "library==1.0", "library==1.0"])
  }

  @Test func `a part whose pin changed is replaced`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)

    let changed = try SetupSandbox(toolSize: 7)
    try FileManager.default.removeItem(at: changed.home)
    try FileManager.default.moveItem(at: sandbox.home, to: changed.home)
    #expect(try changed.setUp("--check").errors.contains("holds other wheels than the pinned ones"))
    let outcome = try changed.setUp()
    #expect(outcome.output.contains("installed tool"))
    #expect(!outcome.output.contains("installed library"))
    let tool = changed.home.appending(path: "tool-1.0/bin/tool")
    #expect(try Data(contentsOf: tool).count == 7)
    #expect(try changed.installed() == complete)
  }
}
