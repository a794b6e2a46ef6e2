import ApusLinker
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A linker by its command line; what it does is in `LinkerCommand`.
@main
struct Main {
  static func main() {
    let arguments = CommandLine.arguments
    if LibcallProbeService.isAskedFor(by: arguments) { exit(LibcallProbeService.run()) }

    CrashHandler.install(commandName: "apus-ld")
    let outcome = LinkerCommand(name: "apus-ld").run(Array(arguments.dropFirst()))
    _ = try? FileDescriptor.standardError.writeAll(outcome.errors.utf8)
    _ = try? FileDescriptor.standardOutput.writeAll(outcome.output.utf8)
    // What is left in memory goes with the process, faster than piece by piece.
    _exit(outcome.status)
  }
}
