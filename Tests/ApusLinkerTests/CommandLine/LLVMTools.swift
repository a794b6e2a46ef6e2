import ApusTestSupport
import SystemPackage

/// LLVM's own tools, which say what is right.
enum LLVMTools {
  static let lld = FilePath("/usr/bin/ld.lld-22")
  static let clang = FilePath("/usr/bin/clang-22")
  static let nm = FilePath("/usr/bin/llvm-nm-22")

  /// Compiles C to an object in a folder.
  static func compile(
    _ source: String,
    to name: String,
    in folder: TemporaryFolder,
    options: [String] = []
  ) async throws {
    let file = try folder.write(source, to: name + ".c")
    let arguments = options + ["-c", "-fPIC", file.string, "-o", folder.file(name).string]
    let result = try await runTool(clang, arguments)
    guard result.status == 0 else { throw ToolFailure(message: result.error) }
  }

  struct ToolFailure: Error { var message: String }
}
