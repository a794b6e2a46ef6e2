internal import ApusArtifacts
internal import SystemPackage

/// Where libraries lie: the `-L` folders, then those that linker scripts add.
struct LibrarySearch: Sendable {
  private var folders: [FilePath]
  private let sysroot: FilePath?

  /// The folders of a command line.
  init(_ options: LinkOptions) {
    sysroot = options.sysroot
    folders = []
    for folder in options.searchPaths { append(folder) }
  }

  /// Adds a folder to the end.
  mutating func append(_ folder: FilePath) { folders.append(inSysroot(folder)) }

  /// A path in which `=` or `$SYSROOT` at the beginning stands for the sysroot.
  func inSysroot(_ path: FilePath) -> FilePath {
    for prefix in ["=", "$SYSROOT"] where path.string.hasPrefix(prefix) {
      let rest = FilePath(String(path.string.dropFirst(prefix.utf8.count)))
      guard let sysroot else { return rest }
      return sysroot.appending(rest.components)
    }
    return path
  }

  /// The file for `-lNAME`: in each folder a shared library comes before an archive.
  func library(_ name: String, isStatic: Bool) throws(LinkError) -> FilePath {
    let names = isStatic ? ["lib\(name).a"] : ["lib\(name).so", "lib\(name).a"]
    for folder in folders {
      for name in names {
        let path = folder.appending(name)
        if fileExists(path) { return path }
      }
    }
    throw LinkError(
      .notFound,
      "library '\(name)' was not found: there is no \(names.joined(separator: " or "))",
      notes: notes(near: name)
    )
  }

  /// The file of exactly this name, for `-l:NAME`; nil if no folder has it.
  func file(_ name: String) -> FilePath? {
    folders.lazy.map { $0.appending(FilePath(name).components) }.first(where: fileExists)
  }

  /// The same, where its absence is an error.
  func exactLibrary(_ name: String) throws(LinkError) -> FilePath {
    if let path = file(name) { return path }
    throw LinkError(
      .notFound,
      "library ':\(name)' was not found: there is no \(name)",
      notes: searched
    )
  }

  private var searched: [String] {
    folders.isEmpty
      ? ["no folder was searched: name some with -L"]
      : folders.map { "searched \($0)" }
  }

  /// What was searched, and a library that lies there under a similar name.
  private func notes(near name: String) -> [String] {
    var places: [String: FilePath] = [:]
    for folder in folders {
      for entry in (try? folderContents(folder)) ?? [] where entry.hasPrefix("lib") {
        for suffix in [".so", ".a"] where entry.hasSuffix(suffix) {
          let library = String(entry.dropFirst(3).dropLast(suffix.utf8.count))
          if places[library] == nil { places[library] = folder.appending(entry) }
        }
      }
    }
    if let path = places[name] { return searched + ["\(path) lies there; it is shared"] }
    guard let near = nearestName(to: name, among: places.keys.sorted()), let path = places[near]
    else { return searched }
    return searched + ["\(path) lies there: -l\(near)?"]
  }
}
