#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The prebuilt parts that this version of Apus works with: `toolchain.json`, which `Scripts/setup`
/// reads too.
public struct ToolchainPins: Sendable, Decodable {
  /// A wheel, the archive in which a package registry keeps native libraries for Python.
  public struct Wheel: Sendable, Decodable {
    /// The file's name, which ends in what the wheel is for: `cp311-cp311-manylinux_2_28_x86_64.whl`.
    public var file: String
    /// The file's SHA-256, as 64 hexadecimal digits.
    public var sha256: String

    /// The version of Python it is for: `cp311`.
    var python: String? { tags.dropLast(2).last }

    /// Whether what is in it runs on `architecture`.
    func isFor(architecture: String) -> Bool {
      tags.last?.hasSuffix("_\(architecture)") ?? false
    }

    private var tags: [String] {
      file.hasSuffix(".whl") ? file.dropLast(4).split(separator: "-").map(String.init) : []
    }
  }

  /// A package of a registry, in one version.
  public struct Package: Sendable, Decodable {
    /// The registry's name for it.
    public var name: String
    /// The exact version.
    public var version: String
    /// The files taken out of a wheel, each with its name in the part's folder; nil where the whole
    /// wheel is installed.
    var files: [String: String]?
    /// Links in the part's folder, each with what it leads to.
    var links: [String: String]?
    /// Its wheels, one for each architecture and, where it matters, version of Python.
    public var wheels: [Wheel]
  }

  /// What a part is made of.
  public enum Kind: String, Sendable, Decodable {
    /// Single files taken out of wheels.
    case files
    /// A virtual environment of the host's Python with whole wheels in it.
    case python
    /// Libraries compiled here out of a Debian source package.
    case built
    /// A library linked here out of the archives that a Debian package has.
    case linked
  }

  /// Who needs a part or package.
  public enum Group: String, Sendable, Decodable {
    /// Everyone who compiles and runs programs.
    case needed
    /// Everyone who links programs.
    case linking
    /// Tests and benchmarks, to compare with.
    case peers
  }

  /// A Debian source package, in one version.
  public struct Source: Hashable, Sendable, Decodable {
    /// Debian's name for it.
    public var name: String
    /// The exact version, without Debian's own part of it.
    public var version: String
    /// The name of the archive.
    public var file: String
    /// The archive's SHA-256, as 64 hexadecimal digits.
    public var sha256: String
  }

  /// How a part is compiled.
  struct Build: Hashable, Sendable, Decodable {
    /// The compiler, as a path.
    var compiler: String
    /// The target triple for each architecture.
    var targets: [String: String]
    /// The folders of the source package that are compiled.
    var folders: [String]
    /// The compiler's options.
    var flags: [String]
  }

  /// How a part is linked.
  struct Link: Hashable, Sendable, Decodable {
    /// The linker, as a path.
    var linker: String
    /// The linker's options.
    var flags: [String]
    /// The folder with the archives.
    var folder: String
    /// The archives of which every member is wanted.
    var whole: [String]
    /// The shared libraries it needs, as the linker's `-l` takes them.
    var libraries: [String]
    /// The header that declares the functions it has, from the package's folder.
    var declarations: String
  }

  /// A folder of the toolchain, and what it is made of.
  public struct Part: Sendable, Decodable {
    /// A word for it: `compiler`.
    public var name: String
    /// What it is made of.
    public var kind: Kind
    /// Who needs it.
    public var group: Group
    /// What does not work without it, as it reads after "for": `compiling programs`.
    public var purpose: String
    /// Where it lies, from the toolchain's folder.
    public var folder: String
    /// The version of IREE that it goes with; nil for all.
    public var iree: String?
    /// The architecture that its wheels are for, `aarch64`; nil for that of the machine.
    public var architecture: String?
    /// What it is unpacked from, in this order; empty where it is built or linked.
    public var packages: [Package]
    /// What it is built from, if it is.
    public var source: Source?
    /// How it is built, if it is.
    var build: Build?
    /// How it is linked, if it is.
    var link: Link?

    /// Whether every package has a wheel for the part's architecture.
    public var isAvailable: Bool {
      packages.allSatisfy { package in package.wheels.contains(where: isFitting) }
    }

    private func isFitting(_ wheel: Wheel) -> Bool {
      wheel.isFor(architecture: architecture ?? hostArchitecture)
    }

    /// The names that its files should have; nil where whole wheels are installed.
    var fileNames: Set<String>? {
      switch kind {
      case .files:
        Set(packages.flatMap { Array(($0.files ?? [:]).values) + Array(($0.links ?? [:]).keys) })
      case .built: Set((build?.targets ?? [:]).keys.map { "\($0)/libm.a" } + ["COPYRIGHT"])
      case .linked: ["libLLVM.so"]
      case .python: nil
      }
    }

