import ApusNativeLibrary
import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusPackaging

@Suite struct IREEDistributionTests {
  /// What the fixtures are of, whatever the version in use.
  private static let pins = ToolchainPins.current.choosing("3.9.0")

  private func open(
    at path: FilePath,
    architecture: String? = nil,
    pins: ToolchainPins = Self.pins
  ) throws -> IREEDistribution {
    try IREEDistribution(at: path, architecture: architecture, pins: pins)
  }

  private func error(_ body: () throws -> Void) throws -> PackagingError {
    try #require(throws: PackagingError.self) { try body() }
  }

  @Test func `a distribution that is whole is taken, and knows its processor`() throws {
    let fixture = try DistributionFixture()
    let distribution = try open(at: fixture.path, architecture: "x86_64")
    #expect(distribution.architecture == "x86_64")
    #expect(distribution.root == fixture.path)
    #expect(distribution.archives.count == DistributionFixture.archives.count)
    let arm = try DistributionFixture(machine: 183)
    #expect(try open(at: arm.path).architecture == "aarch64")
  }

  @Test func `one for another processor is refused`() throws {
    let fixture = try DistributionFixture(machine: 183)
    let error = try error { _ = try open(at: fixture.path, architecture: "x86_64") }
    #expect(error.code == .wrongArchitecture)
    #expect(error.message.hasSuffix("is for aarch64, and x86_64 is needed"))
    #expect(error.remedy == "take iree-dist-3.9.0-linux-x86_64.tar.xz")
  }

  @Test(
    arguments: [
      (["iree_vm_list_get_ref_move"], "3.10"),
      (["iree_vm_list_get_ref_move", "iree_hal_device_group_create_from_device"], "3.11"),
      (["iree_vm_list_get_ref_move", "iree_async_proactor_pool_create"], "3.12 or newer"),
    ]
  )
  func `one of another version is refused by name`(functions: [String], version: String) throws {
    let fixture = try DistributionFixture(functions: DistributionFixture.functions + functions)
    let error = try error { _ = try open(at: fixture.path) }
    #expect(error.code == .wrongVersion)
    #expect(
      error.message.hasSuffix("is of IREE \(version), and 3.9.0 is needed"),
      "\(error)"
    )
    #expect(error.remedy?.hasSuffix("APUS_IREE_VERSION: 3.9.0, 3.13.0") == true)
  }

  private static let functionsSince3_12 =
    DistributionFixture.functions + [
      "iree_vm_list_get_ref_move", "iree_async_proactor_pool_create",
    ]

  @Test func `one of the newest version is taken where that is chosen, and needs more archives`()
    throws
  {
    let pins = ToolchainPins.current.choosing("3.13.0")
    let whole = try DistributionFixture(
      functions: Self.functionsSince3_12,
      archives: DistributionFixture.archives + DistributionFixture.archivesSince3_12
    )
    let distribution = try open(at: whole.path, pins: pins)
    #expect(distribution.version == .v3_12)
    #expect(distribution.archives.count == DistributionFixture.archives.count + 2)

    let lacking = try DistributionFixture(functions: Self.functionsSince3_12)
    let error = try error {
      _ = try open(at: lacking.path, pins: pins)
    }
    #expect(error.code == .incomplete)
    #expect(error.details == DistributionFixture.archivesSince3_12.map { "lib/lib\($0).a" })
  }

  @Test func `one of 3.9 is refused where another version is chosen`() throws {
    let fixture = try DistributionFixture()
    let error = try error {
      _ = try open(at: fixture.path, pins: ToolchainPins.current.choosing("3.13.0"))
    }
    #expect(error.code == .wrongVersion)
    #expect(error.message.hasSuffix("is of IREE 3.9, and 3.13.0 is needed"))
  }

  @Test func `an archive without IREE's functions is of an unknown version`() throws {
    let fixture = try DistributionFixture(functions: ["main"])
    let error = try error { _ = try open(at: fixture.path) }
    #expect(error.message.contains("is of IREE an unknown version"))
  }

  @Test(arguments: ["include/iree/vm/api.h", "lib/libiree_io_stream.a"])
  func `what is missing is named`(file: String) throws {
    let fixture = try DistributionFixture(without: [file])
    let error = try error { _ = try open(at: fixture.path) }
    #expect(error.code == .incomplete)
    #expect(error.details == [file])
    #expect(error.message.hasSuffix("it lacks 1 of the 13 files looked for"))
  }

  @Test func `an archive that was cut is damaged, and says where`() throws {
    let fixture = try DistributionFixture()
    let name = "lib/libiree_io_stream.a"
    let bytes = try fixture.folder.contents(of: name)
    for count in [0, 7, 30, bytes.count - 10] {
      try fixture.folder.write(Array(bytes.prefix(count)), to: name)
      let error = try error { _ = try open(at: fixture.path) }
      #expect(error.code == .damaged)
      #expect(error.message.contains("libiree_io_stream.a"))
    }
  }

  @Test func `a folder that is empty or is not there has no distribution`() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.file("none")] {
      #expect(try error { _ = try open(at: path) }.code == .notFound)
    }
  }

  @Test(
    arguments: [
      ("iree-dist-3.10.0-linux-x86_64.tar.xz", PackagingError.Code.wrongVersion, "IREE 3.10.0"),
      ("iree-dist-3.9.0-linux-aarch64.tar.xz", .wrongArchitecture, "linux on aarch64"),
      ("iree-dist-3.9.0-macos-x86_64.tar.xz", .wrongArchitecture, "macos on x86_64"),
      ("iree-dist-3.9.0rc1-linux-x86_64.tar.xz", .wrongVersion, "IREE 3.9.0rc1"),
    ]
  )
  func `a tarball's name is believed before it is unpacked`(
    name: String,
    code: PackagingError.Code,
    words: String
  ) throws {
    let error = try error {
      try DistributionTarball.checkName(FilePath("/x/\(name)"), "x86_64", pins: Self.pins)
    }
    #expect(error.code == code)
    #expect(error.message.contains(words))
  }

  @Test func `names of another form say nothing`() throws {
    for name in ["iree-dist-3.9.0-linux-x86_64.tar.xz", "dist.tar.xz", "iree.tar"] {
      try DistributionTarball.checkName(FilePath(name), "x86_64", pins: Self.pins)
    }
  }
}
