import ApusTestSupport
import Testing

@testable import ApusLinker

/// The table's text, made by asking the backend.
struct TableText {
  /// The table, a line an operation.
  private(set) var text = ""

  /// Asks the backend about every operation, for every column.
  init() async throws {
    let process = LibcallProbeProcess(executable: Peers.linker)
    let columns = LibcallTable.columns
    let answers = await withTaskGroup(of: (Int, [String: LibcallAnswer]).self) { group in
      for (index, column) in columns.enumerated() {
        group.addTask {
          (index, Self.answers(for: column, process))
        }
      }
      var answers = [[String: LibcallAnswer]](repeating: [:], count: columns.count)
      for await (index, answer) in group { answers[index] = answer }
      return answers
    }
    text = Self.lines(answers).joined(separator: "\n")
  }

  /// The answers for a column, by name; those with other flags or levels only where they differ.
  private static func answers(
    for column: LibcallTable.Column,
    _ process: LibcallProbeProcess
  ) -> [String: LibcallAnswer] {
    var answers: [String: LibcallAnswer] = [:]
    func ask(_ questions: [(prefix: String, signature: IntrinsicSignature)]) {
      let given = process.ask(questions.map(\.signature), triple: column.triple)
      for (question, answer) in zip(questions, given) {
        if case .unknown(let reason) = answer {
          Issue.record("\(question.prefix)\(question.signature.name): \(reason)")
        }
        answers[question.prefix + question.signature.name] = answer
      }
    }
    let plain = CommonOperations(for: column).signatures
    ask(plain.map { ("", $0) })

    // What cannot be done is not asked again in other ways: each such answer costs a process.
    var questions: [(prefix: String, signature: IntrinsicSignature)] = []
    for signature in plain {
      guard case .calls = answers[signature.name] else { continue }
      for variant in LibcallTable.variants where signature.mayBeFast {
        var fast = signature
        fast.fastMathFlags = variant.flags
        questions.append((variant.prefix, fast))
      }
      // Vectors are taken apart alike.
      guard !signature.result.contains("<") else { continue }
      var unoptimized = signature
      unoptimized.isOptimized = false
      questions.append((LibcallTable.unoptimized, unoptimized))
    }
    ask(questions)
    return answers
  }

  private static func lines(_ columns: [[String: LibcallAnswer]]) -> [String] {
    let names = Set(columns.flatMap(\.keys))
    let variants = LibcallTable.variants.map(\.prefix)
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { name in
      // A line of its own only where it says something new; if one kind of flags does, all have one.
      let prefixes =
        variants.contains(where: name.hasPrefix) ? variants : [LibcallTable.unoptimized]
      var plain = name
      if let prefix = prefixes.first(where: name.hasPrefix) {
        plain = String(name.dropFirst(prefix.count))
        let isNew = columns.contains { column in
          prefixes.contains { column[$0 + plain].map { $0 != column[plain] } ?? false }
        }
        if !isNew { return nil }
      }
      var line = name
      var last: String?
      for column in columns {
        var text = (column[name] ?? column[plain])?.text ?? LibcallTable.noAnswer
        if text.isEmpty { text = LibcallTable.noCall }
        line += "\t" + (text == last ? "" : text)
        last = text
      }
      // Empty columns at the end say what the last one says.
      while line.hasSuffix("\t") { line.removeLast() }
      return line
    }
  }

  /// The source file.
  var source: String {
    // A raw string may hold any of LLVM's words.
    let lines = text.split(separator: "\n").map { "    \($0)\n" }.joined()
    return """
      // Made by asking LLVM 22's backends; GeneratedFileTests says how.

      extension LibcallTable {
        /// A line an operation, sorted by name.
        static let generated: StaticString = #\"""
      \(lines)    \"""#
      }

      """
  }
}

extension IntrinsicSignature {
  /// Whether fast-math flags may stand on the instruction.
  fileprivate var mayBeFast: Bool {
    let words = ["fptosi", "fptoui", "sitofp", "uitofp", "sdiv", "udiv", "srem", "urem", "mul "]
    if operation.hasPrefix("fcmp") { return operation.hasSuffix("fp128") }
    return !words.contains(where: operation.hasPrefix) && name == operation
      && !operation.hasPrefix("llvm.frexp.") && !operation.hasPrefix("llvm.mem")
      && !operation.hasPrefix("llvm.fpto")
      && !operation.hasPrefix("llvm.smul") && !operation.hasPrefix("llvm.umul")
      && !["i32", "i64", "i128"].contains(result)
  }
}
