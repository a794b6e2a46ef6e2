import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusArtifacts

/// The real compiler, and IREE's own reader of modules, which these tests hold ours against.
enum IREETools {
  /// One release of the compiler, and the bytecode it writes.
  struct Compiler: CustomTestStringConvertible, Sendable {
    var release: String
    var path: FilePath
    var bytecodeVersion: VMModuleDescription.BytecodeVersion
    var testDescription: String { "IREE \(release)" }

    /// The release that Apus is made for.
    static let pinned = Compiler(
      release: "3.9.0",
      path: Peers.ireeCompile,
      bytecodeVersion: .init(major: 15, minor: 0)
    )

    /// The newest release that there are pins for, whose bytecode is read as well.
    static let newest = Compiler(
      release: Peers.newestIREEVersion,
      path: Peers.newestIREECompile,
      bytecodeVersion: .init(major: 17, minor: 0)
    )

    /// Flags of the pinned release, as this one has them.
    func spelling(of flags: [String]) -> [String] {
      guard bytecodeVersion.major > 15 else { return flags }
      // Programs in the VM's own dialect are never changed, and there is no flag to say so.
      return flags.filter { !$0.hasPrefix("--iree-vm-bytecode-module-optimize") }
        .map { $0.replacing("--iree-hip-target", with: "--iree-rocm-target") }
    }

    /// Both, or the first alone where the other is not installed.
    static let all = [pinned] + (Peers.hasNewestIREE ? [newest] : [])
  }

  /// Reads the tables of modules of later releases too: they are laid out alike.
  static let dumpModule = Peers.ireeTool("iree-dump-module")

  /// Whether the tests that need the tools run: they are there, or their absence is to be a
  /// failure.
  static let areExpected = Peers.areInstalled

  static let reason: Comment = "needs the peers: Scripts/setup --peers"

  /// The flags of an ordinary program for a processor that every machine of the architecture is.
  static let processor = [
    "--iree-hal-target-device=local", "--iree-hal-local-target-device-backends=llvm-cpu",
    "--iree-llvmcpu-target-cpu=generic",
  ]

  /// The flags that keep a program in the VM's own dialect as it is written.
  static let verbatim = ["--compile-mode=vm", "--iree-vm-bytecode-module-optimize=false"]

  /// Compiles MLIR text.
  static func compile(
    _ source: String,
    _ flags: [String] = processor,
    with compiler: Compiler = .pinned
  ) throws -> [UInt8] {
    try withFile("source.mlir", Data(source.utf8)) { path in
      try run(compiler.path, [path] + compiler.spelling(of: flags) + ["-o", "-"])
    }
  }

  /// The VM program that the same compilation would have encoded, as MLIR text.
  static func listing(
    _ source: String,
    _ flags: [String] = processor,
    with compiler: Compiler = .pinned
  ) throws -> String {
    let format = "--iree-vm-bytecode-module-output-format=mlir-text"
    return String(decoding: try compile(source, flags + [format], with: compiler), as: UTF8.self)
  }

  /// What IREE's own reader says about a module: its tables, and its summary.
  static func dump(_ module: [UInt8]) throws -> (tables: DumpedModule, summary: String) {
    try withFile("module.vmfb", Data(module)) { path in
      let tables = try run(dumpModule, ["--output=flatbuffer-json", path])
      let summary = try run(dumpModule, ["--output=metadata", path])
      return (
        try JSONDecoder().decode(DumpedModule.self, from: Data(tables)),
        String(decoding: summary, as: UTF8.self)
      )
    }
  }

  private struct ToolError: Error, CustomStringConvertible {
    var description: String
  }

  /// Lends a file, in a folder of its own.
  private static func withFile<Result>(
    _ name: String,
    _ contents: Data,
    _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "apus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try contents.write(to: file)
    return try body(file.path)
  }

  private static func run(_ tool: FilePath, _ arguments: [String]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let (result, output) = try SpawnedTool(tool, arguments, scratch: folder.path).wait()
    guard result.status == 0 else {
      throw ToolError(
        description: "\(tool) \(arguments.joined(separator: " ")): \(result.error.prefix(4000))"
      )
    }
    return output
  }
}

/// A module's tables as `iree-dump-module --output=flatbuffer-json` writes them.
///
/// What has its default value is left out.
struct DumpedModule: Decodable {
  struct Attribute: Decodable {
    var key: String
    var value: String?
  }

  /// Bits, by their names as far as the tool knows all of them, else as a number.
  struct Requirements: Decodable {
    var features: VMModuleDescription.Features

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(UInt32.self) {
        features = .init(rawValue: number)
        return
      }
      let names = try container.decode(String.self)
      features = []
      if names.contains("F32") { features.insert(.floats32) }
      if names.contains("F64") { features.insert(.floats64) }
    }
  }

  struct Signature: Decodable {
    var calling_convention: String?
    var attrs: [Attribute]?
  }

  struct Import: Decodable {
    var full_name: String
    var signature: Signature?
    var flags: String?
  }

  struct Export: Decodable {
    var local_name: String
    var internal_ordinal: Int?
  }

  struct Dependency: Decodable {
    var name: String
    var minimum_version: Int?
    var flags: String?
  }

  struct TypeName: Decodable {
    var full_name: String
  }

  struct Segment: Decodable {
    var embedded_data: [UInt8]?
    var external_data_offset: Int?
    var external_data_length: Int?
  }

  struct State: Decodable {
    var global_bytes_capacity: Int?
    var global_ref_count: Int?
  }

  struct FunctionDescriptor: Decodable {
    var bytecode_offset: Int?
    var bytecode_length: Int?
    var block_count: Int?
  }

  struct DebugDatabase: Decodable {
    struct Function: Decodable {
      struct Location: Decodable {
        var bytecode_offset: Int?
      }

      var local_name: String?
      var locations: [Location]?
    }

    var functions: [Function]?
  }

  var name: String
  var version: Int?
  var requirements: Requirements?
  var attrs: [Attribute]?
  var types: [TypeName]?
  var dependencies: [Dependency]?
  var imported_functions: [Import]?
  var exported_functions: [Export]?
  var function_signatures: [Signature]?
  var rodata_segments: [Segment]?
  var module_state: State?
  var function_descriptors: [FunctionDescriptor]?
  var bytecode_version: Int?
  var bytecode_data: [UInt8]?
  var debug_database: DebugDatabase?
}
