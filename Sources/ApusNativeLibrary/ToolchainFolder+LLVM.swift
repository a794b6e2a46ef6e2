public import SystemPackage

// LLVM, its linker and its compiler come in Debian's packages, and stay where those put them.

extension ToolchainFolder {
  /// LLVM, as a library.
  ///
  /// Debian's package of the library alone has it among the system's; the one for development also
  /// in LLVM's own folder, where other distributors put it.
  public var llvmLibrary: FilePath {
    let candidates = [
      FilePath("/usr/lib/\(hostArchitecture)-linux-gnu").appending(pins.llvm.library),
      FilePath(pins.llvm.folder).appending("lib").appending(pins.llvm.library),
    ]
    return candidates.first { fileSize($0) != nil } ?? candidates[0]
  }

  /// LLVM's linker for ELF.
  public var lld: FilePath { llvmTool("ld.lld") }

  /// The compiler for C that belongs to LLVM.
  public var clang: FilePath { llvmTool("clang") }

  /// A tool of LLVM's, for tests: `llvm-ar`.
  public func llvmTool(_ name: String) -> FilePath {
    FilePath(pins.llvm.folder).appending("bin").appending(name)
  }

  /// Finds LLVM's library: `APUS_LLVM`, else where Debian's package has it.
  package var llvmLocator: LibraryLocator {
    LibraryLocator(
      library: "LLVM",
      environmentVariable: "APUS_LLVM",
      toolchainPath: llvmLibrary
    )
  }

  /// Finds LLVM's linker: `APUS_LLD`, else where Debian's package has it.
  package var lldLocator: LibraryLocator {
    LibraryLocator(
      library: "lld",
      environmentVariable: "APUS_LLD",
      toolchainPath: lld,
      noun: "program"
    )
  }
}
