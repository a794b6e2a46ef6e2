/// A file, or a member of an archive, that is part of the link.
///
/// Not thread-safe; used by one link.
final class InputFile {
  /// What of it is linked.
  enum Content {
    /// Bitcode, a module each: optimised together with all other bitcode.
    case bitcode([FileSlice])
    /// Machine code, given to lld.
    case machineCode(ELFObject)
  }

  /// Where it came from.
  enum Origin: Hashable {
    /// The command line, or a linker script named there: the place among the items.
    case commandLine(item: Int)
    /// An archive: the place among the archives, and the member's.
    case archive(Int, member: Int)
  }

  /// Its place among the files, in the order they became part of the link.
  let id: Int
  let contents: FileSlice
  let content: Content
  let origin: Origin
  let symbols: [InputSymbol]
  /// In which round of the link it was added: 0 until code was first generated.
  let round: Int
  /// Whether it is part of a library of functions that the backend may call, or of what those need.
  let isLibraryCode: Bool
  /// What made it part of the link; nil for what the command line names.
  let extraction: Extraction?

  init(
    id: Int,
    contents: FileSlice,
    content: Content,
    origin: Origin,
    symbols: [InputSymbol],
    round: Int,
    isLibraryCode: Bool,
    extraction: Extraction?
  ) {
    self.id = id
    self.contents = contents
    self.content = content
    self.origin = origin
    self.symbols = symbols
    self.round = round
    self.isLibraryCode = isLibraryCode
    self.extraction = extraction
  }

  /// What messages call it: `a.o`, `libm.a(sin.o)`.
  var name: String { contents.name }

  /// Whether it is one module of bitcode.
  var isOneModule: Bool {
    if case .bitcode(let modules) = content { modules.count == 1 } else { false }
  }

  /// Whether it is optimised before it is linked.
  var isBitcode: Bool {
    if case .bitcode = content { true } else { false }
  }

  /// The machine code that stands for it; nil for bitcode.
  var machineCode: FileSlice? {
    if case .machineCode(let object) = content { object.contents } else { nil }
  }

  /// Whether it was a member of an archive.
  var isArchiveMember: Bool {
    if case .archive = origin { true } else { false }
  }
}

/// Why a member is part of the link.
struct Extraction: Hashable, Sendable {
  /// The symbol it was extracted for.
  var symbol: String
  /// What refers to it.
  var reference: Reference
}

/// A place that refers to a symbol.
struct Reference: Hashable, Sendable {
  /// The file, or `the command line`.
  var file: String
  /// The function, where it is known.
  var function: String?
  /// The intrinsic or instruction that becomes a call of the symbol; nil for a reference by name.
  var intrinsic: String?
  /// Whether the backend might call it: nothing is wrong if nobody defines it.
  var isLibcall = false
  /// Whether it showed in the object that code generation made.
  var isFromCodeGeneration = false
  /// Whether it is machine code that refers to it, where inlining is out of the question.
  var isMachineCode = false
}

extension Reference: CustomStringConvertible {
  /// `llvm.sin.f64 in function f of a.o`.
  var description: String {
    if isFromCodeGeneration {
      return "code generated" + (function.map { " for function '\($0)'" } ?? "")
    }
    return switch (intrinsic, function) {
    case (let intrinsic?, let function?): "\(intrinsic) in function '\(function)' of \(file)"
    case (let intrinsic?, nil): "\(intrinsic) in \(file)"
    case (nil, let function?): "function '\(function)' of \(file)"
    case (nil, nil): file
    }
  }
}