    /// The file names and checksums of the wheels it is made of, on this machine.
    func wheels(python: String?) -> [String: String] {
      var chosen: [String: String] = [:]
      for package in packages {
        let wheel = package.wheels.first {
          isFitting($0) && (kind == .files || $0.python == python)
        }
        if let wheel { chosen[wheel.file] = wheel.sha256 }
      }
      return chosen
    }
  }

  /// A package of Debian's, and what shows that it is there: a library or a file.
  public struct DebianPackage: Sendable, Decodable {
    /// Debian's name for it.
    public var name: String
    /// Who needs it.
    public var group: Group
    /// What does not work without it, as it reads after "for".
    public var purpose: String
    /// The shared library it brings, as the dynamic linker knows it: `libstdc++.so.6`.
    public var library: String?
    /// The file it brings, as a path, where it brings no shared library that is needed.
    public var file: String?
    /// The only architecture that it is for: `x86_64`; nil for all.
    public var architecture: String?
  }

  /// The version of LLVM, and where Debian's packages put it.
  public struct LLVM: Sendable, Decodable {
    /// The major version, which is part of the packages' names.
    public var version: String
    /// The folder of this version.
    var folder: String
    /// The shared library's name.
    var library: String
  }

  /// The version of IREE in use: of its compiler and its runtime, which must be the same.
  public var iree: String { chosenVersion ?? defaultVersion }
  /// The version of IREE that is used unless another is chosen.
  let defaultVersion: String
  private var chosenVersion: String? = nil
  /// What is known of LLVM.
  public var llvm: LLVM
  /// The folders of the toolchain.
  public var parts: [Part]
  /// What is expected of the system.
  public var debian: [DebianPackage]

  /// The versions of IREE that there are parts for, the one that is used unless another is chosen first.
  public var supportedVersions: [String] {
    let others = Set(parts.compactMap(\.iree)).subtracting([defaultVersion])
    return [defaultVersion] + others.sorted()
  }

  /// The environment variable that chooses the version of IREE.
  static let versionVariable = "APUS_IREE_VERSION"

  /// The pins this library was built with, for the version of IREE that `APUS_IREE_VERSION` chooses.
  ///
  /// A choice that there is nothing for counts as none here; ``checkVersion(environment:)`` says so.
  public static let current: ToolchainPins = {
    do {
      let pins = try ToolchainPins(json: PackageResources.toolchain_json)
      let chosen = ProcessInfo.processInfo.environment[versionVariable] ?? ""
      return pins.supportedVersions.contains(chosen) ? pins.choosing(chosen) : pins
    } catch {
      preconditionFailure("toolchain.json: \(error)")
    }
  }()

  /// The same pins for another of the versions there are parts for.
  public func choosing(_ version: String) -> ToolchainPins {
    var pins = self
    pins.chosenVersion = version
    return pins
  }

  /// Finds a version of IREE chosen that there is nothing for.
  ///
  /// - Throws: `NativeLibraryError` that names the choice and those there are.
  package static func checkVersion(
    environment: [String: String]
  ) throws(NativeLibraryError) {
    let chosen = environment[versionVariable] ?? ""
    guard !chosen.isEmpty, !current.supportedVersions.contains(chosen) else { return }
    throw NativeLibraryError(
      .wrongVersion,
      library: "IREE",
      message: "\(versionVariable) is '\(chosen)', and the versions supported are"
        + " \(current.supportedVersions.joined(separator: " and "))",
      remedy: "unset it, or set it to one of them"
    )
  }

  /// The parts of the version of IREE in use, and those that go with all.
  public var partsInUse: [Part] { parts.filter { ($0.iree ?? iree) == iree } }

  /// The part of that name, for the version of IREE in use.
  public func part(named name: String) -> Part? {
    partsInUse.first { $0.name == name }
  }

  /// The command that installs the parts of the version of IREE in use.
  package var setupCommand: String { makeCommand("setup") }

  /// The command that makes a target of the Makefile for the version of IREE in use.
  package func makeCommand(_ target: String) -> String {
    iree == defaultVersion ? "make \(target)" : "make \(target) IREE_VERSION=\(iree)"
  }

  private enum CodingKeys: String, CodingKey {
    case defaultVersion = "iree"
    case llvm, parts, debian
  }
}

extension Decodable {
  /// A value from the bytes of a JSON document.
  init(json: [UInt8]) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(json))
  }
}

/// The architecture this code was compiled for, as wheels name it.
package var hostArchitecture: String {
  #if arch(x86_64)
    "x86_64"
  #elseif arch(arm64)
    "aarch64"
  #else
    "unknown"
  #endif
}
