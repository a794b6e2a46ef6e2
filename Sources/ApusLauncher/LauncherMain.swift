internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Runs the program behind the executable that is running; what `main` calls.
@_cdecl("apus_launcher_main")
public func launcherMain(
  _ count: CInt,
  _ arguments: UnsafePointer<UnsafePointer<CChar>>
) -> CInt {
  let words = (0..<Int(count)).map { String(cString: arguments[$0]) }
  let name = words.first ?? ""
  let launcher = Launcher(executable: executable(startedAs: name), name: name)
  return launcher.run(Array(words.dropFirst()))
}

/// The file that is running; without a /proc, where the shell found it.
private func executable(startedAs name: String) -> FilePath {
  let running = "/proc/self/exe"
  if access(running, R_OK) == 0 { return FilePath(running) }
  guard !name.contains("/"), let path = getenv("PATH") else { return FilePath(name) }
  let folders = String(cString: path).split(separator: ":").map { FilePath(String($0)) }
  return folders.map { $0.appending(name) }.first { access($0.string, X_OK) == 0 }
    ?? FilePath(name)
}
