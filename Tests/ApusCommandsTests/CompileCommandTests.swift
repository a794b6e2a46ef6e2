import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct CompileCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(add, to: "add.mlir")
  }

  private func apus(_ arguments: String...) async throws -> ToolResult {
    try await runTool(Peers.apus, arguments, in: folder.path)
  }

  @Test func `a program is compiled, and a pipe sees no progress`() async throws {
    let result = try await apus("compile", "add.mlir", "-o", "add.vmfb")
    #expect(result == ToolResult(status: 0, output: "", error: ""))
    #expect(folder.names == ["add.mlir", "add.vmfb"])
  }

  @Test(arguments: ["-O0", "-O1", "-O2", "-O3", "--demote-f64", "--no-data-tiling"])
  func `options are taken and the program still adds`(_ option: String) async throws {
    let result = try await apus("compile", "add.mlir", "-o", "add.vmfb", option)
    #expect(result == ToolResult(status: 0, output: "", error: ""))
    let run = try await apus("run", "add.vmfb", "--input", "4xf32=1", "--input", "4xf32=2")
    #expect(run.output == "4xf32=3 3 3 3\n")
  }

  @Test func `MLIR is written when a phase is named`() async throws {
    let result = try await apus("compile", "add.mlir", "-o", "out.mlir", "--compile-to", "stream")
    #expect(result.status == 0)
    let text = String(decoding: try folder.contents(of: "out.mlir"), as: UTF8.self)
    #expect(text.contains("stream.executable"))
    let binary = try await apus("compile", "add.mlir", "-o", "out.mlirbc", "--compile-to", "start")
    #expect(binary.status == 0)
    #expect(try folder.contents(of: "out.mlirbc").starts(with: [0x4D, 0x4C, 0xEF, 0x52]))
    #expect(try await apus("compile", "out.mlirbc", "-o", "add.vmfb").status == 0)
  }

  @Test func `an error shows the line it is about, and leaves no file`() async throws {
    try folder.write(
      "func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {\n  %0 = stablehlo.add %a, : tensor<4xf32>\n}",
      to: "bad.mlir"
    )
    let result = try await apus("compile", "bad.mlir", "-o", "bad.vmfb")
    #expect(
      result
        == ToolResult(
          status: 1,
          output: "",
          error: """
            bad.mlir:2:25: error: expected SSA operand
                %0 = stablehlo.add %a, : tensor<4xf32>
                                      ^
            apus: error: 'bad.mlir' is not a valid program

            """
        )
    )
    #expect(folder.names == ["add.mlir", "bad.mlir"])
  }

  @Test func `a crash of the library is an error of the tool`() async throws {
    try folder.write(
      """
      func.func @f() -> tensor<2xcomplex<f64>> {
        %0 = arith.constant dense<[(1.0,2.0),(3.0,4.0)]> : tensor<2xcomplex<f64>>
        return %0 : tensor<2xcomplex<f64>>
      }
      """,
      to: "complex.mlir"
    )
    let result = try await apus(
      "compile",
      "complex.mlir",
      "-o",
      "complex.vmfb",
      "--reproducer",
      "reproducer"
    )
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("apus: error: the IREE compiler crashed (signal "))
    #expect(result.error.hasSuffix("while compiling 'complex.mlir': phase 'stream'\n"))
    #expect(folder.names == ["add.mlir", "complex.mlir", "reproducer"])
  }

  @Test func `a file that is missing or empty is named`() async throws {
    try folder.write("", to: "empty.mlir")
    let missing = try await apus("compile", "none.mlir", "-o", "out.vmfb")
    #expect(
      missing
        == ToolResult(
          status: 1,
          output: "",
          error: "apus: error: cannot open 'none.mlir': No such file or directory\n"
        )
    )
    let empty = try await apus("compile", "empty.mlir", "-o", "out.vmfb")
    #expect(
      empty
        == ToolResult(
          status: 1,
          output: "",
          error: "apus: error: cannot map 'empty.mlir': the file is empty\n"
        )
    )
    let directory = try await apus("compile", ".", "-o", "out.vmfb")
    #expect(directory.error == "apus: error: cannot map '.': it is not a regular file\n")
    #expect(folder.names == ["add.mlir", "empty.mlir"])
  }

  @Test func `an output that cannot be written is named, and an old one stays`() async throws {
    let nowhere = try await apus("compile", "add.mlir", "-o", "no/such/folder/add.vmfb")
    #expect(
      nowhere
        == ToolResult(
          status: 1,
          output: "",
          error: "apus: error: cannot write 'no/such/folder/add.vmfb': No such file or directory\n"
        )
    )
    try folder.write("precious", to: "old.vmfb")
    let bad = try await apus("compile", "none.mlir", "-o", "old.vmfb")
    #expect(bad.status == 1)
    #expect(try folder.contents(of: "old.vmfb") == Array("precious".utf8))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is an error`() async throws {
    let result = try await apus("compile", "add.mlir", "-o", "/dev/full")
    #expect(
      result
        == ToolResult(
          status: 1,
          output: "",
          error: "apus: error: cannot write '/dev/full': No space left on device\n"
        )
    )
  }

  @Test func `an unknown CPU is told in LLVM's words`() async throws {
    let result = try await apus(
      "compile",
      "add.mlir",
      "-o",
      "add.vmfb",
      "--target-cpu",
      "bogus"
    )
    #expect(result.status == 1)
    #expect(result.error.hasSuffix("apus: error: the target has no CPU 'bogus'\n"))
    #expect(folder.names == ["add.mlir"])
  }

  @Test func `an unknown flag for IREE is named`() async throws {
    let result = try await apus(
      "compile",
      "add.mlir",
      "-o",
      "add.vmfb",
      "--iree-flag=--no-such-flag"
    )
    #expect(
      result
        == ToolResult(
          status: 1,
          output: "",
          error: "apus: error: the compiler refused its options: --no-such-flag: option not found:"
            + " no-such-flag\n"
        )
    )
  }
}

let add = """
  func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
    %sum = stablehlo.add %a, %b : tensor<4xf32>
    return %sum : tensor<4xf32>
  }
  """
