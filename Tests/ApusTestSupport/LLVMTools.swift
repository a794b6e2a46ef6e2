internal import Foundation
public import SystemPackage

/// LLVM's command-line tools, which make what the linker reads and say what should be found in it.
public enum LLVMTools {
  /// The folder they are in; `APUS_LLVM_BIN` names another.
  public static var folder: FilePath {
    FilePath(ProcessInfo.processInfo.environment["APUS_LLVM_BIN"] ?? "/usr/lib/llvm-22/bin")
  }

  /// The path of a tool: `clang`, `llvm-ar`, `ld.lld`.
  public static func path(_ name: String) -> FilePath { folder.appending(name) }
}

/// Runs one of LLVM's tools and returns what it printed.
///
/// - Throws: `LLVMToolFailure` if it fails.
@discardableResult
public func runLLVMTool(
  _ name: String,
  _ arguments: [String],
  in folder: FilePath? = nil,
  input: String = ""
) async throws -> String {
  let result = try await runTool(LLVMTools.path(name), arguments, in: folder, input: input)
  guard result.status == 0 else { throw LLVMToolFailure(name: name, result: result) }
  return result.output
}

/// A tool that did not do what a test needed.
public struct LLVMToolFailure: Error, CustomStringConvertible {
  /// The tool.
  public var name: String
  /// How it ended.
  public var result: ToolResult

  /// What it said.
  public var description: String { "\(name): exit \(result.status): \(result.error)" }
}
