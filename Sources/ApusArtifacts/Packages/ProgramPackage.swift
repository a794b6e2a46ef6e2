package import SystemPackage

/// An executable with a compiled program, and parameters, behind its own bytes.
///
/// ```
/// the launcher: an executable that runs what follows it
/// a program, or parameters: each begins at a multiple of 65,536, so that every system can map it
/// the directory: for each of them its kind, checksum, place, name and scope
/// the trailer: 32 bytes, where the directory is, its checksum, "APUSPACK"
/// ```
///
/// All numbers are little-endian. A system loads an executable by what its beginning says, and takes no
/// notice of what is behind it.
package struct ProgramPackage: Sendable {
  /// What an entry is.
  package enum Kind: UInt32, Sendable {
    /// A compiled program, a `.vmfb`.
    case program = 1
    /// A file of parameters.
    case parameters = 2
  }

  /// A file in the package.
  package struct Entry: Hashable, Sendable {
    /// What it is.
    package var kind: Kind
    /// What it was called.
    package var name: String
    /// The scope of parameters.
    package var scope: String
    /// Where it begins.
    package var offset: Int
    /// Its size.
    package var count: Int
    /// Its checksum.
    package var checksum: UInt32
  }

  /// The package's file.
  package let path: FilePath
  /// What is in it, in order.
  package let entries: [Entry]

  /// What entries begin at a multiple of: the largest page that a supported system has.
  static let alignment = 65_536
  static let magic = Array("APUSPACK".utf8)
  static let trailerSize = 32
  static let version: UInt32 = 1

  /// Finds what is in a package.
  ///
  /// - Throws: ``ProgramPackageError`` if it is none, or was cut or damaged; `FileError` if the file
  ///   cannot be read.
  package init(contentsOf path: FilePath) throws {
    let file = try MappedFile(path)
    entries = try file.withUnsafeBytes { bytes in
      try PackageDirectory(in: bytes).entries
    }
    self.path = path
  }

  /// Maps an entry; its checksum is compared if asked for, which reads all of it.
  ///
  /// - Throws: `FileError`; ``ProgramPackageError`` if the bytes are not those that were packaged.
  package func map(_ entry: Entry, verifying: Bool) throws -> MappedFile {
    let file = try MappedFile(path, offset: entry.offset, count: entry.count, named: entry.name)
    if verifying, file.withUnsafeBytes(CRC32.checksum) != entry.checksum {
      throw ProgramPackageError(
        .damaged,
        "'\(entry.name)', which is embedded in it, was damaged: its checksum is another"
      )
    }
    return file
  }
}

/// A package that is none, or not whole.
package struct ProgramPackageError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  package enum Code: Sendable {
    /// It is an executable with nothing behind it.
    case empty
    /// Something is behind the executable, without the package's end.
    case cut
    /// What is there is not what was packaged.
    case damaged
    /// It was made by another version of Apus.
    case unknownVersion
  }

  /// What went wrong.
  package var code: Code
  /// What is wrong, about "the program" that is read.
  package var description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
