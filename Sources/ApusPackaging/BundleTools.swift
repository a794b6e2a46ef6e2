internal import ApusArtifacts
internal import ApusNativeLibrary
internal import SystemPackage

/// The linker, and what edits symbols: both of the LLVM that linking needs anyway, or GNU's.
struct BundleTools {
  private let linker: Tool
  private let objcopy: Tool
  private let isLLVM: Bool

  init(environment: [String: String]) throws(PackagingError) {
    let toolchain = ToolchainFolder(environment: environment)
    do throws(NativeLibraryError) {
      linker = Tool(name: "ld.lld", path: try toolchain.lldLocator.locate(environment: environment))
    } catch {
      throw PackagingError(.toolFailed, error.description)
    }
    // Debian has LLVM's in a package that linking does not need.
    let own = toolchain.llvmTool("llvm-objcopy")
    isLLVM = isRegularFile(own)
    objcopy = isLLVM ? Tool(name: "llvm-objcopy", path: own) : Tool(name: "objcopy")
  }

  /// Links the members that `functions` need into one relocatable object.
  func join(
    _ archives: [FilePath],
    into object: FilePath,
    needing functions: [String]
  ) async throws(PackagingError) {
    try await linker.run(
      ["-r", "-o", object.string]
        + functions.flatMap { ["--undefined", $0] }
        + ["--start-group"] + archives.map(\.string) + ["--end-group"],
      because: "to join the distribution's archives"
    )
  }

  /// Makes every other symbol the object's own.
  func hideOthers(
    than functions: [String],
    in object: FilePath,
    _ scratch: FilePath
  ) async throws(PackagingError) {
    let list = try write(functions, to: scratch.appending("functions.txt"))
    try await objcopy.run(
      ["--keep-global-symbols=\(list)", object.string],
      because: "to hide the runtime's own symbols"
    )
  }

  /// Links the object as a shared library, in which IREE's hidden symbols are visible.
  func share(
    _ object: FilePath,
    as library: FilePath,
    exporting functions: [String],
    _ scratch: FilePath
  ) async throws(PackagingError) {
    guard isLLVM else {
      throw PackagingError(
        .toolFailed,
        "llvm-objcopy is needed to make a shared library, and is not there",
        remedy: "apt-get install llvm-\(ToolchainPins.current.llvm.version)"
      )
    }
    let visible = scratch.appending("visible.o")
    let list = try write(functions, to: scratch.appending("functions.txt"))
    try await objcopy.run(
      ["--set-symbols-visibility=\(list)=default", object.string, visible.string],
      because: "to show the runtime's functions"
    )
    try await linker.run(
      [
        "-shared", "--gc-sections", "--hash-style=gnu", "-z", "now", "--build-id=sha1",
        "-soname", "libapus-iree-runtime-shared.so", "-o", library.string, visible.string,
      ],
      because: "to make a shared library"
    )
  }

  private func write(_ lines: [String], to path: FilePath) throws(PackagingError) -> FilePath {
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    do throws(FileError) {
      try writeAtomically([.bytes(bytes)], to: path, isExecutable: false)
    } catch {
      throw PackagingError(.toolFailed, error.description)
    }
    return path
  }
}
