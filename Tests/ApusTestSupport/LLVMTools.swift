internal import ApusNativeLibrary
internal import Foundation
public import SystemPackage

/// LLVM's command-line tools, which make what the linker reads and say what should be found in it.
public enum LLVMTools {
  /// The path of a tool: `clang`, `llvm-ar`, `ld.lld`.
  ///
  /// They are the toolchain's, unless `APUS_LLVM_BIN` names another folder.
  public static func path(_ name: String) -> FilePath {
    guard let folder = ProcessInfo.processInfo.environment["APUS_LLVM_BIN"] else {
      return Peers.toolchain.llvmTool(name)
    }
    return FilePath(folder).appending(name)
  }
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
