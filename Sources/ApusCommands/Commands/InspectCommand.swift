internal import Apus
internal import ArgumentParser
internal import SystemPackage

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a compiled program.",
    discussion: """
      Its functions with their signatures, what it imports, its kernels and what
      they are for, the parameters it needs, and how its bytes are spent. Nothing of
      the program is run, and programs for other machines can be looked at too.

      EXAMPLES
        apus inspect model.vmfb
        apus inspect model.vmfb --json
      """
  )

  @Argument(help: ArgumentHelp("The program: a .vmfb file.", valueName: "model"))
  var model: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let bytecode = try VMBytecode(contentsOf: FilePath(model))
    let description: VMModuleDescription
    do {
      description = try VMModuleDescription(bytecode)
    } catch {
      throw CommandFailure("'\(model)' cannot be inspected: \(error)")
    }
    let report = ProgramReport(description, file: model)
    Terminal.output.write(json ? try JSONText.encode(report) + "\n" : report.text)
  }
}
