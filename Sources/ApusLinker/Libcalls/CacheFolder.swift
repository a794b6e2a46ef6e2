internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Folders for what links remember.
enum CacheFolder {
  /// A folder in `$APUS_HOME`, else in `~/.cache/apus`; nil without a home.
  static func named(_ name: String) -> FilePath? {
    if let home = variable("APUS_HOME") { return FilePath(home).appending(name) }
    return variable("HOME").map { FilePath($0).appending(".cache/apus").appending(name) }
  }

  /// Makes a folder and those it is in, where they are not there; whether it worked shows later.
  static func make(_ folder: FilePath) {
    guard !folder.isEmpty, mkdir(folder.string, 0o755) != 0, errno == ENOENT else { return }
    make(folder.removingLastComponent())
    mkdir(folder.string, 0o755)
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
