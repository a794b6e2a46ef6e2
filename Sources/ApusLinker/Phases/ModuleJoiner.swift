internal import ApusLLVM

/// Joins modules of files to one, in the order in which they are added.
///
/// LLVM goes through the names of the destination for each module that is joined to it. Of n modules, √n
/// neighbours at a time become one first, so that n √n names are gone through, and not n².
struct ModuleJoiner {
  private let program: ModuleLinker
  private let reader: ModuleReader
  private let groupSize: Int
  private var group: Group?

  private struct Group {
    let linker: ModuleLinker
    /// The file of the last module.
    var file: InputFile
    var count = 0
  }

  /// - Parameter expectedCount: how many modules there will be, about.
  init(expectedCount: Int, _ reader: ModuleReader) throws {
    program = ModuleLinker(to: try reader.emptyModule())
    self.reader = reader
    groupSize = expectedCount > 32 ? Int(Double(expectedCount).squareRoot()) : 1
  }

  /// Adds a module of a file.
  mutating func add(_ module: IRModule, of file: InputFile) throws {
    guard groupSize > 1 else { return try program.link(module, of: file) }
    if group == nil {
      group = Group(linker: ModuleLinker(to: try reader.emptyModule()), file: file)
    }
    // Not bound to a name: the linker must be gone when the group is joined.
    try group?.linker.link(module, of: file)
    group?.file = file
    group?.count += 1
    if group?.count == groupSize { try joinGroup() }
  }

  /// All that was added.
  mutating func finish() throws(LinkError) -> IRModule {
    try joinGroup()
    return program.destination
  }

  private mutating func joinGroup() throws(LinkError) {
    guard let (module, file) = group.map({ ($0.linker.destination, $0.file) }) else { return }
    // The linker must be gone before its destination is.
    group = nil
    try program.link(module, of: file)
  }
}

extension ModuleLinker {
  fileprivate func link(_ module: IRModule, of file: InputFile) throws(LinkError) {
    do {
      try link(consuming: module)
    } catch {
      throw LinkError(.malformed, "cannot be joined to the rest: \(error)", file: file.name)
    }
  }
}
