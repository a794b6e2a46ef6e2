public import ApusArtifacts
internal import ApusNativeLibrary
public import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Makes one executable of a compiled program: `apus package`.
///
/// The executable is a launcher, which is the same for every program, with the program behind it. So no
/// compiler and no linker is needed where a program is packaged.
public struct ProgramPackager: Sendable {
  /// A file of parameters, and the scope that programs ask for it under.
  public struct Parameters: Sendable {
    /// The scope; empty for none.
    public var scope: String
    var file: MappedFile

    /// - Parameters:
    ///   - path: the file: `.safetensors`, `.irpa` or `.gguf`.
    ///   - scope: the scope; empty for none.
    /// - Throws: `FileError` if the file cannot be mapped.
    public init(contentsOf path: FilePath, scope: String) throws(FileError) {
      file = try MappedFile(path)
      self.scope = scope
    }
  }

  private let launcher: MappedFile

  /// - Parameter path: the executable that runs what is behind it.
  /// - Throws: ``PackagingError`` if it is no launcher, or has a program behind it already.
  public init(launcher path: FilePath) throws(PackagingError) {
    do throws(FileError) {
      launcher = try MappedFile(path)
    } catch {
      throw PackagingError(.notFound, error.description)
    }
    do {
      _ = try ProgramPackage(contentsOf: path)
      throw PackagingError(.damaged, "the launcher '\(path)' has a program in it already")
    } catch let error as ProgramPackageError where error.code == .empty {
      try Self.checkRuntime(launcher)
    } catch let error as PackagingError {
      throw error
    } catch {
      throw PackagingError(.damaged, "'\(path)' is no launcher: \(error)")
    }
  }

  /// Finds the launcher: `APUS_LAUNCHER`, else where `make launcher` puts it.
  ///
  /// - Throws: ``PackagingError`` that says how to make it.
  public static func locateLauncher(
    architecture: String? = nil,
    environment: [String: String]
  ) throws(PackagingError) -> FilePath {
    let bundle = RuntimeBundle(architecture: architecture, environment: environment)
    do throws(NativeLibraryError) {
      return try LibraryLocator(
        library: "launcher",
        environmentVariable: "APUS_LAUNCHER",
        toolchainPath: bundle.folder.appending("bin").appending("apus-launcher"),
        noun: "program"
      ).locate(environment: environment)
    } catch {
      throw PackagingError(
        .notFound,
        "the launcher of packaged programs was not found",
        details: error.tried.map { "tried \($0)" },
        remedy:
          "run '\(ToolchainPins.current.makeCommand("launcher")) IREE_DIST=iree-dist-\(ToolchainPins.current.iree)-linux-"
          + "\(architecture ?? hostArchitecture).tar.xz' in a checkout of Apus, or set"
          + " APUS_LAUNCHER to its path"
      )
    }
  }

  /// Writes the executable.
  ///
  /// - Parameters:
  ///   - program: the compiled program.
  ///   - parameters: what is embedded with it.
  ///   - path: the executable.
  /// - Throws: `FileError`; an existing file is then as it was.
  public func package(
    _ program: VMBytecode,
    parameters: [Parameters] = [],
    to path: FilePath
  ) throws(FileError) {
    let contents =
      [ProgramPackage.Content(program: program)]
      + parameters.map { ProgramPackage.Content(parameters: $0.file, scope: $0.scope) }
    try ProgramPackage.write(contents, behind: launcher, to: path)
  }

  /// A launcher that was linked without the runtime starts nowhere but here.
  private static func checkRuntime(_ launcher: MappedFile) throws(PackagingError) {
    // A name that IREE's runtime has among its texts, and Apus has not.
    let mark = Array("embedded-elf-".utf8)
    let isLinked = launcher.withUnsafeBytes { contains($0, mark) }
    guard isLinked else {
      throw PackagingError(
        .incomplete,
        "the launcher '\(launcher.path)' was linked without IREE's runtime",
        remedy:
          "run '\(ToolchainPins.current.makeCommand("launcher")) IREE_DIST=...' in a checkout of Apus"
      )
    }
  }

  private static func contains(_ bytes: UnsafeRawBufferPointer, _ text: [UInt8]) -> Bool {
    var rest = bytes[...]
    while let first = suffix(rest, text[0]), first.count >= text.count {
      if first.starts(with: text) { return true }
      rest = first.dropFirst()
    }
    return false
  }

  /// From the first of such bytes on; byte after byte, megabytes would take seconds in debug builds.
  private static func suffix(
    _ bytes: Slice<UnsafeRawBufferPointer>,
    _ byte: UInt8
  ) -> Slice<UnsafeRawBufferPointer>? {
    let rest = UnsafeRawBufferPointer(rebasing: bytes)
    guard let base = rest.baseAddress, let found = memchr(base, CInt(byte), rest.count) else {
      return nil
    }
    return bytes[(bytes.startIndex + (UnsafeRawPointer(found) - base))...]
  }
}
