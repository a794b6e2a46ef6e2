package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a native library, or a program, may lie, most specific first: a path the caller gives, an
/// environment variable, where setup installs it.
package struct LibraryLocator: Sendable {
  /// The library's name for people.
  package var library: String
  /// The environment variable that names the file.
  package var environmentVariable: String
  /// Where the toolchain's setup puts it.
  package var toolchainPath: FilePath
  /// What it is: a library or a program.
  package var noun: String
  /// The command that installs it.
  package var setupCommand: String

  /// A place to look, and who named it.
  private struct Candidate {
    var path: FilePath
    var origin: String
  }

  package init(
    library: String,
    environmentVariable: String,
    toolchainPath: FilePath,
    noun: String = "library",
    setupCommand: String = ToolchainPins.current.setupCommand
  ) {
    self.library = library
    self.environmentVariable = environmentVariable
    self.toolchainPath = toolchainPath
    self.noun = noun
    self.setupCommand = setupCommand
  }

  /// The file to open.
  ///
  /// A path given explicitly, or by the environment, is meant: if it does not exist the search ends
  /// there instead of silently using another library.
  ///
  /// - Throws: `NativeLibraryError` with `notFound` and what was tried.
  package func locate(
    explicitPath: FilePath? = nil,
    environment: [String: String]
  ) throws(NativeLibraryError) -> FilePath {
    let candidate =
      if let explicitPath {
        Candidate(path: explicitPath, origin: "given explicitly")
      } else if let path = environment[environmentVariable], !path.isEmpty {
        Candidate(path: FilePath(path), origin: "from \(environmentVariable)")
      } else {
        Candidate(path: toolchainPath, origin: "where setup installs it")
      }
    guard access(candidate.path.string, R_OK) == 0 else {
      throw NativeLibraryError(
        .notFound,
        library: library,
        message: "the \(noun) was not found",
        tried: ["\(candidate.path) (\(candidate.origin)): \(String(cString: strerror(errno)))"],
        remedy: "run '\(setupCommand)' in a checkout of Apus to install it, or set"
          + " \(environmentVariable) to its path"
      )
    }
    return candidate.path
  }
}
