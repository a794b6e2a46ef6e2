internal import ApusArtifacts
internal import ApusNativeLibrary
internal import CApusIREERuntime
public import SystemPackage

/// IREE's runtime made into one file that any link can take: the folder that `apus bundle-runtime` fills.
///
/// ```
/// lib/apus-iree-runtime.o             the runtime, whole: to be named on a link's command line
/// lib/libapus-iree-runtime.a          a linker script that names it, for -lapus-iree-runtime
/// lib/pkgconfig/apus-iree-runtime.pc  for SwiftPM's system libraries
/// lib/libapus-iree-runtime-shared.so  for APUS_IREE_RUNTIME, if it was asked for
/// ```
///
/// An object needs none of the flags that archives do: all of it is linked, in whatever place it stands,
/// and the only names it adds to a program are those of the functions that Apus calls.
public struct RuntimeBundle: Sendable {
  /// The folder.
  public let folder: FilePath

  /// The runtime as an object.
  public var object: FilePath { folder.appending("lib").appending(Self.objectName) }
  /// The folder for `PKG_CONFIG_PATH`.
  public var packageConfiguration: FilePath { folder.appending("lib").appending("pkgconfig") }
  /// The runtime as a shared library, if it was asked for.
  public var sharedLibrary: FilePath {
    folder.appending("lib").appending("libapus-iree-runtime-shared.so")
  }

  /// The bundle in `folder`, which need not be there.
  public init(at folder: FilePath) { self.folder = folder }

  /// Where setup puts it.
  ///
  /// - Parameters:
  ///   - architecture: the processor it is for; nil for this machine's.
  ///   - environment: variables, of which `APUS_HOME` says where.
  public init(architecture: String? = nil, environment: [String: String]) {
    let toolchain = ToolchainFolder(environment: environment)
    folder = toolchain.runtimeBundle(architecture: architecture ?? hostArchitecture)
  }

  /// Makes the object, and what names it, from a distribution.
  ///
  /// - Parameters:
  ///   - distribution: checked already.
  ///   - sharedLibrary: whether to make a shared library as well.
  ///   - environment: `APUS_LLD` names the linker.
  /// - Throws: ``PackagingError``; files that were there are then as they were.
  public func make(
    from distribution: IREEDistribution,
    sharedLibrary: Bool = false,
    environment: [String: String]
  ) async throws(PackagingError) {
    let library = folder.appending("lib")
    let scratch: ScratchFolder
    do {
      try makeFolder(packageConfiguration)
      scratch = try ScratchFolder(in: library)
    } catch {
      throw PackagingError(.notFound, "cannot write to '\(folder)': \(error)")
    }
    let tools = try BundleTools(environment: environment)
    let functions = Self.functions(of: distribution.version)
    let object = scratch.path.appending("runtime.o")
    try await tools.join(distribution.archives, into: object, needing: functions)
    try await tools.hideOthers(than: functions, in: object, scratch.path)

    try copy(object, to: self.object)
    // A linker that finds text where it looks for a library reads it as a script.
    let script =
      "INPUT(\(Self.objectName) \(Self.systemLibraries.map { "-l\($0)" }.joined(separator: " ")))\n"
    try write(script, to: library.appending("libapus-iree-runtime.a"))
    try write(
      packageConfigurationText,
      to: packageConfiguration.appending("apus-iree-runtime.pc")
    )
    if sharedLibrary {
      let shared = scratch.path.appending("runtime.so")
      try await tools.share(object, as: shared, exporting: functions, scratch.path)
      try copy(shared, to: self.sharedLibrary)
    }
  }

  private static let objectName = "apus-iree-runtime.o"

  /// The functions that Apus calls in a version of the runtime.
  static func functions(of version: RuntimeVersion) -> [String] {
    func names<Table>(_: Table.Type, _ symbols: apus_iree_runtime_symbols) -> [String] {
      (0..<(MemoryLayout<Table>.size / MemoryLayout<UnsafeRawPointer>.size)).map {
        String(cString: symbols.names[$0])
      }
    }
    typealias Common = apus_iree_runtime_table
    typealias CommonOptional = apus_iree_runtime_optional_table
    let common =
      names(Common.self, apus_iree_runtime_table_symbols())
      + names(CommonOptional.self, apus_iree_runtime_optional_table_symbols())
    switch version {
    case .v3_9:
      typealias Table = apus_iree_runtime_3_9_table
      typealias Optional = apus_iree_runtime_3_9_optional_table
      return common + names(Table.self, apus_iree_runtime_3_9_table_symbols())
        + names(Optional.self, apus_iree_runtime_3_9_optional_table_symbols())
    case .v3_12:
      typealias Table = apus_iree_runtime_3_12_table
      typealias Optional = apus_iree_runtime_3_12_optional_table
      return common + names(Table.self, apus_iree_runtime_3_12_table_symbols())
        + names(Optional.self, apus_iree_runtime_3_12_optional_table_symbols())
    }
  }

  /// What the runtime itself needs: its interpreter of kernels calls the math library.
  private static let systemLibraries = ["m", "dl", "pthread"]

  private var packageConfigurationText: String {
    """
    prefix=${pcfiledir}/../..
    Name: apus-iree-runtime
    Description: IREE's runtime as one object, for programs that use Apus
    Version: \(ToolchainPins.current.iree)
    Libs: -L${prefix}/lib -lapus-iree-runtime

    """
  }

  /// Copies what a tool has made.
  private func copy(_ path: FilePath, to target: FilePath) throws(PackagingError) {
    let made: MappedFile
    do throws(FileError) {
      made = try MappedFile(path)
    } catch {
      throw PackagingError(.toolFailed, error.description)
    }
    try write(.file(made), to: target)
  }

  private func write(_ text: String, to path: FilePath) throws(PackagingError) {
    try write(.bytes(Array(text.utf8)), to: path)
  }

  private func write(_ piece: FilePiece, to path: FilePath) throws(PackagingError) {
    do throws(FileError) {
      try writeAtomically([piece], to: path, isExecutable: false)
    } catch {
      throw PackagingError(.notFound, error.description)
    }
  }
}
