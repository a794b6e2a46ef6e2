public import ApusArtifacts
public import SystemPackage

/// A program to compile: MLIR as text or as bytecode, from a file or from memory.
public struct Source: Sendable {
  /// What diagnostics call it: the file's path, or the name it was given.
  public let name: String
  /// The program, exactly as it was given.
  public let bytes: [UInt8]

  /// Reads a file.
  ///
  /// - Throws: `FileError` if it cannot be read.
  public init(contentsOf path: FilePath) throws(FileError) {
    name = path.string
    bytes = try MappedFile(path).withUnsafeBytes { [UInt8]($0) }
  }

  /// Takes a program from memory.
  ///
  /// - Parameters:
  ///   - text: MLIR.
  ///   - name: what diagnostics call it.
  public init(_ text: String, name: String = "program.mlir") {
    self.name = name
    bytes = [UInt8](text.utf8)
  }

  /// Takes a program from memory, as text or as MLIR bytecode.
  ///
  /// - Parameters:
  ///   - bytes: MLIR.
  ///   - name: what diagnostics call it.
  public init(bytes: [UInt8], name: String = "program.mlir") {
    self.name = name
    self.bytes = bytes
  }

  /// Whether it is MLIR's bytecode, by its first bytes.
  public var isBytecode: Bool { bytes.starts(with: [0x4D, 0x4C, 0xEF, 0x52]) }

  /// Whether there is nothing to compile: IREE would make an empty program of it.
  var isBlank: Bool { bytes.allSatisfy { " \t\r\n\0".utf8.contains($0) } }
}
