internal import ApusLinker
internal import ArgumentParser

/// `apus link`, whose command line is a linker's: the linker reads it, and the argument parser only lists
/// the command.
struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Link bitcode, objects and archives, with the math they need."
  )

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("GNU ld's options, and files.", valueName: "options")
  )
  var arguments: [String] = []

  func run() throws {
    let status = Self.run(arguments)
    guard status == 0 else { throw ExitCode(status) }
  }

  /// Links, and prints what there is to say.
  ///
  /// - Returns: the exit status.
  static func run(_ arguments: [String]) -> Int32 {
    CrashHandler.install(commandName: "apus link")
    let outcome = LinkerCommand(name: "apus link").run(arguments)
    Terminal.error.write(outcome.errors)
    Terminal.output.write(outcome.output)
    return outcome.status
  }
}
