import ApusNativeLibrary
import Testing

@testable import ApusRuntime

@Suite struct LinkedRuntimeTests {
  private static let functions = [
    "iree_vm_invoke", "iree_hal_task_device_create", "iree_task_executor_create",
    "iree_hal_create_all_available_executable_loaders", "iree_io_parameters_module_create",
  ]

  private static func symbols(without missing: [String]) -> [LinkedRuntime.Symbol] {
    functions.map { .init(name: $0, isLinked: !missing.contains($0)) }
  }

  @Test func `a program with every function has the runtime in it, one with none has not`() throws {
    #expect(try LinkedRuntime.isWhole(Self.symbols(without: [])))
    #expect(try !LinkedRuntime.isWhole(Self.symbols(without: Self.functions)))
  }

  @Test(
    arguments: [
      (
        ["iree_io_parameters_module_create"], "parameters",
        "libiree_modules_io_parameters_parameters.a, libiree_io_formats_gguf_gguf.a"
      ),
      (
        ["iree_hal_task_device_create", "iree_task_executor_create"], "the local-task driver",
        "libiree_runtime_unified.a, libflatcc_parsing.a"
      ),
      (
        ["iree_hal_create_all_available_executable_loaders"], "the loaders of kernels",
        "libiree_runtime_unified.a"
      ),
      (["iree_vm_invoke"], "the virtual machine", "libiree_runtime_unified.a"),
    ]
  )
  func `a link that lost something is told what, and which archives bring it`(
    missing: [String],
    piece: String,
    archives: String
  ) throws {
    let error = try #require(throws: NativeLibraryError.self) {
      try LinkedRuntime.isWhole(Self.symbols(without: missing))
    }
    #expect(error.code == .missingSymbols)
    #expect(
      error.message
        == "the runtime linked into this program lacks \(missing.count) of the 5 functions needed"
    )
    #expect(error.tried.count == 1)
    #expect(
      error.tried.first?.hasPrefix(
        "to find \(piece) (\(missing.joined(separator: ", "))), which comes with \(archives)"
      ) == true,
      "\(error)"
    )
    #expect(error.remedy?.contains("apus bundle-runtime") == true)
  }

  @Test func `a runtime between the versions supported is refused, and those are named`() throws {
    let error = try #require(throws: NativeLibraryError.self) {
      try RuntimeVersion(
        hasFunctionSince3_10: true,
        hasFunctionSince3_12: false,
        at: "linked into this program"
      )
    }
    #expect(error.code == .wrongVersion)
    #expect(
      error.message
        == "the library is IREE 3.10 or 3.11; the versions supported are 3.9.0 and 3.13.0"
    )
  }

  @Test func `each piece that was lost is named`() throws {
    let error = try #require(throws: NativeLibraryError.self) {
      try LinkedRuntime.isWhole(
        Self.symbols(without: ["iree_io_parameters_module_create", "iree_task_executor_create"])
      )
    }
    #expect(error.tried.count == 2)
  }
}
