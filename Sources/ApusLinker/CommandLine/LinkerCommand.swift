/// A linker's command line, carried out: what `apus link` and `apus-ld` have in common.
public struct LinkerCommand: Sendable {
  /// What is left to do for whoever was called: print, and exit.
  public struct Outcome: Sendable {
    /// 0 done, 1 failed, 2 wrong usage.
    public var status: Int32
    /// For standard output.
    public var output = ""
    /// For standard error.
    public var errors = ""
  }

  /// The name that messages begin with.
  public var name: String

  /// A command of that name.
  public init(name: String) { self.name = name }

  /// Links as the arguments say.
  public func run(_ arguments: [String]) -> Outcome {
    let parsed: LinkerArguments
    do {
      parsed = try LinkerArguments(arguments)
    } catch {
      return failure(error)
    }
    let command = parsed.command
    var outcome = Outcome(status: 0)
    if command.printsHelp {
      outcome.output = LinkHelp.text(command: name)
      return outcome
    }
    if command.printsVersion { outcome.output += LinkHelp.version + "\n" }
    if command.endsThere { return outcome }
    if !command.isQuiet {
      outcome.errors += parsed.warnings.map { "\(name): warning: \($0)\n" }.joined()
    }
    do {
      var linker = Linker(parsed.options)
      linker.probePath = LibcallProbeProcess.running?.executable
      let report = try linker.link()
      if !command.isQuiet { outcome.errors += report.warnings }
      if command.writesJSON {
        outcome.output += report.json
      } else {
        if command.explains { outcome.output += report.explanation }
        if command.timesPhases { outcome.output += report.phaseTimes }
      }
    } catch {
      var failed = failure(error)
      failed.errors = outcome.errors + failed.errors
      return failed
    }
    return outcome
  }

  private func failure(_ error: any Error) -> Outcome {
    let isUsage = (error as? LinkError)?.code == .invalidArguments
    var text = "\(name): error: \(error)\n"
    if isUsage { text += "See '\(name) --help'.\n" }
    return Outcome(status: isUsage ? 2 : 1, errors: text)
  }
}
