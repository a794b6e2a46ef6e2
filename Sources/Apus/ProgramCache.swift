public import ApusArtifacts
public import ApusCompiler
internal import ApusNativeLibrary
internal import Crypto
internal import Foundation
public import SystemPackage

/// Compiled programs, kept on disk between runs.
///
/// A program is found again by its content, the compiler's options and version, the installed math
/// libraries, and, where it was compiled for this machine's CPU, by that CPU. Each carries a checksum: one
/// that was damaged is compiled again instead of run. The folder may be deleted at any time.
///
/// Thread-safe, and safe to use from several processes at once: entries appear whole or not at all.
public struct ProgramCache: Sendable {
  /// Where the programs are.
  public let folder: FilePath

  /// A cache in a folder, which is made when it is needed.
  ///
  /// - Parameter folder: nil for the user's: what `APUS_PROGRAM_CACHE` names, else `$APUS_HOME/programs`,
  ///   else `~/.cache/apus/programs`.
  public init(folder: FilePath? = nil) {
    self.folder = folder ?? Self.usersFolder(ProcessInfo.processInfo.environment)
  }

  private static func usersFolder(_ environment: [String: String]) -> FilePath {
    if let folder = environment["APUS_PROGRAM_CACHE"], !folder.isEmpty { return FilePath(folder) }
    return ToolchainFolder(environment: environment).root.appending("programs")
  }

  /// The compiled program, from the cache if it is there, else compiled and kept.
  ///
  /// A cache that cannot be written to does not stop anything; the program is then not kept.
  ///
  /// - Throws: `CompilerError` with the diagnostics; `NativeLibraryError` if IREE's compiler library
  ///   is needed and cannot be used.
  public func bytecode(of source: Source, compiler: Compiler) async throws -> VMBytecode {
    let entry = Entry(key: Self.key(source, compiler.options), in: folder)
    if let bytecode = entry.read(name: source.name) { return bytecode }
    let bytecode = try await compiler.compile(source).bytecode
    try? entry.write(bytecode)
    return bytecode
  }

  /// What tells one compiled program from another: everything the compiler's output depends on.
  private static func key(_ source: Source, _ options: CompilerOptions) -> String {
    var hash = SHA256()
    let usesHostCPU = options.targetCPU == "host" && options.targetTriple == nil
    let facts =
      [
        "apus program 16", ToolchainPins.current.iree, hostArchitecture,
        usesHostCPU ? hostCPU : "", options.math.rawValue, "\(options.matmulKernels)", source.name,
      ] + options.mathLibraries.map(version) + options.flags
    for fact in facts {
      // The length keeps two lists that read the same when joined apart.
      hash.update(data: Data("\(fact.utf8.count):\(fact)\n".utf8))
    }
    hash.update(data: source.bytes)
    return hash.finalize().hexadecimal
  }

  /// A file's size and when it was written.
  private static func version(of file: FilePath) -> String {
    let facts = try? FileManager.default.attributesOfItem(atPath: file.string)
    let written = (facts?[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
    return "\(facts?[.size] as? Int ?? 0) \(written)"
  }

  /// The CPU's model and features, so that a home folder can be shared by different machines.
  private static let hostCPU: String = {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let fields = ["model name", "flags", "CPU implementer", "CPU part", "Features"]
    return fields.compactMap { field in
      text.split(separator: "\n").first { $0.hasPrefix(field) }.map(String.init)
    }.joined(separator: "\n")
  }()

  /// One program: its bytes, and beside them their checksum, which is written last.
  private struct Entry {
    let folder: FilePath
    let program: FilePath
    let checksum: FilePath

    init(key: String, in folder: FilePath) {
      self.folder = folder
      program = folder.appending("\(key).vmfb")
      checksum = folder.appending("\(key).sha256")
    }

    func read(name: String) -> VMBytecode? {
      guard let bytecode = try? VMBytecode(contentsOf: program, name: name),
        let expected = try? String(contentsOfFile: checksum.string, encoding: .utf8)
      else { return nil }
      return Self.checksum(bytecode) == expected ? bytecode : nil
    }

    func write(_ bytecode: VMBytecode) throws {
      try FileManager.default.createDirectory(
        atPath: folder.string,
        withIntermediateDirectories: true
      )
      try bytecode.write(to: program)
      var text = Self.checksum(bytecode)
      try text.withUTF8 { try writeAtomically(UnsafeRawBufferPointer($0), to: checksum) }
    }

    private static func checksum(_ bytecode: VMBytecode) -> String {
      bytecode.withUnsafeBytes { bytes in
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        return hash.finalize().hexadecimal
      }
    }
  }
}

extension SHA256.Digest {
  fileprivate var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
