package import ApusArtifacts
internal import CApusIREERuntime
public import SystemPackage

/// A file of named parameters, for programs that keep their weights outside of themselves.
///
/// ```swift
/// let weights = try ParameterArchive(contentsOf: "model.safetensors", scope: "model")
/// let program = try Program(contentsOf: "model.vmfb", on: runtime, parameters: [weights])
/// ```
///
/// The file is mapped. Parameters that begin at a multiple of 64 bytes are used in place; IREE copies
/// the others into memory, because its kernels rely on that alignment. The file must not be cut
/// shorter while it is in use. Thread-safe.
public final class ParameterArchive: Sendable {
  /// A format of parameter files.
  public enum Format: String, Sendable, CaseIterable {
    /// Hugging Face's safetensors.
    case safetensors
    /// IREE's parameter archive.
    case irpa
    /// llama.cpp's GGUF.
    case gguf
  }

  /// One parameter in the file.
  public struct Entry: Hashable, Sendable {
    /// The parameter's name.
    public var key: String
    /// Its size.
    public var byteCount: Int
  }

  /// The file.
  public let path: FilePath
  /// The scope under which programs ask for the parameters; empty for none.
  public let scope: String
  /// The file's format.
  public let format: Format

  private let file: MappedFile

  /// Opens a file of parameters.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - scope: the scope under which programs ask for its parameters: `"model"` for
  ///     `#flow.parameter.named<"model"::"w">`.
  ///   - format: the format; nil to tell it by the file's first bytes, or else its extension.
  /// - Throws: `FileError` if the file cannot be mapped; ``RuntimeError`` with `INVALID_ARGUMENT` if
  ///   its format is not known. What is in it is examined when a program is loaded, or by ``entries()``.
  public convenience init(
    contentsOf path: FilePath,
    scope: String = "",
    format: Format? = nil
  ) throws {
    try self.init(MappedFile(path), scope: scope, format: format)
  }

  /// Takes a file, or a part of one, that is mapped already.
  package init(_ file: MappedFile, scope: String, format: Format? = nil) throws {
    guard let format = format ?? Self.format(of: file) else {
      throw RuntimeError(
        .invalidArgument,
        "cannot tell the format of the parameters in '\(file.path)'; name the file .safetensors, .irpa"
          + " or .gguf"
      )
    }
    self.file = file
    self.path = file.path
    self.scope = scope
    self.format = format
  }

  private static func format(of file: MappedFile) -> Format? {
    let magic = file.withUnsafeBytes { Array($0.prefix(4)) }
    if magic.elementsEqual("IRPA".utf8) { return .irpa }
    if magic.elementsEqual("GGUF".utf8) { return .gguf }
    return file.path.extension.flatMap { Format(rawValue: $0.lowercased()) }
  }

  /// The parameters in the file, in its order.
  ///
  /// - Throws: ``RuntimeError`` if the file is not of its format, or a parameter reaches beyond its end;
  ///   `NativeLibraryError` if IREE's runtime library cannot be used.
  public func entries() throws -> [Entry] {
    try ParameterIndex([self], RuntimeLibrary.shared()).entries
  }

  /// What the file says is in it.
  fileprivate func records() throws -> [ParameterRecord] {
    do {
      return try file.withUnsafeBytes(format.records(in:))
    } catch {
      throw unreadable(error)
    }
  }

