import ApusLauncher
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@main
enum Main {
  static func main() {
    let arguments = CommandLine.arguments
    let name = arguments.first ?? ""
    let launcher = Launcher(executable: executable(startedAs: name), name: name)
    exit(launcher.run(Array(arguments.dropFirst())))
  }

  /// The file that is running; without a /proc, where the shell found it.
  private static func executable(startedAs name: String) -> FilePath {
    let running = "/proc/self/exe"
    if access(running, R_OK) == 0 { return FilePath(running) }
    guard !name.contains("/"), let path = getenv("PATH") else { return FilePath(name) }
    let folders = String(cString: path).split(separator: ":").map { FilePath(String($0)) }
    return folders.map { $0.appending(name) }.first { access($0.string, X_OK) == 0 }
      ?? FilePath(name)
  }
}
