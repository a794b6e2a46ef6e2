package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A shared library opened for its C functions.
///
/// It is opened with `RTLD_LOCAL`, since IREE's compiler and LLVM each bring an LLVM of their own
/// whose symbols must not meet, and never closed: threads and callbacks of its own may outlive any
/// user.
package struct DynamicLibrary: Sendable {
  /// The library's name for people.
  package let name: String
  /// The file it was opened from.
  package let path: FilePath

  /// Proof of safety: an address that `dlsym` accepts from any thread, never closed.
  nonisolated(unsafe) private let handle: UnsafeMutableRawPointer

  /// Opens the library.
  ///
  /// - Throws: `NativeLibraryError` with `notLoadable` and the dynamic linker's words.
  package init(_ name: String, at path: FilePath) throws(NativeLibraryError) {
    guard let handle = dlopen(path.string, RTLD_NOW | RTLD_LOCAL) else {
      throw NativeLibraryError(
        .notLoadable,
        library: name,
        message: "the library could not be loaded",
        tried: [String(cString: dlerror())],
        remedy: "run 'apus doctor' to see what is installed"
      )
    }
    self.name = name
    self.path = path
    self.handle = handle
  }

  /// The address of a symbol, or nil if the library does not have it.
  package func symbol(_ name: UnsafePointer<CChar>) -> UnsafeMutableRawPointer? {
    dlsym(handle, name)
  }

  /// A table of function pointers with every field filled.
  ///
  /// - Parameters:
  ///   - table: a C struct that consists of function pointers only.
  ///   - names: as many names as the struct has fields, in their order.
  /// - Throws: `NativeLibraryError` with `missingSymbols`, naming them all.
  package func table<Table: BitwiseCopyable>(
    _ table: Table.Type,
    names: UnsafePointer<UnsafePointer<CChar>>
  ) throws(NativeLibraryError) -> Table {
    let count = MemoryLayout<Table>.size / MemoryLayout<UnsafeRawPointer>.size
    var missing: [String] = []
    var addresses: [UnsafeMutableRawPointer] = []
    for name in UnsafeBufferPointer(start: names, count: count) {
      if let address = symbol(name) {
        addresses.append(address)
      } else {
        missing.append(String(cString: name))
      }
    }
    guard missing.isEmpty else {
      throw NativeLibraryError(
        .missingSymbols,
        library: name,
        message: "the library lacks \(missing.count) of the \(count) functions needed: "
          + missing.joined(separator: ", "),
        tried: [path.string],
        remedy: "it is probably of another version; run 'make setup' to install the pinned one"
      )
    }
    return addresses.withUnsafeBytes { $0.load(as: Table.self) }
  }

  /// A table of function pointers in which those that the library lacks are null.
  ///
  /// - Parameters:
  ///   - table: a C struct that consists of nullable function pointers only.
  ///   - names: as many names as the struct has fields, in their order.
  package func optionalTable<Table: BitwiseCopyable>(
    _ table: Table.Type,
    names: UnsafePointer<UnsafePointer<CChar>>
  ) -> Table {
    let count = MemoryLayout<Table>.size / MemoryLayout<UnsafeRawPointer>.size
    let addresses = UnsafeBufferPointer(start: names, count: count).map { symbol($0) }
    return addresses.withUnsafeBytes { $0.load(as: Table.self) }
  }
}
