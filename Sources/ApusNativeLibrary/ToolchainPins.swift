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
  }

  /// Who needs a part or package.
  public enum Group: String, Sendable, Decodable {
    /// Everyone who compiles and runs programs.
    case needed
    /// Tests and benchmarks, to compare with.
    case peers
  }

  /// A folder of the toolchain, and the packages it is made of.
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
    /// What it is made of, unpacked in this order.
    public var packages: [Package]

    /// Whether every package has a wheel for the machine this code was compiled for.
    public var isAvailable: Bool {
      packages.allSatisfy { package in
        package.wheels.contains { $0.isFor(architecture: hostArchitecture) }
      }
    }

    /// The file names and checksums of the wheels it is made of on this machine.
    func wheels(python: String?) -> [String: String] {
      var chosen: [String: String] = [:]
      for package in packages {
        let wheel = package.wheels.first {
          $0.isFor(architecture: hostArchitecture) && (kind == .files || $0.python == python)
        }
        if let wheel { chosen[wheel.file] = wheel.sha256 }
      }
      return chosen
    }
  }

  /// A package of Debian's that brings a library.
  public struct DebianPackage: Sendable, Decodable {
    /// Debian's name for it.
    public var name: String
    /// Who needs it.
    public var group: Group
    /// What does not work without it, as it reads after "for".
    public var purpose: String
    /// The shared library it brings, as the dynamic linker knows it: `libstdc++.so.6`.
    public var library: String
  }

  /// The version of IREE.
  public var iree: String
  /// The parts made out of wheels.
  public var parts: [Part]
  /// What is expected of the system.
  public var debian: [DebianPackage]

  /// The pins this library was built with.
  public static let current: ToolchainPins = {
    do {
      return try ToolchainPins(json: PackageResources.toolchain_json)
    } catch {
      preconditionFailure("toolchain.json: \(error)")
    }
  }()

  /// The part of that name.
  public func part(named name: String) -> Part? {
    parts.first { $0.name == name }
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
