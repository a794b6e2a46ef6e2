internal import ApusCompiler
internal import ApusNativeLibrary
internal import ApusRuntime
internal import Foundation
internal import SystemPackage

/// What is installed of the parts that Apus needs, and what each absence costs.
public struct ToolchainReport: Sendable, Codable {
  /// One part.
  public struct Part: Sendable, Codable {
    /// Whether it can be used.
    public enum State: String, Sendable, Codable {
      /// It is there, and of the right version.
      case found
      /// It is not there.
      case missing
      /// It is there and cannot be used.
      case unusable
    }

    /// What people call it: `IREE compiler`.
    public var name: String
    /// Whether it can be used.
    public var state: State
    /// Whether compiling and running programs needs it; linking, tests and benchmarks need the others.
    public var isNeeded: Bool
    /// The file or folder looked at; `linked into this program` for the runtime's static form.
    public var path: String?
    /// The version found.
    public var version: String?
    /// What does not work without it, as it reads after "for".
    public var purpose: String
    /// What is wrong with it, if anything.
    public var problem: String?
    /// The command that brings it, if it is not there.
    public var remedy: String?
  }

  /// The toolchain's folder.
  public var folder: String
  /// The version of IREE that is pinned.
  public var ireeVersion: String
  /// The parts, needed ones first.
  public var parts: [Part]

  /// Whether everything needed is there.
  public var isComplete: Bool { parts.allSatisfy { !$0.isNeeded || $0.state == .found } }

  /// Looks at everything: opens the libraries, compares the other parts with their pins.
  public init() {
    let pins = ToolchainPins.current
    let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)
    folder = toolchain.root.string
    ireeVersion = pins.iree
    parts = [Self.compiler(), Self.runtime()]
    parts += [Self.llvm(in: toolchain), Self.lld(in: toolchain), Self.clang(in: toolchain)]
    parts += pins.partsInUse.filter { $0.group != .needed }.map {
      Self.folder(of: $0, in: toolchain)
    }
    // What LLVM's packages bring for linking is above.
    parts += pins.debian.filter {
      $0.group != .linking && ($0.architecture ?? hostArchitecture) == hostArchitecture
    }.map(Self.systemPackage)
  }

  private static func compiler() -> Part {
    part("IREE compiler", purpose: "compiling programs", isNeeded: true, remedy: setupCommand) {
      let library = try CompilerLibrary.shared()
      return (library.path.string, library.revision)
    }
  }

  private static func runtime() -> Part {
    part("IREE runtime", purpose: "running programs", isNeeded: true, remedy: runtimeSetupCommand) {
      let library = try RuntimeLibrary.shared()
      return (library.form.description, Self.version(of: library))
    }
  }

  /// The pinned version where the runtime may be of it: a runtime tells no more than a range.
  private static func version(of library: RuntimeLibrary) -> String {
    let pins = ToolchainPins.current
    return library.version.includes(pins.release) ? pins.iree : library.version.description
  }

  private static func llvm(in toolchain: ToolchainFolder) -> Part {
    part("LLVM", purpose: "linking programs", isNeeded: false, remedy: setupCommand) {
      let path = try toolchain.llvmLocator.locate(environment: environment)
      return (path.string, try llvmVersion(of: DynamicLibrary("LLVM", at: path)))
    }
  }

  private static func lld(in toolchain: ToolchainFolder) -> Part {
    part("lld", purpose: "linking programs", isNeeded: false, remedy: setupCommand) {
      let path = try toolchain.lldLocator.locate(environment: environment)
      return (path.string, try programVersion("lld", at: path))
    }
  }

  private static func clang(in toolchain: ToolchainFolder) -> Part {
    part("clang", purpose: "building the math library", isNeeded: false, remedy: setupCommand) {
      let path = toolchain.clang
      return (path.string, try programVersion("clang", at: path))
    }
  }

  /// A part that is a folder of its own, compared with what is pinned.
  private static func folder(
    of part: ToolchainPins.Part,
    in toolchain: ToolchainFolder
  ) -> Part {
    var report = Part(
      name: part.name,
      state: .missing,
      isNeeded: false,
      path: toolchain.location(of: part).string,
      purpose: part.purpose
    )
    switch toolchain.state(of: part) {
    case .installed:
      report.state = .found
      let packages =
        part.packages.map { "\($0.name) \($0.version)" }
        + (part.source.map { ["\($0.name) \($0.version)"] } ?? [])
      report.version = packages.joined(separator: ", ")
    case .missing:
      report.problem = "it is not installed"
    case .outdated:
      report.state = .unusable
      report.problem = "it is not of the pinned version"
    case .damaged(let file):
      report.state = .unusable
      report.problem = "'\(file)' is missing or damaged"
    }
    if report.state != .found {
      report.remedy = part.group == .peers ? "Scripts/setup --peers" : setupCommand
    }
    return report
  }

  private static func systemPackage(_ package: ToolchainPins.DebianPackage) -> Part {
    part(
      package.library ?? package.name,
      purpose: package.purpose,
      isNeeded: package.group == .needed,
      remedy: package.group == .peers
        ? "Scripts/setup --peers" : "apt-get install \(package.name)"
    ) {
      if let library = package.library {
        return (try DynamicLibrary(library, at: .init(library)).path.string, nil)
      }
      let file = package.file ?? ""
      guard FileManager.default.fileExists(atPath: file) else {
        throw NativeLibraryError(
          .notFound,
          library: package.name,
          message: "'\(file)' is not there"
        )
      }
      return (file, nil)
    }
  }

  private static func part(
    _ name: String,
    purpose: String,
    isNeeded: Bool,
    remedy: String,
    _ open: () throws -> (path: String, version: String?)
  ) -> Part {
    var report = Part(name: name, state: .found, isNeeded: isNeeded, purpose: purpose)
    do {
      (report.path, report.version) = try open()
    } catch {
      let error = error as? NativeLibraryError
      report.state = error?.code == .notFound ? .missing : .unusable
      report.problem =
        error.map { ([$0.message] + $0.tried).joined(separator: "; ") } ?? "it cannot be used"
      report.remedy = remedy
    }
    return report
  }

  private static var runtimeSetupCommand: String {
    ToolchainFolder(environment: environment).runtimeSetupCommand
  }
  private static var setupCommand: String { ToolchainPins.current.setupCommand }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
