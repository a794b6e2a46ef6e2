internal import Apus
internal import ApusLauncher
internal import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how long calls of a function take.",
    discussion: """
      Calls are made one after the other, after a warm-up, for at least the time
      given. The arguments stay on the device; results are not read back.

      EXAMPLES
        apus bench add.vmfb --input 4xf32=1 --input 4xf32=2
        apus bench matmul.mlir --input 512x512xf32=1 --input 512x512xf32=1 --json
      """
  )

  @OptionGroup var program: ProgramOptions

  @Option(
    help: ArgumentHelp("Measure for at least this many seconds.", valueName: "seconds")
  )
  var minTime = 1.0

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard minTime > 0, minTime.isFinite else {
      throw ValidationError("--min-time must be more than 0, and is \(minTime)")
    }
  }

  func run() async throws {
    let progress = ProgressLine(quiet: program.quiet)
    let function = try await program.loadFunction(progress)
    let arguments = try program.arguments(for: function)
    defer { progress.clear() }

    progress.show("measuring for \(minTime) s")
    let timing = try CallTiming(measuring: function, arguments, seconds: minTime)
    progress.clear()

    Terminal.output.write(json ? try JSONText.encode(timing) + "\n" : timing.text)
  }
}
