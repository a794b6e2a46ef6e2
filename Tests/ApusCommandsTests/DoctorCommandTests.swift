import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct DoctorCommandTests {
  @Test func `an installation that is whole is told so`() async throws {
    let result = try await runApus("doctor")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("found  IREE compiler  3.9.0"))
    #expect(result.output.contains("found  IREE runtime  3.9.0"))
    #expect(result.output.contains("found  LLVM  22."))
    #expect(result.output.contains("found  lld  22."))
    #expect(result.output.contains("found  clang  22."))
    #expect(result.output.contains("found  math library  musl 1.2.3\n"))
  }

  @Test func `what only linking needs is named when it is missing, and is no failure`() async throws
  {
    let environment = ["APUS_LLVM": "/no/such.so", "APUS_LLD": "/no/lld"]
    let result = try await runApus("doctor", environment: environment)
    #expect(result.status == 0)
    #expect(
      result.output.contains(
        """
        missing  LLVM
               the library was not found; /no/such.so (from APUS_LLVM): No such file or directory
               needed for linking programs; to install: make setup
        missing  lld
               the program was not found; /no/lld (from APUS_LLD): No such file or directory
               needed for linking programs; to install: make setup

        """
      )
    )
  }

  @Test func `a library that is not LLVM and a program that is no linker are unusable`()
    async throws
  {
    let environment = [
      "APUS_LLVM": "/lib/x86_64-linux-gnu/libm.so.6", "APUS_LLD": "/bin/false",
    ]
    let result = try await runApus("doctor", "--json", environment: environment)
    #expect(result.status == 0)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    )
    let parts = try #require(report["parts"] as? [[String: Any]])
    for name in ["LLVM", "lld"] {
      let part = try #require(parts.first { $0["name"] as? String == name })
      #expect(part["state"] as? String == "unusable")
      #expect(part["isNeeded"] as? Bool == false)
      #expect(part["purpose"] as? String == "linking programs")
      #expect(part["remedy"] as? String == "make setup")
    }
  }

  @Test func `what is missing is named, with its cost and the command that brings it`() async throws
  {
    let folder = try TemporaryFolder()
    let environment = [
      "APUS_HOME": folder.path.string, "APUS_IREE_COMPILER": "", "APUS_IREE_RUNTIME": "",
    ]
    let result = try await runApus("doctor", environment: environment)
    #expect(result.status == 1)
    #expect(result.output.contains("missing  IREE compiler\n"))
    #expect(result.output.contains("needed for compiling programs; to install: make setup\n"))
    #expect(result.output.contains("needed for running programs; to install: make setup\n"))
    #expect(result.output.contains("\(folder.path)/iree-runtime-3.9.0/lib/libshortfin.so"))

    let json = try await runApus("doctor", "--json", environment: environment)
    #expect(json.status == 1)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    )
    let parts = try #require(report["parts"] as? [[String: Any]])
    let missing = parts.filter {
      $0["state"] as? String == "missing" && $0["isNeeded"] as? Bool == true
    }
    #expect(missing.map { $0["name"] as? String } == ["IREE compiler", "IREE runtime"])
  }

  @Test func `a library that is something else is unusable, and told apart from a missing one`()
    async throws
  {
    let folder = try TemporaryFolder()
    let file = try folder.write("not a library", to: "lib.so")
    let result = try await runApus("doctor", environment: ["APUS_IREE_RUNTIME": file.string])
    #expect(result.status == 1)
    #expect(result.output.contains("unusable  IREE runtime\n"))
    #expect(result.output.contains("found  IREE compiler"))
  }

  @Test func `a program cannot run where a library is missing, and the error says what to do`()
    async throws
  {
    let folder = try TemporaryFolder()
    try folder.write(add, to: "add.mlir")
    let result = try await runApus(
      "compile",
      "add.mlir",
      "-o",
      "add.vmfb",
      in: folder.path,
      environment: ["APUS_IREE_COMPILER": "/no/such/lib.so"]
    )
    #expect(result.status == 1)
    #expect(
      result.error == """
        apus: error: IREE compiler: the library was not found
          tried /no/such/lib.so (from APUS_IREE_COMPILER): No such file or directory
          run 'make setup' in a checkout of Apus to install it, or set APUS_IREE_COMPILER to its path

        """
    )
  }

  @Test func `a library without the functions needed is refused, and they are named`() async throws
  {
    let folder = try TemporaryFolder()
    try folder.write(add, to: "add.mlir")
    let result = try await runApus(
      "compile",
      "add.mlir",
      "-o",
      "add.vmfb",
      in: folder.path,
      environment: ["APUS_IREE_COMPILER": "/lib/x86_64-linux-gnu/libm.so.6"]
    )
    #expect(result.status == 1)
    #expect(result.error.contains("the library lacks"))
    #expect(result.error.contains("ireeCompilerGetAPIVersion"))
    #expect(result.error.contains("it is probably of another version"))
    #expect(folder.names == ["add.mlir"])
  }
}
