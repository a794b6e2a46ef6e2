import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusNativeLibrary

@Suite struct LibraryLocatorTests {
  private let folder: TemporaryFolder
  private let locator: LibraryLocator

  init() throws {
    folder = try TemporaryFolder()
    for name in ["explicit.so", "variable.so", "toolchain.so"] { try folder.write("", to: name) }
    locator = LibraryLocator(
      library: "a library",
      environmentVariable: "A_LIBRARY",
      toolchainPath: folder.file("toolchain.so")
    )
  }

  @Test func `an explicit path comes before the environment, and that before the toolchain`() throws
  {
    let environment = ["A_LIBRARY": folder.file("variable.so").string]
    #expect(
      try locator.locate(explicitPath: folder.file("explicit.so"), environment: environment)
        == folder.file("explicit.so")
    )
    #expect(try locator.locate(environment: environment) == folder.file("variable.so"))
    #expect(try locator.locate(environment: [:]) == folder.file("toolchain.so"))
    #expect(try locator.locate(environment: ["A_LIBRARY": ""]) == folder.file("toolchain.so"))
  }

  @Test func `a path that is named and missing is an error, although the toolchain has one`() throws
  {
    let error = #expect(throws: NativeLibraryError.self) {
      try locator.locate(environment: ["A_LIBRARY": "/no/such.so"])
    }
    #expect(error?.code == .notFound)
    #expect(
      error?.description == """
        a library: the library was not found
          tried /no/such.so (from A_LIBRARY): No such file or directory
          run 'make setup' in a checkout of Apus to install it, or set A_LIBRARY to its path
        """
    )
  }
}
