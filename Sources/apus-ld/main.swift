// A linker by its command line. What it does is in ApusLinker/CommandLine/LinkerCommand.swift.

import ApusLinker
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

if LibcallProbeService.isAskedFor(by: CommandLine.arguments) { _exit(LibcallProbeService.run()) }
CrashHandler.install(commandName: "apus-ld")
let outcome = LinkerCommand(name: "apus-ld").run(Array(CommandLine.arguments.dropFirst()))
_ = try? FileDescriptor.standardError.writeAll(outcome.errors.utf8)
_ = try? FileDescriptor.standardOutput.writeAll(outcome.output.utf8)
// What is left in memory goes with the process, faster than piece by piece.
_exit(outcome.status)
