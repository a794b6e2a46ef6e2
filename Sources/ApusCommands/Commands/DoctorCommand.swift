internal import Apus
internal import ArgumentParser
internal import Foundation

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what is installed of the parts Apus needs.",
    discussion: """
      Each part is found or missing; for a missing one, what does not work without
      it and the command that brings it. Exit status 1 if something is missing that
      compiling or running programs needs.

      EXAMPLES
        apus doctor
        apus doctor --json
      """
  )

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let report = ToolchainReport()
    if json {
      Terminal.output.write(try JSONText.encode(report) + "\n")
    } else {
      Terminal.output.write(text(report))
    }
    if !report.isComplete { throw ExitCode(1) }
  }

  private func text(_ report: ToolchainReport) -> String {
    let color = Terminal.output.isInteractive
    var text = "IREE \(report.ireeVersion), in \(report.folder)\n\n"
    for part in report.parts {
      let isFound = part.state == .found
      let state =
        isFound
        ? Style.good("found", color)
        : part.isNeeded
          ? Style.error(part.state.rawValue, color) : Style.warning(part.state.rawValue, color)
      text += "\(state)  \(Style.strong(part.name, color))"
      text += part.version.map { "  \($0)" } ?? ""
      text += "\n"
      if isFound {
        text += part.path.map { "       \($0)\n" } ?? ""
      } else {
        text += part.problem.map { "       \($0)\n" } ?? ""
        text += "       needed for \(part.purpose)"
        text += part.remedy.map { "; to install: \($0)\n" } ?? "\n"
      }
    }
    return text
  }
}