  /// Adds the file's parameters to an index.
  fileprivate func parse(
    into index: UnsafeMutablePointer<iree_io_parameter_index_t>,
    _ api: apus_iree_runtime_table
  ) throws {
    let retainedFile = Unmanaged.passRetained(file)
    let releaseFile = iree_io_file_handle_release_callback_t(
      fn: { userData, _ in
        if let userData { Unmanaged<MappedFile>.fromOpaque(userData).release() }
      },
      user_data: retainedFile.toOpaque()
    )
    let contents = iree_byte_span_t(
      data: UnsafeMutablePointer(
        mutating: file.unsafeEscapingBytes.bindMemory(to: UInt8.self).baseAddress
      ),
      data_length: file.count
    )
    var handle: UnsafeMutablePointer<iree_io_file_handle_t>?
    do {
      try api.check(
        api.iree_io_file_handle_wrap_host_allocation(
          numericCast(APUS_IREE_IO_FILE_ACCESS_READ),
          contents,
          releaseFile,
          systemAllocator,
          &handle
        )
      )
    } catch {
      retainedFile.release()
      throw error
    }
    defer { api.iree_io_file_handle_release(handle) }
    let status =
      switch format {
      case .safetensors: api.iree_io_parse_safetensors_index(handle, index, systemAllocator)
      case .irpa: api.iree_io_parse_irpa_index(handle, index, systemAllocator)
      case .gguf: api.iree_io_parse_gguf_index(handle, index, systemAllocator)
      }
    do {
      try api.check(status)
    } catch {
      throw unreadable(error)
    }
  }

  fileprivate func unreadable(_ cause: any Error) -> any Error {
    guard var error = cause as? RuntimeError else { return cause }
    error.message = "cannot read the parameters in '\(path)': \(error.message)"
    return error
  }
}

/// The parameters of one scope, from one or more files.
final class ParameterIndex {
  private let library: RuntimeLibrary
  private let handle: UnsafeMutablePointer<iree_io_parameter_index_t>
  let scope: String
  private(set) var entries: [ParameterArchive.Entry] = []

  /// Parses the files, all of one scope.
  init(_ archives: [ParameterArchive], _ library: RuntimeLibrary) throws {
    let api = library.api
    var handle: UnsafeMutablePointer<iree_io_parameter_index_t>?
    try api.check(api.iree_io_parameter_index_create(systemAllocator, &handle))
    guard let handle else { throw RuntimeError.noResult("iree_io_parameter_index_create") }
    self.library = library
    self.handle = handle
    scope = archives.first?.scope ?? ""
    for archive in archives {
      let records = try archive.records()
      try archive.parse(into: handle, api)
      try readEntries(records, of: archive)
    }
  }

  deinit {
    library.api.iree_io_parameter_index_release(handle)
  }

  /// Reads what the last file added, which must be what Apus found in it: IREE follows any offset.
  private func readEntries(_ records: [ParameterRecord], of archive: ParameterArchive) throws {
    let api = library.api
    let expected = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
    let ordinals = entries.count..<api.iree_io_parameter_index_count(handle)
    guard ordinals.count == records.count, expected.count == records.count else {
      throw archive.unreadable(
        RuntimeError(
          .invalidArgument,
          "IREE finds \(ordinals.count) parameters, where there are \(expected.count) by name"
        )
      )
    }
    for ordinal in ordinals {
      var pointer: UnsafePointer<iree_io_parameter_index_entry_t>?
      try api.check(api.iree_io_parameter_index_get(handle, ordinal, &pointer))
      guard let entry = pointer?.pointee else {
        throw RuntimeError.noResult("iree_io_parameter_index_get")
      }
      let isInFile = entry.type == numericCast(APUS_IREE_IO_PARAMETER_STORAGE_FILE)
      let found = ParameterRecord(
        key: String(entry.key),
        byteCount: Int(clamping: entry.length),
        offset: isInFile ? Int(clamping: entry.storage.file.offset) : nil
      )
      guard expected[found.key] == found else {
        throw archive.unreadable(
          RuntimeError(.invalidArgument, "IREE finds the parameter '\(found.key)' elsewhere")
        )
      }
      entries.append(.init(key: found.key, byteCount: found.byteCount))
    }
  }

  /// What serves the parameters to programs.
  func makeProvider() throws -> UnsafeMutablePointer<iree_io_parameter_provider_t> {
    let api = library.api
    var provider: UnsafeMutablePointer<iree_io_parameter_provider_t>?
    try api.check(
      withStringView(scope) {
        api.iree_io_parameter_index_provider_create($0, handle, 16, systemAllocator, &provider)
      }
    )
    guard let provider else {
      throw RuntimeError.noResult("iree_io_parameter_index_provider_create")
    }
    return provider
  }
}
