internal import ApusArtifacts
internal import ApusNativeLibrary
public import SystemPackage

/// IREE's distribution, unpacked: what its release page has as `iree-dist-3.9.0-linux-x86_64.tar.xz`.
///
/// It holds headers and about a hundred archives. Everything that this version of Apus needs of it is
/// checked before it is used: the version, the processor, that no archive is missing or cut.
public struct IREEDistribution: Sendable {
  /// The folder, with `include` and `lib` in it.
  public let root: FilePath
  /// The processor its archives are for: `x86_64`, `aarch64`.
  public let architecture: String
  /// The version its archives are of.
  let version: RuntimeVersion

  /// The archives that the runtime is in.
  var archives: [FilePath] {
    (DistributionArchives.all
      + (version == .v3_12 ? DistributionArchives.parametersSince3_12 : []))
      .map { root.appending("lib").appending("lib\($0).a") }
  }

  /// Checks a folder.
  ///
  /// - Parameters:
  ///   - root: the folder, or one whose only folder is it.
  ///   - architecture: the processor it must be for; nil for any.
  /// - Throws: ``PackagingError`` that names what is wrong with it.
  public init(at root: FilePath, architecture: String? = nil) throws(PackagingError) {
    try self.init(at: root, architecture: architecture, pins: .current)
  }

  /// As the public one, with pins that say what is needed.
  init(at root: FilePath, architecture: String?, pins: ToolchainPins) throws(PackagingError) {
    let names = Self.names(in: root)
    guard !names.isEmpty else {
      throw PackagingError(.notFound, "there is no distribution of IREE in '\(root)'")
    }
    if !names.contains("lib"), names.count == 1 {
      self.root = root.appending(names[0])
    } else {
      self.root = root
    }
    try Self.checkFiles(
      DistributionArchives.all.map { "lib/lib\($0).a" }
        + ["include/iree/runtime/api.h", "include/iree/vm/api.h"],
      in: self.root,
      pins
    )
    let unified = self.root.appending("lib").appending("lib\(DistributionArchives.unified).a")
    let archive = try ArchiveSummary(unified)
    self.architecture = archive.machine
    self.version = try Self.version(of: archive, in: self.root, pins)
    if version == .v3_12 {
      try Self.checkFiles(
        DistributionArchives.parametersSince3_12.map { "lib/lib\($0).a" },
        in: self.root,
        pins
      )
    }
    if let architecture, architecture != archive.machine {
      throw PackagingError(
        .wrongArchitecture,
        "the distribution in '\(self.root)' is for \(archive.machine), and \(architecture) is needed",
        remedy: "take iree-dist-\(pins.iree)-linux-\(architecture).tar.xz"
      )
    }
    for path in archives where path != unified {
      let machine = try ArchiveSummary(path).machine
      guard machine == archive.machine else {
        throw PackagingError(
          .wrongArchitecture,
          "'\(path)' is for \(machine), and '\(unified)' for \(archive.machine)"
        )
      }
    }
  }

  private static func names(in folder: FilePath) -> [String] {
    (try? folderContents(folder)) ?? []
  }

  private static func checkFiles(
    _ needed: [String],
    in root: FilePath,
    _ pins: ToolchainPins
  ) throws(PackagingError) {
    let missing = needed.filter { !isRegularFile(root.appending(FilePath($0).components)) }
    guard missing.isEmpty else {
      throw PackagingError(
        .incomplete,
        "the distribution in '\(root)' is not whole: it lacks \(missing.count) of the"
          + " \(needed.count) files looked for",
        details: missing,
        remedy: "unpack iree-dist-\(pins.iree)-linux-<processor>.tar.xz anew"
      )
    }
  }

  /// The version, which must be the one in use: a distribution does not say it, but its functions do.
  private static func version(
    of archive: ArchiveSummary,
    in root: FilePath,
    _ pins: ToolchainPins
  ) throws(PackagingError) -> RuntimeVersion {
    let wanted = pins.iree
    let found: (version: RuntimeVersion?, name: String) =
      if archive.defines("iree_async_proactor_pool_create") {
        (.v3_12, "3.12 or newer")
      } else if archive.defines("iree_vm_list_get_ref_move") {
        archive.defines("iree_hal_device_group_create_from_device") ? (nil, "3.11") : (nil, "3.10")
      } else if !archive.defines("iree_hal_executable_plugin_manager_create")
        || !archive.defines("iree_vm_bytecode_module_create")
      {
        (nil, "an unknown version")
      } else {
        (.v3_9, "3.9")
      }
    if let version = found.version, version.includes(pins.release) { return version }
    throw PackagingError(
      .wrongVersion,
      "the distribution in '\(root)' is of IREE \(found.name), and \(wanted) is needed",
      remedy: "take iree-dist-\(wanted)-linux-<processor>.tar.xz, or choose the version with"
        + " APUS_IREE_VERSION: \(pins.supportedVersions.joined(separator: ", "))"
    )
  }
}

/// What there is to know of an archive before a linker reads it.
struct ArchiveSummary {
  /// The processor its objects are for: `x86_64`.
  let machine: String
  private let index: [UInt8]

  /// - Throws: ``PackagingError`` if the file is no archive, or its members do not add up to its size.
  init(_ path: FilePath) throws(PackagingError) {
    func damaged(_ what: String) -> PackagingError {
      PackagingError(.damaged, "'\(path)' is damaged: \(what)", remedy: "unpack it anew")
    }
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      throw PackagingError(.damaged, error.description)
    }
    let bytes = file.unsafeEscapingBytes
    guard bytes.starts(with: "!<arch>\n".utf8) else { throw damaged("it is not an archive") }
    var machine: String?
    var index: [UInt8] = []
    var offset = 8
    while offset < bytes.count {
      let header = bytes[offset...].prefix(60)
      let digits = String(decoding: header.dropFirst(48).prefix(10), as: UTF8.self)
      guard header.count == 60,
        let size = Int(digits.prefix { $0 != " " }), size >= 0,
        size <= bytes.count - offset - 60
      else { throw damaged("it is cut short at byte \(offset) of \(bytes.count)") }
      let content = bytes[(offset + 60)..<(offset + 60 + size)]
      if offset == 8, header.starts(with: "/ ".utf8) { index = Array(content) }
      if machine == nil, let number = Self.machineNumber(content) {
        machine = Self.name(ofMachine: number)
      }
      offset += 60 + size + size % 2
    }
    withExtendedLifetime(file) {}
    guard let machine else { throw damaged("it has no object in it") }
    self.machine = machine
    self.index = index
  }

  /// Whether a member defines a function, as the archive's index says.
  func defines(_ name: String) -> Bool {
    let wanted = Array(name.utf8)
    return index.split(separator: 0).contains { $0.elementsEqual(wanted) }
  }

  private static func machineNumber(_ object: Slice<UnsafeRawBufferPointer>) -> UInt16? {
    guard object.count >= 20, object.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { return nil }
    let start = object.startIndex
    return UInt16(object[start + 18]) | UInt16(object[start + 19]) << 8
  }

  private static func name(ofMachine number: UInt16) -> String {
    switch number {
    case 62: "x86_64"
    case 183: "aarch64"
    case 243: "riscv64"
    default: "machine number \(number)"
    }
  }
}
