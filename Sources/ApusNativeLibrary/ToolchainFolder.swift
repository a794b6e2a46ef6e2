public import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where `Scripts/setup` puts the prebuilt parts, and which of them are there.
///
/// Each part is a folder of its own, whole or absent. What Debian's packages bring lies elsewhere, and is
/// found through the same type.
///
/// ```
/// iree-compiler-3.9.0/{bin,lib}       libIREECompiler.so, iree-compile, iree-lld
/// iree-runtime-3.9.0/lib              libshortfin.so
/// libm-musl-1.2.3/{x86_64,aarch64}    libm.a, machine code and bitcode in one
/// llvm-22                             libLLVM.so, of the functions that linking calls
/// peers/iree-tools-3.9.0/bin          iree-run-module and others, to compare with
/// peers/iree-tools-aarch64-3.9.0/bin  iree-run-module, for an emulator
/// peers/python/bin                    a Python with NumPy and IREE's bindings
/// ```
public struct ToolchainFolder: Sendable {
  /// The folder itself.
  public let root: FilePath
  /// What it should hold.
  public let pins: ToolchainPins

  /// The folder at `path`, else the one `APUS_HOME` names, else `~/.cache/apus`.
  ///
  /// It need not exist.
  public init(
    at path: FilePath? = nil,
    environment: [String: String],
    pins: ToolchainPins = .current
  ) {
    self.pins = pins
    self.root = path ?? Self.root(environment: environment)
  }

  /// The folder that `APUS_HOME` names, else `~/.cache/apus`.
  package static func root(environment: [String: String]) -> FilePath {
    if let home = environment["APUS_HOME"], !home.isEmpty { return FilePath(home) }
    return userFolder(environment: environment).appending(".cache").appending("apus")
  }

  /// The folder of a part.
  public func location(of part: ToolchainPins.Part) -> FilePath {
    root.appending(FilePath(part.folder).components)
  }
}

// MARK: Files

extension ToolchainFolder {
  /// IREE's compiler, as a library: `libIREECompiler.so`.
  ///
  /// It finds `iree-lld`, which links kernels, from its own place: in `../bin`.
  public var compilerLibrary: FilePath { file("lib/libIREECompiler.so", ofPart: "compiler") }

  /// IREE's runtime, as a library: `libshortfin.so`, or where no package has one, what setup makes of IREE's
  /// distribution.
  public var runtimeLibrary: FilePath {
    guard hasInstallableRuntime else {
      return runtimeBundle(architecture: hostArchitecture).appending("lib")
        .appending("libapus-iree-runtime-shared.so")
    }
    return file("lib/libshortfin.so", ofPart: "runtime")
  }

  /// Whether a package has the runtime of the version of IREE in use as a library.
  private var hasInstallableRuntime: Bool { pins.part(named: "runtime") != nil }

  /// The command that installs the runtime of the version of IREE in use.
  package var runtimeSetupCommand: String {
    pins.setupCommand + (hasInstallableRuntime ? "" : " IREE_DIST=...")
  }

  /// The folder for what is made of IREE's distribution for a processor.
  package func runtimeBundle(architecture: String) -> FilePath {
    root.appending("iree-static-\(pins.iree)").appending(architecture)
  }

  /// IREE's compiler, as a tool.
  public var ireeCompile: FilePath { file("bin/iree-compile", ofPart: "compiler") }

  /// The linker that IREE's compiler runs to link kernels.
  public var ireeLinker: FilePath { file("bin/iree-lld", ofPart: "compiler") }

  /// A tool of IREE's runtime to compare with: `iree-run-module`.
  public func ireeTool(_ name: String) -> FilePath { file("bin/\(name)", ofPart: "iree-tools") }

  /// IREE's `iree-run-module` for aarch64, whatever this machine is.
  public var ireeRunModuleForARM: FilePath {
    file("bin/iree-run-module", ofPart: "iree-tools for aarch64")
  }

