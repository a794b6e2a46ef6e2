import Apus
import Foundation

/// What the numbers were measured on, and with.
struct Machine: Codable {
  var cpu: String
  var cores: Int
  var system: String
  var date: String
  /// By name: IREE, LLVM, Python, NumPy.
  var versions: [String: String]

  init(_ workbench: Workbench) throws {
    let fields = Self.fields(ofFile: "/proc/cpuinfo", separator: ":")
    cpu = fields["model name"] ?? fields["CPU part"] ?? "unknown"
    cores = ProcessInfo.processInfo.activeProcessorCount
    let name = Self.fields(ofFile: "/etc/os-release", separator: "=")["PRETTY_NAME"]
    system =
      (name?.trimmingCharacters(in: ["\""])).map { "\($0), " }
      ?? "" + ProcessInfo.processInfo.operatingSystemVersionString
    date = Date.now.ISO8601Format()
    versions = ["IREE": ToolchainPins.current.iree, "LLVM": ToolchainPins.current.llvm.version]
    let python = try workbench.output(
      of: workbench.toolchain.python,
      [
        "-c",
        "import json, platform, numpy; print(json.dumps({'Python': platform.python_version(),"
          + " 'NumPy': numpy.__version__}))",
      ]
    )
    versions.merge(try JSONDecoder().decode([String: String].self, from: Data(python.utf8))) {
      $1
    }
  }

  /// The first value of each key in a file of `key SEPARATOR value` lines.
  private static func fields(ofFile path: String, separator: Character) -> [String: String] {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
      guard let index = line.firstIndex(of: separator) else { return nil }
      return (
        line[..<index].trimmingCharacters(in: .whitespaces),
        line[line.index(after: index)...].trimmingCharacters(in: .whitespaces)
      )
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// A line or two for people.
  var text: String {
    let versions = versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return """
      \(cpu), \(cores) cores, \(system)
      \(versions.joined(separator: ", ")); \(date)
      """
  }
}
