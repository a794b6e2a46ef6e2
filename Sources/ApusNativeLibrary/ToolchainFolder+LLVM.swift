public import SystemPackage

// LLVM, its linker and its compiler come in Debian's packages, and stay where those put them. Setup links
// the archives of LLVM to a library of what Apus calls, which opens in a third of the time.

extension ToolchainFolder {
  /// LLVM, as a library: the one that setup linked, else Debian's.
  ///
  /// Debian's package of the library alone has it among the system's; the one for development also
  /// in LLVM's own folder, where other distributors put it.
  public var llvmLibrary: FilePath { llvmLibraries.first ?? debianLLVMLibraries[0] }

  /// Every library of LLVM that is there, the preferred one first.
  package var llvmLibraries: [FilePath] {
    let linked = pins.part(named: "LLVM for linking").map {
      location(of: $0).appending("libLLVM.so")
    }
    return ([linked] + debianLLVMLibraries).compactMap(\.self).filter { fileSize($0) != nil }
  }

  private var debianLLVMLibraries: [FilePath] {
    [
      FilePath("/usr/lib/\(hostArchitecture)-linux-gnu").appending(pins.llvm.library),
      FilePath(pins.llvm.folder).appending("lib").appending(pins.llvm.library),
    ]
  }

  /// LLVM's linker for ELF.
  public var lld: FilePath { llvmTool("ld.lld") }

  /// The compiler for C that belongs to LLVM.
  public var clang: FilePath { llvmTool("clang") }

  /// A tool of LLVM's, for tests: `llvm-ar`.
  public func llvmTool(_ name: String) -> FilePath {
    FilePath(pins.llvm.folder).appending("bin").appending(name)
  }

  /// Finds LLVM's library: `APUS_LLVM`, else the one that setup linked, else where Debian's package has it.
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
