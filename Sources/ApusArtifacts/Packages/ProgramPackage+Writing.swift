package import SystemPackage

extension ProgramPackage {
  /// A file to be put into a package.
  package struct Content: Sendable {
    var kind: Kind
    var name: String
    var scope: String
    var piece: FilePiece

    /// A file of parameters.
    package init(parameters file: MappedFile, scope: String) {
      kind = .parameters
      name = file.path.lastComponent?.string ?? file.path.string
      self.scope = scope
      piece = .file(file)
    }

    /// A compiled program.
    package init(program: VMBytecode) {
      kind = .program
      name = FilePath(program.name).lastComponent?.string ?? program.name
      scope = ""
      piece = .bytecode(program)
    }
  }

  /// Writes a package: an executable file.
  ///
  /// - Parameters:
  ///   - contents: what is put into it.
  ///   - launcher: an executable that runs what is behind it.
  ///   - path: the file.
  /// - Throws: `FileError`; an existing file is then as it was.
  package static func write(
    _ contents: [Content],
    behind launcher: MappedFile,
    to path: FilePath
  ) throws(FileError) {
    var pieces: [FilePiece] = [.file(launcher)]
    var offset = launcher.count
    func padding() -> FilePiece {
      let count = (alignment - offset % alignment) % alignment
      offset += count
      return .bytes(.init(repeating: 0, count: count))
    }
    var entries: [Entry] = []
    for content in contents {
      pieces.append(padding())
      entries.append(
        Entry(
          kind: content.kind,
          name: content.name,
          scope: content.scope,
          offset: offset,
          count: content.piece.count,
          checksum: content.piece.withUnsafeBytes(CRC32.checksum)
        )
      )
      pieces.append(content.piece)
      offset += content.piece.count
    }
    pieces.append(.bytes(PackageDirectory.bytes(of: entries, at: offset)))
    try writeAtomically(pieces, to: path, isExecutable: true)
  }
}
