public import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A compiled program: the bytes of an IREE VM module, as in a `.vmfb` file.
///
/// The bytes are immutable and shared; copies of the value cost nothing. A file is mapped, not read.
/// They hold machine code, so running them means trusting whoever made them.
public struct VMBytecode: Sendable {
  private enum Storage: Sendable {
    case mapped(MappedFile)
    case memory(AlignedBytes)
  }

  private let storage: Storage

  /// Where the bytes come from: a path, or what the caller called them.
  ///
  /// For messages.
  public let name: String

  /// Maps a file.
  ///
  /// - Throws: ``FileError`` if the file cannot be opened or is empty.
  public init(contentsOf path: FilePath) throws(FileError) {
    try self.init(contentsOf: path, name: path.string)
  }

  /// As ``init(contentsOf:)``, under a name of the caller's.
  package init(contentsOf path: FilePath, name: String) throws(FileError) {
    self.init(try MappedFile(path), name: name)
  }

  /// Takes a file that is mapped already.
  package init(_ file: MappedFile, name: String) {
    storage = .mapped(file)
    self.name = name
  }

  /// Takes bytes from memory; one copy is made, because the runtime wants them aligned.
  ///
  /// - Parameters:
  ///   - bytes: a module, as in a `.vmfb` file.
  ///   - name: what messages call the program.
  public init(_ bytes: [UInt8], name: String = "program") {
    self = bytes.withUnsafeBytes { VMBytecode(copying: $0, name: name) }
  }

  /// As ``init(_:name:)``, from memory that somebody else owns.
  package init(copying bytes: UnsafeRawBufferPointer, name: String) {
    storage = .memory(AlignedBytes(copying: bytes))
    self.name = name
  }

  /// How many bytes there are.
  public var count: Int { unsafeEscapingBytes.count }

  /// A copy of the bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Writes the bytes to a file, whole or not at all.
  ///
  /// - Throws: ``FileError``; an existing file is then as it was.
  public func write(to path: FilePath) throws(FileError) {
    let result = withUnsafeBytes { bytes in
      Result { () throws(FileError) in try writeAtomically(bytes, to: path) }
    }
    try result.get()
  }

  /// Lends the bytes, which begin at a multiple of 64.
  package func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(storage) { try body(unsafeEscapingBytes) }
  }

  /// The bytes, for callers that keep the value as long as the pointer is used.
  package var unsafeEscapingBytes: UnsafeRawBufferPointer {
    switch storage {
    case .mapped(let file): file.unsafeEscapingBytes
    case .memory(let memory): memory.unsafeEscapingBytes
    }
  }
}

extension VMModuleDescription {
  /// Reads what a compiled program says of itself.
  ///
  /// Nothing of the program is run.
  ///
  /// - Throws: ``VMBytecodeError`` if the bytes are not a module, or of a version that cannot be read.
  public init(_ bytecode: VMBytecode) throws(VMBytecodeError) {
    let result = bytecode.withUnsafeBytes { bytes in
      Result { () throws(VMBytecodeError) in try VMModuleDescription(bytes) }
    }
    self = try result.get()
  }
}

/// Immutable bytes at an address that is a multiple of 64, as the runtime's loader requires.
private final class AlignedBytes: Sendable {
  /// Proof of safety: written before the object is shared, only read afterwards, freed with it.
  nonisolated(unsafe) let unsafeEscapingBytes: UnsafeRawBufferPointer

  init(copying bytes: UnsafeRawBufferPointer) {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: bytes.count,
      alignment: 64
    )
    memory.copyMemory(from: bytes)
    unsafeEscapingBytes = UnsafeRawBufferPointer(memory)
  }

  deinit {
    unsafeEscapingBytes.deallocate()
  }
}
