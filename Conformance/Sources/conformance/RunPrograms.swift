import ArgumentParser
import ConformanceSuite
import Foundation
import SystemPackage

/// Runs programs and reports.
struct RunPrograms: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run programs; exit with 1 if one fails that is not known to."
  )

  @Option(help: ArgumentHelp("The folder with programs.", valueName: "folder"))
  var programs: String?

  @Option(
    help: ArgumentHelp(
      "Run only these: math, others, or all whose name begins so. Can be repeated.",
      valueName: "name"
    )
  )
  var only: [String] = []

  @Option(
    help: ArgumentHelp("Leave out all whose name begins so. Can be repeated.", valueName: "name")
  )
  var skip: [String] = []

  @Option(help: ArgumentHelp("What apus compile is given as --math.", valueName: "mode"))
  var math: String?

  @Option(
    name: .customLong("compile-argument"),
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Another argument for apus compile. Can be repeated.", valueName: "argument")
  )
  var compilationArguments: [String] = []

  @Option(help: "Where programs have their inputs from: constants, as written, or arguments.")
  var inputs = ConformanceProgram.Inputs.constants

  @Option(
    help: ArgumentHelp(
      "The file with known failures; for APUS_STABLEHLO_TESTDATA, the one in Conformance.",
      valueName: "file"
    )
  )
  var known: String?

  @Option(help: ArgumentHelp("Write a report to this file.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("The apus tool, else the one built with this.", valueName: "file"))
  var apus: String?

  @Option(help: "How many programs run at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("How long each step of a program may take.", valueName: "seconds"))
  var timeLimit = 300

  @Flag(help: "Print the programs that are not right, too.")
  var failures = false

  func run() async throws {
    let temporary = FilePath(NSTemporaryDirectory()).appending(
      "apus-conformance-\(UUID().uuidString)"
    )
    defer { try? FileManager.default.removeItem(atPath: temporary.string) }
    let knownFailures = try knownFile.map { try KnownFailures(reading: $0) }
    let runner = ProgramRunner(
      apus: apusTool,
      compilationArguments: (math.map { ["--math", $0] } ?? []) + compilationArguments,
      timeLimit: .seconds(timeLimit),
      folder: temporary
    )
    let suite = ConformanceSuite(folders: [try folder()], inputs: inputs, where: isWanted)
    let outcomes = try await suite.outcomes(by: runner, jobs: jobs) { outcome, done, all in
      note("[\(done)/\(all)] \(outcome.name): \(outcome.summary)")
    }
    guard !outcomes.isEmpty else { throw ValidationError("no program has such a name") }
    let report = ConformanceReport(settings: settings, outcomes: outcomes)
    if let json { try report.write(to: FilePath(json)) }
    print(report.table)
    if failures { print("", report.failures, separator: "\n") }
    guard let knownFailures else { return }
    let complaints = knownFailures.complaints(about: report)
    for name in knownFailures.repaired(in: report) { note("\(name) is right: its line can go") }
    guard complaints.isEmpty else {
      print("", "not known:", complaints.joined(separator: "\n"), separator: "\n")
      throw ExitCode(1)
    }
  }

  /// The folder named, or the one that the checkout brings.
  private func folder() throws -> ProgramFolder {
    ProgramFolder(
      programs.map { FilePath($0) } ?? testData ?? Self.package.appending("Programs")
    )
  }

  /// StableHLO's test data.
  private var testData: FilePath? {
    let variable = ProcessInfo.processInfo.environment["APUS_STABLEHLO_TESTDATA"] ?? ""
    return variable.isEmpty ? nil : FilePath(variable)
  }

  /// The folder of the package that this is part of.
  private static let package = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent()

  /// The file named, or the one about StableHLO's test data, which is about the default mode.
  private var knownFile: FilePath? {
    if let known { return FilePath(known) }
    guard programs == nil, testData != nil, math == nil else { return nil }
    return Self.package.appending("KnownFailures/stablehlo.txt")
  }

  /// The tool that was built with this program.
  private var apusTool: FilePath {
    if let apus { return FilePath(apus) }
    let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
    return FilePath(own).removingLastComponent().appending("apus")
  }

  private var settings: [String: String] {
    [
      "math": math ?? "", "inputs": inputs.rawValue,
      "arguments": compilationArguments.joined(separator: " "),
    ]
  }

  @Sendable private func isWanted(_ name: String) -> Bool {
    func begins(_ prefix: String) -> Bool {
      switch prefix {
      case "math": ConformanceSuite.isMath(name)
      case "others": !ConformanceSuite.isMath(name)
      default: name.hasPrefix(prefix)
      }
    }
    return (only.isEmpty || only.contains(where: begins)) && !skip.contains(where: begins)
  }

  /// Tells whoever waits what is going on; the report alone goes to standard output.
  private func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

extension ConformanceProgram.Inputs: ExpressibleByArgument {}
