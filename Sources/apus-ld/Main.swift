internal import ApusLinker

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The linker under a linker's command line; the library does the work.
@main
enum Main {
  static func main() {
    // The linker asks about operations that may crash LLVM in another process: this one.
    if LibcallProbeService.isAskedFor(by: CommandLine.arguments) {
      exit(LibcallProbeService.run())
    }
  }
}
