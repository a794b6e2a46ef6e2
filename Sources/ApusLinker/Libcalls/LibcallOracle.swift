internal import ApusLLVM
internal import ApusMath
internal import SystemPackage

/// Knows what the backend calls for an operation.
///
/// From the table that comes with the linker, else from the cache of what was asked before, else
/// from the backend. The answers are for one triple.
final class LibcallOracle {
  /// The triple.
  let triple: String
  private let version: LLVMLibrary.Version
  private let cache: LibcallCache?
  private let process: LibcallProbeProcess?
  private var remembered: [IntrinsicSignature: LibcallAnswer] = [:]
  private var hasReadCache = false
  private var tables: [CodeTarget: LibcallTable?] = [:]
  private let usesTable: Bool

  /// How many operations the backend was asked about.
  private(set) var probeCount = 0

  /// An oracle for a triple.
  ///
  /// - Parameters:
  ///   - version: the version of LLVM that generates the code.
  ///   - cacheFolder: where answers are remembered; nil for nowhere.
  ///   - process: how the backend is asked; nil for not at all.
  ///   - usesTable: whether the table that comes with the linker is believed.
  init(
    triple: String,
    version: LLVMLibrary.Version,
    cacheFolder: FilePath? = LibcallCache.defaultFolder,
    process: LibcallProbeProcess?,
    usesTable: Bool = true
  ) {
    self.triple = triple
    self.version = version
    cache = cacheFolder.map {
      LibcallCache(folder: $0, version: version.description, triple: triple)
    }
    self.process = process
    self.usesTable = usesTable && version.major == LibcallTable.version
  }

  /// What the backend calls for each operation.
  func answers(
    for signatures: some Sequence<IntrinsicSignature>
  ) -> [IntrinsicSignature: LibcallAnswer] {
    var answers: [IntrinsicSignature: LibcallAnswer] = [:]
    var questions: [IntrinsicSignature] = []
    for signature in signatures where answers[signature] == nil {
      if let answer = knownAnswer(signature) {
        answers[signature] = answer
      } else {
        questions.append(signature)
        // Asked once, however often it occurs.
        answers[signature] = .unknown("there is no process to ask")
      }
    }
    for (signature, answer) in ask(questions) { answers[signature] = answer }
    return Dictionary(
      uniqueKeysWithValues: answers.map { ($0, checked($1, for: $0)) }
    )
  }

  private func knownAnswer(_ signature: IntrinsicSignature) -> LibcallAnswer? {
    if let answer = remembered[signature] { return answer }
    if usesTable, let answer = table(for: signature.target)?.answer(signature) { return answer }
    if !hasReadCache {
      hasReadCache = true
      if let cache { remembered.merge(cache.read()) { own, _ in own } }
    }
    return remembered[signature]
  }

  private func table(for target: CodeTarget) -> LibcallTable? {
    if let table = tables[target] { return table }
    let table = LibcallTable(triple: triple, target)
    tables[target] = .some(table)
    return table
  }

  private func ask(_ questions: [IntrinsicSignature]) -> [IntrinsicSignature: LibcallAnswer] {
    guard let process, !questions.isEmpty else { return [:] }
    probeCount += questions.count
    let answers = Dictionary(
      uniqueKeysWithValues: zip(questions, process.ask(questions, triple: triple))
    )
    remembered.merge(answers) { _, new in new }
    cache?.add(answers)
    return answers
  }

  // MARK: What LLVM gets wrong

  /// Refuses a call of a function of another type.
  ///
  /// On x86 with another C library than glibc LLVM calls `sinl` for 128 bits. C's `long double` has 80
  /// there, and is passed differently: the program would compute nonsense, and nothing would say so.
  private func checked(
    _ answer: LibcallAnswer,
    for signature: IntrinsicSignature
  ) -> LibcallAnswer {
    guard triple.hasPrefix("x86_64") || triple.hasPrefix("i"), signature.involves("fp128"),
      !signature.involves("x86_fp80")
    else { return answer }
    let wrong = answer.names.first { name in
      MathFunction.named(inC: name, longDouble: .x86FP80)?.type == .x86FP80
    }
    guard let wrong else { return answer }
    return .impossible(
      "LLVM would call '\(wrong)', which takes the x87's 80-bit long double on \(triple), "
        + "with a number of 128 bits"
    )
  }
}

extension IntrinsicSignature {
  /// Whether a type occurs in the operation.
  fileprivate func involves(_ type: String) -> Bool {
    if result.contains(type) { return true }
    return operands.contains { operand in
      switch operand {
      case .variable(let text), .constant(let text): text.contains(type)
      }
    }
  }
}
