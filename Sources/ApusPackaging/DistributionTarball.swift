internal import ApusNativeLibrary
public import SystemPackage

/// A distribution that is still packed: `iree-dist-3.9.0-linux-x86_64.tar.xz`.
///
/// Unpacked into a folder of its own, which goes when the object does.
public final class DistributionTarball: Sendable {
  private let scratch: ScratchFolder

  /// Where it was unpacked.
  public var folder: FilePath { scratch.path }

  /// Unpacks the archives and headers; the tools and the compiler, a hundred times as large, stay packed.
  ///
  /// - Parameters:
  ///   - path: the tarball. Its name is checked where it has the form that IREE's release page gives it.
  ///   - architecture: the processor it must be for; nil for any.
  ///   - parent: the folder in which it is unpacked; made if it is not there.
  /// - Throws: ``PackagingError`` if it is of another version or for another processor, or damaged.
  public init(
    unpacking path: FilePath,
    architecture: String? = nil,
    in parent: FilePath
  ) async throws(PackagingError) {
    guard isRegularFile(path) else {
      throw PackagingError(.notFound, "there is no tarball '\(path)'")
    }
    try Self.checkName(path, architecture)
    do throws(Errno) {
      try makeFolder(parent)
      scratch = try ScratchFolder(in: parent)
    } catch {
      throw PackagingError(.notFound, "cannot write to '\(parent)': \(error)")
    }
    do {
      try await Tool(name: "tar").run(
        [
          "-xf", path.string, "-C", scratch.path.string, "--no-same-owner", "--wildcards",
          "--exclude=*.so", "--exclude=*.so.*", "--exclude=bin", "--exclude=python_packages",
        ],
        because: "to unpack '\(path)'"
      )
    } catch {
      guard error.details.isEmpty else {
        throw PackagingError(
          .damaged,
          "the tarball '\(path)' is cut short, or is none",
          details: error.details,
          remedy: "download it anew"
        )
      }
      throw error
    }
  }

  /// Finds in a name what would be found in the files, before 85 MB are unpacked.
  static func checkName(
    _ path: FilePath,
    _ architecture: String?,
    pins: ToolchainPins = .current
  ) throws(PackagingError) {
    let name = path.lastComponent?.string ?? ""
    guard let match = name.wholeMatch(of: /iree-dist-([^-]+)-([a-z]+)-([a-z0-9_]+)\.tar\..*/) else {
      return
    }
    let pinned = pins.iree
    let remedy = "take iree-dist-\(pinned)-linux-\(architecture ?? hostArchitecture).tar.xz"
    guard match.1 == pinned else {
      throw PackagingError(
        .wrongVersion,
        "'\(name)' is of IREE \(match.1), and \(pinned) is needed",
        remedy: remedy + ", or choose the version with APUS_IREE_VERSION:"
          + " \(pins.supportedVersions.joined(separator: ", "))"
      )
    }
    guard match.2 == "linux", architecture == nil || match.3 == architecture ?? "" else {
      throw PackagingError(
        .wrongArchitecture,
        "'\(name)' is for \(match.2) on \(match.3), and"
          + " linux on \(architecture ?? hostArchitecture) is needed",
        remedy: remedy
      )
    }
  }
}

extension IREEDistribution {
  /// Checks a folder, or unpacks a tarball and checks what was in it.
  ///
  /// - Parameters:
  ///   - path: the folder or tarball.
  ///   - architecture: the processor it must be for; nil for any.
  ///   - scratch: the folder in which a tarball is unpacked.
  ///   - body: gets the distribution; what was unpacked is gone when it returns.
  /// - Throws: ``PackagingError``, or what `body` throws.
  public static func with<Result>(
    _ path: FilePath,
    architecture: String? = nil,
    scratch: FilePath,
    _ body: (IREEDistribution) async throws -> Result
  ) async throws -> Result {
    if isFolder(path) {
      return try await body(IREEDistribution(at: path, architecture: architecture))
    }
    let tarball = try await DistributionTarball(
      unpacking: path,
      architecture: architecture,
      in: scratch
    )
    let result = try await body(
      IREEDistribution(at: tarball.folder, architecture: architecture)
    )
    withExtendedLifetime(tarball) {}
    return result
  }
}
