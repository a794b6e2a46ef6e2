import Foundation
import SystemPackage
import Testing

@testable import ApusNativeLibrary

/// The code's view of the folder that `Scripts/setup` fills.
@Suite struct ToolchainFolderTests {
  @Test func `the embedded pins name IREE 3.9.0, with a checksum for every wheel`() {
    let pins = ToolchainPins.current
    #expect(pins.iree == "3.9.0")
    #expect(
      pins.partsInUse.map(\.name) == [
        "compiler", "runtime", "math library", "LLVM for linking", "iree-tools",
        "iree-tools for aarch64", "python",
      ]
    )
    #expect(pins.partsInUse.filter { $0.group == .needed }.map(\.name) == ["compiler", "runtime"])
    #expect(pins.debian.filter { $0.group == .needed }.map(\.name) == ["libstdc++6", "libc6-dev"])
    for package in pins.parts.flatMap(\.packages) {
      for wheel in package.wheels {
        let name = package.name.replacing("-", with: "_")
        #expect(wheel.file.hasPrefix("\(name)-\(package.version)-"))
        #expect(wheel.sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil)
      }
    }
  }

  @Test
  func
    `the newest IREE has a compiler and tools, and no runtime but what is made of a distribution`()
    throws
  {
    #expect(ToolchainPins.current.supportedVersions == ["3.9.0", "3.13.0"])
    let pins = ToolchainPins.current.choosing("3.13.0")
    #expect(pins.iree == "3.13.0")
    #expect(pins.part(named: "runtime") == nil)
    #expect(pins.setupCommand == "make setup IREE_VERSION=3.13.0")
    let versions = pins.partsInUse.filter { $0.iree != nil }.flatMap(\.packages).map(\.version)
    #expect(versions == ["3.13.0", "3.13.0", "3.13.0"])

    let folder = ToolchainFolder(at: "/e", environment: [:], pins: pins)
    #expect(folder.compilerLibrary == "/e/iree-compiler-3.13.0/lib/libIREECompiler.so")
    #expect(folder.runtimeLibrary.starts(with: "/e/iree-static-3.13.0"))
    #expect(folder.runtimeLibrary.lastComponent == "libapus-iree-runtime-shared.so")
  }

  @Test func `the embedded pins name one version of LLVM, and musl with its checksum`() throws {
    let pins = ToolchainPins.current
    #expect(pins.llvm.version == "22")
    #expect(pins.llvm.folder == "/usr/lib/llvm-22")
    let linking = pins.debian.filter { $0.group == .linking }
    #expect(linking.map(\.name) == ["libllvm22", "lld-22", "clang-22", "llvm-22-dev"])
    #expect(pins.debian.allSatisfy { ($0.library == nil) != ($0.file == nil) })

    let library = try #require(pins.part(named: "math library"))
    #expect(library.group == .linking)
    #expect(library.source?.name == "musl")
    #expect(library.source?.sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    #expect(library.build?.targets.keys.sorted() == ["aarch64", "x86_64"])
    #expect(pins.parts.filter { $0.build != nil }.map(\.name) == ["math library"])
  }

  @Test func `an explicit path is preferred to APUS_HOME, and that to the user's cache`() {
    let environment = ["APUS_HOME": "/a", "HOME": "/h"]
    #expect(ToolchainFolder(at: "/e", environment: environment).root == "/e")
    #expect(ToolchainFolder(environment: environment).root == "/a")
    #expect(ToolchainFolder(environment: ["HOME": "/h", "APUS_HOME": ""]).root == "/h/.cache/apus")
  }

  @Test func `files lie in their part's folder`() {
    let folder = ToolchainFolder(at: "/e", environment: [:])
    #expect(folder.compilerLibrary == "/e/iree-compiler-3.9.0/lib/libIREECompiler.so")
    #expect(folder.runtimeLibrary == "/e/iree-runtime-3.9.0/lib/libshortfin.so")
    #expect(folder.ireeCompile == "/e/iree-compiler-3.9.0/bin/iree-compile")
    #expect(folder.ireeLinker == "/e/iree-compiler-3.9.0/bin/iree-lld")
    #expect(
      folder.ireeTool("iree-run-module") == "/e/peers/iree-tools-3.9.0/bin/iree-run-module"
    )
    #expect(
      folder.ireeRunModuleForARM == "/e/peers/iree-tools-aarch64-3.9.0/bin/iree-run-module"
    )
    #expect(folder.python == "/e/peers/python/bin/python3")
    #expect(folder.mathLibrary(architecture: "aarch64") == "/e/libm-musl-1.2.3/aarch64/libm.a")
  }

  @Test func `where setup linked no LLVM, it and its tools lie where Debian's packages put them`() {
    let folder = ToolchainFolder(at: "/e", environment: [:])
    #expect(folder.llvmLibrary.lastComponent == "libLLVM.so.22.1")
    #expect(folder.llvmLibrary.starts(with: "/usr/lib"))
    #expect(folder.lld == "/usr/lib/llvm-22/bin/ld.lld")
    #expect(folder.clang == "/usr/lib/llvm-22/bin/clang")
    #expect(folder.llvmTool("llvm-ar") == "/usr/lib/llvm-22/bin/llvm-ar")
  }

  @Test func `APUS_LLVM and APUS_LLD name another library and another linker`() throws {
    let folder = ToolchainFolder(at: "/e", environment: [:])
    let environment = ["APUS_LLVM": "/dev/null", "APUS_LLD": "/no/such"]
    #expect(try folder.llvmLocator.locate(environment: environment) == "/dev/null")
    let error = #expect(throws: NativeLibraryError.self) {
      try folder.lldLocator.locate(environment: environment)
    }
    #expect(error?.code == .notFound)
    #expect(
      error?.description == """
        lld: the program was not found
          tried /no/such (from APUS_LLD): No such file or directory
          run 'make setup' in a checkout of Apus to install it, or set APUS_LLD to its path
        """
    )
  }

  @Test func `a part is missing before setup, and installed after it`() throws {
    let sandbox = try SetupSandbox()
    let folder = try folder(of: sandbox)
    for part in folder.pins.parts {
      #expect(part.isAvailable)
      #expect(folder.state(of: part) == .missing)
    }
    #expect(try sandbox.setUp("--peers").status == 0)
    for part in folder.pins.parts {
      #expect(folder.state(of: part) == .installed, "\(part.name)")
    }
  }

  @Test func `a part for another architecture is made of a wheel for that one`() throws {
    let sandbox = try SetupSandbox()
    let wheel = try sandbox.wheel("library")
    let name = wheel.lastPathComponent.replacing(/2_28_\w+/, with: "2_28_pdp11")
    try FileManager.default.moveItem(at: wheel, to: sandbox.registry.appending(path: name))
    try sandbox.editPins {
      let part = #""folder": "library-1.0""#
      return $0.replacing(wheel.lastPathComponent, with: name)
        .replacing(part, with: part + #", "architecture": "pdp11""#)
    }
    let folder = try folder(of: sandbox)
    let library = try #require(folder.pins.part(named: "library"))
    #expect(library.isAvailable)
    #expect(try sandbox.setUp().status == 0)
    #expect(folder.state(of: library) == .installed)
    #expect(try sandbox.setUp("--check", hasPip: false).status == 0)
  }

  @Test func `a part with a file cut short is damaged, and the file named`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)
    let folder = try folder(of: sandbox)
    let library = try #require(folder.pins.part(named: "library"))
    let file = folder.location(of: library).appending("lib").appending("library.so")
    try Data("l".utf8).write(to: URL(filePath: file.string))
    #expect(folder.state(of: library) == .damaged(file))
  }

  @Test func `a part from other wheels is outdated`() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.setUp().status == 0)
    try sandbox.editPins { $0.replacing(/"sha256": "..../, with: #""sha256": "beef"#) }
    let folder = try folder(of: sandbox)
    for part in folder.pins.parts where part.group == .needed {
      #expect(folder.state(of: part) == .outdated)
    }
  }

  @Test func `a part built with other options is outdated`() throws {
    let sandbox = try SetupSandbox()
    try sandbox.addMathLibrary()
    #expect(try sandbox.setUp().status == 0)
    let installed = try folder(of: sandbox)
    let part = try #require(installed.pins.part(named: "math library"))
    #expect(installed.state(of: part) == .installed)

    try sandbox.editPins { $0.replacing("-O1", with: "-O2") }
    let pinned = try folder(of: sandbox)
    #expect(pinned.state(of: try #require(pinned.pins.part(named: "math library"))) == .outdated)
  }

  private func folder(of sandbox: SetupSandbox) throws -> ToolchainFolder {
    let bytes = try Data(contentsOf: sandbox.root.appending(path: "pins.json"))
    return ToolchainFolder(
      at: FilePath(sandbox.home.path),
      environment: [:],
      pins: try ToolchainPins(json: [UInt8](bytes))
    )
  }
}
