import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusNativeLibrary

@Suite struct DynamicLibraryTests {
  private struct Table: BitwiseCopyable {
    var cosine: @convention(c) (Double) -> Double
    var sine: @convention(c) (Double) -> Double
  }

  private static func names(_ names: [String]) -> UnsafePointer<UnsafePointer<CChar>> {
    // For the process's life, as in a C table.
    let pointers = UnsafeMutablePointer<UnsafePointer<CChar>>.allocate(capacity: names.count)
    for (index, name) in names.enumerated() {
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 1)
      copy.initialize(from: Array(name.utf8CString), count: name.utf8.count + 1)
      pointers[index] = UnsafePointer(copy)
    }
    return UnsafePointer(pointers)
  }

  @Test func `a table is filled in the order of its names`() throws {
    let library = try DynamicLibrary("libm", at: "libm.so.6")
    let table = try library.table(Table.self, names: Self.names(["cos", "sin"]))
    #expect(table.cosine(0) == 1)
    #expect(table.sine(0) == 0)
  }

  @Test func `every symbol that is missing is named, and no table is made`() throws {
    let library = try DynamicLibrary("libm", at: "libm.so.6")
    let error = #expect(throws: NativeLibraryError.self) {
      try library.table(Table.self, names: Self.names(["cosinus", "sin"]))
    }
    #expect(error?.code == .missingSymbols)
    #expect(error?.message == "the library lacks 1 of the 2 functions needed: cosinus")
    #expect(error?.tried == ["libm.so.6"])
  }

  @Test func `a file that is no library is refused with the linker's words`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("not a library", to: "lib.so")
    let error = #expect(throws: NativeLibraryError.self) { try DynamicLibrary("it", at: file) }
    #expect(error?.code == .notLoadable)
    #expect(
      error?.description.contains("invalid ELF header") == true
        || error?.description.contains("file too short") == true
    )
  }
}