  /// A Python to compare with: it has NumPy, `ml_dtypes` and IREE's bindings.
  public var python: FilePath { file("bin/python3", ofPart: "python") }

  /// The math library for an architecture, `x86_64` or `aarch64`: an archive of fat objects, each with
  /// machine code and bitcode.
  public func mathLibrary(architecture: String) -> FilePath {
    file("\(architecture)/libm.a", ofPart: "math library")
  }

  /// glibc's vector math library, as an archive; Debian's package of the C library's headers has it.
  ///
  /// For x86-64 alone.
  public var vectorMathLibrary: FilePath { "/usr/lib/x86_64-linux-gnu/libmvec.a" }

  private func file(_ relativePath: String, ofPart name: String) -> FilePath {
    guard let part = pins.part(named: name) else {
      preconditionFailure("toolchain.json has no part '\(name)'")
    }
    return location(of: part).appending(FilePath(relativePath).components)
  }
}

// MARK: State

extension ToolchainFolder {
  /// Whether a part can be used.
  public enum PartState: Hashable, Sendable {
    /// Every file is there, made from what is pinned.
    case installed
    /// The folder is not there.
    case missing
    /// The folder was made from something else than what is pinned, or in another way.
    case outdated
    /// A file is missing or of another size than the one installed.
    case damaged(FilePath)
  }

  /// Compares what is installed with the pins: what it was made from by checksum, the files by size.
  ///
  /// `Scripts/setup --check` compares the files' checksums too.
  public func state(of part: ToolchainPins.Part) -> PartState {
    let folder = location(of: part)
    let stampPath = folder.appending("stamp.json")
    guard fileSize(folder) != nil else { return .missing }
    guard let bytes = contents(of: stampPath), let stamp = try? Stamp(json: bytes) else {
      return .damaged(stampPath)
    }
    guard stamp.wheels == part.wheels(python: stamp.python), stamp.source == part.source,
      stamp.build == part.build, stamp.link == part.link
    else { return .outdated }
    if let names = part.fileNames {
      guard Set(stamp.files.keys) == names else { return .outdated }
    }
    for (name, record) in stamp.files {
      let path = folder.appending(FilePath(name).components)
      guard fileSize(path) == record.size else { return .damaged(path) }
    }
    if part.kind == .python {
      let interpreter = folder.appending("bin").appending("python3")
      guard fileSize(interpreter) != nil else { return .damaged(interpreter) }
    }
    return .installed
  }

  /// What `Scripts/setup` wrote into a part's folder when everything else was in it.
  private struct Stamp: Decodable {
    var python: String?
    var wheels: [String: String]
    var source: ToolchainPins.Source?
    var build: ToolchainPins.Build?
    var link: ToolchainPins.Link?
    var files: [String: FileRecord]
  }

  /// A file's size and SHA-256, written as an array of the two.
  private struct FileRecord: Decodable {
    var size: Int

    init(from decoder: any Decoder) throws {
      var fields = try decoder.unkeyedContainer()
      size = try fields.decode(Int.self)
    }
  }
}

// MARK: The file system

private func userFolder(environment: [String: String]) -> FilePath {
  if let home = environment["HOME"], !home.isEmpty {
    return FilePath(home)
  }
  guard let user = getpwuid(getuid()) else { return "/" }
  return FilePath(platformString: user.pointee.pw_dir)
}

/// The size of what `path` leads to; nil where it leads nowhere.
func fileSize(_ path: FilePath) -> Int? {
  var status = stat()
  return path.withPlatformString { stat($0, &status) } == 0 ? Int(status.st_size) : nil
}

private func contents(of path: FilePath) -> [UInt8]? {
  guard let size = fileSize(path), let file = try? FileDescriptor.open(path, .readOnly) else {
    return nil
  }
  defer { try? file.close() }
  let bytes = try? [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
  }
  return bytes
}
