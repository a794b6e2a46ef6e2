import ApusCommands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@main
enum Main {
  static func main() async {
    exit(await ApusCommand.run(Array(CommandLine.arguments.dropFirst())))
  }
}
