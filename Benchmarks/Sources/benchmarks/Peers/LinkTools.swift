import Apus
import Foundation

/// What links are compared with: lld, on objects that clang made of the same source.
struct LinkTools {
  let workbench: Workbench

  /// The `apus-ld` that was built with the benchmarks.
  var apusLinker: FilePath {
    workbench.apus.removingLastComponent().appending("apus-ld")
  }

  /// The math library: objects with machine code and bitcode.
  var mathLibrary: FilePath {
    #if arch(arm64)
      workbench.toolchain.mathLibrary(architecture: "aarch64")
    #else
      workbench.toolchain.mathLibrary(architecture: "x86_64")
    #endif
  }

  /// How all sources are compiled: calls of math are intrinsics.
  static let compilerFlags = ["-O2", "-fPIC", "-fno-math-errno"]

  /// Compiles C.
  ///
  /// - Returns: the object.
  func compile(_ source: String, as name: String, _ flags: [String] = []) throws -> FilePath {
    let text = workbench.folder.appending("\(name).c")
    let object = workbench.folder.appending("\(name).o")
    try Data(source.utf8).write(to: URL(fileURLWithPath: text.string))
    try workbench.output(
      of: workbench.toolchain.clang,
      Self.compilerFlags + flags + ["-c", text.string, "-o", object.string]
    )
    return object
  }

  /// A link by Apus to a shared library.
  func apus(_ inputs: [FilePath], to output: String, _ options: [String] = []) -> Command {
    Command(apusLinker, arguments(inputs, output, options))
  }

  /// A link by lld to a shared library.
  func lld(_ inputs: [FilePath], to output: String, _ options: [String] = []) -> Command {
    Command(workbench.toolchain.lld, arguments(inputs, output, options))
  }

  private func arguments(_ inputs: [FilePath], _ output: String, _ options: [String]) -> [String] {
    ["-shared"] + options + inputs.map(\.string) + ["-o", path(ofOutput: output).string]
  }

  /// Where a link's output is.
  func path(ofOutput name: String) -> FilePath { workbench.folder.appending(name) }

  /// What Apus says of a link.
  struct Report: Decodable {
    /// The functions that code was generated for.
    var compiled: [String]
    /// By phase.
    var milliseconds: [String: Double]
  }

  /// Links, and asks what was done.
  func report(_ link: Command) throws -> Report {
    let output = try workbench.output(of: link.executable, link.arguments + ["--json"])
    return try JSONDecoder().decode(Report.self, from: Data(output.utf8))
  }

  /// How long LLVM's passes take in a link by lld, in milliseconds: `opt` and `codegen`, as lld calls them.
  func milliseconds(ofPassesIn link: Command) throws -> [String: Double] {
    struct Trace: Decodable {
      struct Event: Decodable {
        var name: String
        var dur: Double?
      }
      var traceEvents: [Event]
    }
    let trace = path(ofOutput: "trace.json").string
    try workbench.output(
      of: link.executable,
      // Only the totals are wanted.
      link.arguments + ["--time-trace=\(trace)", "--time-trace-granularity=1000000000"]
    )
    let data = try Data(contentsOf: URL(fileURLWithPath: trace))
    let totals = try JSONDecoder().decode(Trace.self, from: data).traceEvents.compactMap { event in
      event.name.hasPrefix("Total ")
        ? event.dur.map { (String(event.name.dropFirst(6)), $0 / 1000) } : nil
    }
    return Dictionary(totals) { first, _ in first }
  }

  /// How many functions lld generates code for.
  func compiledFunctionCount(_ link: Command) throws -> Int {
    let output = path(ofOutput: "assembly")
    try workbench.output(
      of: link.executable,
      link.arguments + ["--lto-emit-asm", "-o", output.string]
    )
    let files = try FileManager.default.contentsOfDirectory(atPath: workbench.folder.string)
    return try files.filter { $0.hasPrefix("assembly") }.map { name in
      let path = workbench.folder.appending(name).string
      return try String(contentsOfFile: path, encoding: .utf8)
        .split(separator: "\n").count { $0.contains("@function") }
    }.reduce(0, +)
  }

  /// The math library with its bitcode only, as it is without machine code.
  func mathLibraryOfBitcode() throws -> FilePath {
    let folder = workbench.folder.appending("libm")
    try FileManager.default.createDirectory(
      atPath: folder.string,
      withIntermediateDirectories: true
    )
    // Members that are assembly have no bitcode and stay as they are.
    let script = """
      cd "$1" && "$2" x "$4" || exit
      for object in *.o; do
        "$3" --dump-section=.llvm.lto="$object.bc" "$object" /dev/null 2>/dev/null && rm "$object"
      done
      "$2" rcs libm.a *
      """
    let toolchain = workbench.toolchain
    try workbench.output(
      of: "/bin/sh",
      [
        "-c", script, "sh", folder.string, toolchain.llvmTool("llvm-ar").string,
        toolchain.llvmTool("llvm-objcopy").string, mathLibrary.string,
      ]
    )
    return folder.appending("libm.a")
  }
}
