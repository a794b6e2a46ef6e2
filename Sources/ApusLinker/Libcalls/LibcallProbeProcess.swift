internal import ApusLLVM
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Asks about operations in another process, which may die of one.
///
/// The process is an executable that calls ``LibcallProbeService`` when it is started with
/// ``argument``. It is told the triple and the signatures, a line each, and answers a line each, in
/// order. Where it dies, the first signature without an answer is the culprit, and a new process goes
/// on with the next.
struct LibcallProbeProcess: Sendable {
  /// What makes an executable serve as one.
  static let argument = "--probe-libcalls"

  /// How long it may think about one operation, in milliseconds.
  private static let patience: Int32 = 30_000

  /// How many operations one process is asked about: those after one that kills it are asked again.
  private static let mostQuestions = 500

  /// The executable.
  let executable: FilePath

  /// The executable that is running, for one that serves; nil where it cannot be told.
  static var running: LibcallProbeProcess? {
    #if os(Linux)
      LibcallProbeProcess(executable: "/proc/self/exe")
    #else
      nil
    #endif
  }

  init(executable: FilePath) { self.executable = executable }

  /// The answer for each signature, in order.
  func ask(_ signatures: [IntrinsicSignature], triple: String) -> [LibcallAnswer] {
    let questions = signatures.map(\.line)
    var answers: [LibcallAnswer] = []
    while answers.count < questions.count {
      let next = questions[answers.count...].prefix(Self.mostQuestions)
      do {
        let (fresh, end) = try conversation(about: next, triple: triple)
        answers += fresh
        // The first it did not answer killed it.
        if fresh.count < next.count { answers.append(end) }
      } catch {
        // Asking again would fail again.
        let reason = LibcallAnswer.unknown("cannot run \(executable): \(error)")
        answers += Array(repeating: reason, count: questions.count - answers.count)
      }
    }
    return answers
  }

  /// What one process answers, and what to say of the first question it does not answer.
  private func conversation(
    about questions: ArraySlice<String>,
    triple: String
  ) throws(Errno) -> (answers: [LibcallAnswer], end: LibcallAnswer) {
    let child = try ChildProcess(executable, [Self.argument])
    child.write(([triple] + questions).joined(separator: "\n") + "\n")
    let output = child.read(patience: Self.patience)
    let status = child.wait()

    // A line without its end was cut short.
    var complete = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard complete.popFirst() == "apus-libcalls" else {
      return ([], .unknown("\(executable) does not answer questions (status \(status))"))
    }
    var answers: [LibcallAnswer] = []
    for line in complete.prefix(questions.count) {
      if line.hasPrefix("fatal ") {
        return (answers, LibcallAnswer(text: "!" + line.dropFirst("fatal ".count)))
      }
      if line.hasPrefix("unknown ") {
        answers.append(.unknown(String(line.dropFirst("unknown ".count))))
      } else {
        answers.append(LibcallAnswer(text: line.dropFirst("= ".count)))
      }
    }
    return (answers, .crashes)
  }
}

/// The other side: answers questions from standard input until it ends, or LLVM ends the process.
package enum LibcallProbeService {
  /// Whether a command line asks for the service.
  package static func isAskedFor(by arguments: [String]) -> Bool {
    arguments.dropFirst().first == LibcallProbeProcess.argument
  }

  /// Answers every question.
  ///
  /// - Returns: the process's status.
  package static func run() -> Int32 {
    // What crashes here is expected to.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    say("apus-libcalls\n")
    // Who asks listens only after the last question.
    var questions: [String] = []
    while let line = readLine() { questions.append(line) }
    guard let triple = questions.first else { return 1 }
    let library: LLVMLibrary
    do {
      library = try LLVMLibrary.shared()
    } catch {
      return 1
    }
    library.installFatalErrorHandler { reason in
      let words = reason.map { String(cString: $0) } ?? ""
      LibcallProbeService.say("fatal \(LibcallAnswer.impossible(words).text.dropFirst())\n")
      _exit(1)
    }
    var probe = LibcallProbe(triple: triple, library)
    for line in questions.dropFirst() {
      guard let signature = IntrinsicSignature(line: line) else {
        say("unknown the question is not understood\n")
        continue
      }
      let answer = probe.ask(signature)
      if case .unknown = answer {
        say("unknown \(answer.text.dropFirst())\n")
      } else {
        say("= \(answer.text)\n")
      }
    }
    return 0
  }

  /// Writes at once: the process may not live to flush.
  private static func say(_ text: String) {
    _ = try? FileDescriptor.standardOutput.writeAll(text.utf8)
  }
}
