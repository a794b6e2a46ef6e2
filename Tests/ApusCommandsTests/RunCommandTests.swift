import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct RunCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(add, to: "add.mlir")
    try folder.write(
      """
      module @many {
        util.global private mutable @count = dense<0> : tensor<i32>
        func.func @next() -> tensor<i32> {
          %0 = util.global.load @count : tensor<i32>
          %one = stablehlo.constant dense<1> : tensor<i32>
          %1 = stablehlo.add %0, %one : tensor<i32>
          util.global.store %1, @count : tensor<i32>
          return %1 : tensor<i32>
        }
        func.func @both(%a: tensor<2x2xf32>, %n: i32) -> (tensor<2x2xf32>, i32) {
          %0 = stablehlo.add %a, %a : tensor<2x2xf32>
          return %0, %n : tensor<2x2xf32>, i32
        }
      }
      """,
      to: "many.mlir"
    )
  }

  private func apus(_ arguments: String...) async throws -> ToolResult {
    try await runTool(Peers.apus, arguments, in: folder.path)
  }

  @Test func `a .mlir is compiled and run, and found again`() async throws {
    for _ in 0..<2 {
      let result = try await apus(
        "run",
        "add.mlir",
        "--input",
        "4xf32=1,2,3,4",
        "--input",
        "4xf32=[10 20 30 40]"
      )
      #expect(result == ToolResult(status: 0, output: "4xf32=11 22 33 44\n", error: ""))
    }
    #expect(folder.names == ["add.mlir", "many.mlir"])
  }

  @Test func `the cache is where it is said to be, and tells math libraries apart`() async throws {
    let home = try otherHome()
    let programs = try TemporaryFolder()
    func run(_ environment: [String: String]) async throws {
      let result = try await runApus(
        "run",
        "add.mlir",
        "--input",
        "4xf32=1",
        "--input",
        "4xf32=2",
        in: folder.path,
        environment: environment.merging(["APUS_PROGRAM_CACHE": programs.path.string]) { $1 }
      )
      #expect(result == ToolResult(status: 0, output: "4xf32=3 3 3 3\n", error: ""))
    }
    for _ in 0..<2 { try await run([:]) }
    #expect(programs.names.count == 2, "a program and its checksum")
    for _ in 0..<2 { try await run(["APUS_HOME": home.path.string]) }
    #expect(programs.names.count == 4, "two programs and their checksums")
  }

  /// The toolchain's folder, but for musl's functions, which are written anew.
  private func otherHome() throws -> TemporaryFolder {
    let home = try TemporaryFolder()
    let library = Peers.muslMath("x86_64")
    let part = library.removingLastComponent().removingLastComponent()
    let toolchain = part.removingLastComponent()
    for name in try FileManager.default.contentsOfDirectory(atPath: toolchain.string)
    where name != part.lastComponent?.string {
      try FileManager.default.createSymbolicLink(
        atPath: home.file(name).string,
        withDestinationPath: toolchain.appending(name).string
      )
    }
    let copy = "\(part.lastComponent?.string ?? "")/x86_64"
    try home.makeFolder(copy)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: library.string))
    try home.write([UInt8](bytes), to: "\(copy)/libm.a")
    return home
  }

  @Test func `state lasts from call to call`() async throws {
    let result = try await apus("run", "many.mlir", "--function", "next", "--repeat", "3")
    #expect(result == ToolResult(status: 0, output: "i32=3\n", error: ""))
  }

  @Test func `results go where they are sent, and files come back as inputs`() async throws {
    let result = try await apus(
      "run",
      "many.mlir",
      "--function",
      "both",
      "--input",
      "2x2xf32=1,2,3,4",
      "--input",
      "7",
      "--output",
      "@out.npy",
      "--output",
      "-"
    )
    #expect(result == ToolResult(status: 0, output: "i32=7\n", error: ""))
    let again = try await apus(
      "run",
      "many.mlir",
      "--function",
      "both",
      "--input",
      "@out.npy",
      "--input",
      "i32=8",
      "--output",
      "@out.bin",
      "--output",
      "@n.npy"
    )
    #expect(again == ToolResult(status: 0, output: "", error: ""))
    let last = try await apus(
      "run",
      "many.mlir",
      "--function",
      "both",
      "--input",
      "2x2xf32=@out.bin",
      "--input",
      "0"
    )
    #expect(last.output == "2x2xf32=[8 16][24 32]\ni32=0\n")
  }

  @Test func `an expectation that holds is silent, one that does not says where`() async throws {
    let inputs = ["--input", "4xf32=1,2,3,4", "--input", "4xf32=10"]
    let good = try await runTool(
      Peers.apus,
      ["run", "add.mlir"] + inputs + ["--output", "-", "--expect", "4xf32=11 12 13 14"],
      in: folder.path
    )
    #expect(good == ToolResult(status: 0, output: "4xf32=11 12 13 14\n", error: ""))
    let bad = try await runTool(
      Peers.apus,
      ["run", "add.mlir"] + inputs + ["--expect", "4xf32=11 12 15 14"],
      in: folder.path
    )
    #expect(bad.status == 1)
    #expect(bad.error.hasPrefix("apus: error: result 0 is not as expected: "))
    for part in ["[2]", "15", "13", "largest absolute error 2"] {
      #expect(bad.error.contains(part), "\(bad.error)")
    }
    let tolerant = try await runTool(
      Peers.apus,
      ["run", "add.mlir"] + inputs + ["--expect", "4xf32=11 12 15 14", "--atol", "2.5"],
      in: folder.path
    )
    #expect(tolerant.status == 0)
  }

  @Test func `a function must be named where there are several, and must exist`() async throws {
    let several = try await apus("run", "many.mlir")
    #expect(
      several
        == ToolResult(
          status: 1,
          output: "",
          error:
            "apus: error: 'many.mlir' has 2 functions; choose one with --function: next, both\n"
        )
    )
    let unknown = try await apus("run", "many.mlir", "--function", "nix")
    #expect(
      unknown
        == ToolResult(
          status: 1,
          output: "",
          error: "apus: error: many.mlir: there is no function 'nix'; the program has: next, both"
            + " (NOT_FOUND)\n"
        )
    )
  }

  @Test func `arguments that do not fit are told apart`() async throws {
    let count = try await apus("run", "add.mlir", "--input", "4xf32=1")
    #expect(count.status == 1)
    #expect(count.error.contains("add takes 2 arguments, and 1 were given with --input"))
    let dimension = try await apus("run", "add.mlir", "--input", "3xf32=1", "--input", "4xf32=1")
    #expect(
      dimension.error
        == "apus: error: add: argument 0 (input0): expected Tensor<Float>[4], got Tensor<Float>[3]"
        + " (INVALID_ARGUMENT on local-task)\n"
    )
    let type = try await apus("run", "add.mlir", "--input", "4xf32=1", "--input", "4xi32=1")
    #expect(
      type.error.contains("argument 1 (input1): expected Tensor<Float>[4], got Tensor<Int32>[4]")
    )
    let rank = try await apus("run", "add.mlir", "--input", "4x1xf32=1", "--input", "4xf32=1")
    #expect(rank.error.contains("expected Tensor<Float>[4], got Tensor<Float>[4, 1]"))
    #expect([dimension.status, type.status, rank.status] == [1, 1, 1])
  }

  @Test(arguments: ["4yf32=1", "4xf32=1,2", "4xf33=1", "4xf32=one", "4xf32=[1", "-4xf32=1", ""])
  func `text that is not a value is wrong usage, and shown`(_ text: String) async throws {
    let result = try await apus("run", "add.mlir", "--input", text, "--input", "4xf32=1")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("'\(text)'"), "\(result.error)")
  }

  @Test func `a file of values that is wrong is a failure that names it`() async throws {
    try folder.write("not npy", to: "bad.npy")
    for file in ["bad.npy", "none.npy"] {
      let result = try await apus("run", "add.mlir", "--input", "@\(file)", "--input", "4xf32=1")
      #expect(result.status == 1)
      #expect(result.error.contains(file), "\(result.error)")
    }
  }

  @Test func `a target for results that is none is wrong usage`() async throws {
    let result = try await apus(
      "run",
      "add.mlir",
      "--input",
      "4xf32=1",
      "--input",
      "4xf32=1",
      "--output",
      "out.txt"
    )
    #expect(result.status == 2)
    #expect(folder.names == ["add.mlir", "many.mlir"])
  }

  @Test func `an output that cannot be written is named`() async throws {
    let result = try await apus(
      "run",
      "add.mlir",
      "--input",
      "4xf32=1",
      "--input",
      "4xf32=1",
      "--output",
      "@no/such/o.npy"
    )
    #expect(result.status == 1)
    #expect(result.error.contains("no/such/o.npy"))
  }

  @Test func `a device that is not there is named, with those that are`() async throws {
    let result = try await apus(
      "run",
      "add.mlir",
      "--device",
      "vulkan",
      "--input",
      "4xf32=1",
      "--input",
      "4xf32=1"
    )
    #expect(result.status == 1)
    #expect(
      result.error.hasPrefix(
        "apus: error: no driver for the device 'vulkan'; this runtime has: local-task"
      )
    )
    #expect(result.error.hasSuffix("(NOT_FOUND on vulkan)\n"))
    let workers = try await apus("run", "add.mlir", "--workers", "0")
    #expect(workers.status == 1)
    #expect(workers.error.contains("0 workers were asked for; expected 1 to 64"))
  }

  @Test func `files that are no programs are refused in a sentence`() async throws {
    try folder.write("", to: "empty.vmfb")
    try folder.write("hello, world, this is text", to: "text.vmfb")
    let empty = try await apus("run", "empty.vmfb")
    #expect(empty.error == "apus: error: cannot map 'empty.vmfb': the file is empty\n")
    let text = try await apus("run", "text.vmfb")
    #expect(text.error.contains("text.vmfb: not a VM bytecode module"))
    let missing = try await apus("run", "none.vmfb")
    #expect(missing.error == "apus: error: cannot open 'none.vmfb': No such file or directory\n")
    #expect([empty.status, text.status, missing.status] == [1, 1, 1])
  }

  @Test func `a program for another architecture says so`() async throws {
    let compile = try await apus(
      "compile",
      "add.mlir",
      "-o",
      "arm.vmfb",
      "--target-triple",
      "aarch64-linux-gnu"
    )
    #expect(compile.status == 0, "\(compile.error)")
    let result = try await apus(
      "run",
      "arm.vmfb",
      "--input",
      "4xf32=1",
      "--input",
      "4xf32=1"
    )
    #expect(result.status == 1)
    #expect(
      result.error
        == "apus: error: arm.vmfb: the kernels are for another kind of device: embedded-elf-arm_64;"
        + " compile the program for this one (INCOMPATIBLE on local-task)\n"
    )
  }
}
