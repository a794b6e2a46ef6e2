/// The command line of a packaged program.
struct LauncherArguments {
  var inputs: [String] = []
  var outputs: [String] = []
  var parameters: [String] = []
  var function: String?
  var device: String?
  var workers: Int?
  var measures = false
  var checks = false
  var showsHelp = false

  /// A command line that means nothing.
  struct UsageError: Error {
    var message: String
  }

  /// - Parameter arguments: without the program's own name.
  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      func value() throws(UsageError) -> String {
        if parts.count == 2 { return String(parts[1]) }
        guard let value = rest.popFirst() else {
          throw UsageError(message: "\(name) wants a value")
        }
        return value
      }
      func noValue() throws(UsageError) {
        guard parts.count == 1 else { throw UsageError(message: "\(name) takes no value") }
      }
      switch name {
      case "--input": inputs.append(try value())
      case "--output": outputs.append(try value())
      case "--parameters": parameters.append(try value())
      case "--function": function = try value()
      case "--device": device = try value()
      case "--workers":
        let text = try value()
        guard let count = Int(text) else {
          throw UsageError(message: "--workers wants a number, and '\(text)' is none")
        }
        workers = count
      case "--bench":
        try noValue()
        measures = true
      case "--check":
        try noValue()
        checks = true
      case "--help", "-h":
        try noValue()
        showsHelp = true
      default: throw UsageError(message: "'\(argument)' is not known; --help lists what is")
      }
    }
  }

  static func help(_ name: String, functions: [String]) -> String {
    """
    usage: \(name) [--input VALUE]... [--output TARGET]...

      --input VALUE          an argument, in order: 4xf32=1,2,3,4 or 4xf32=0 or i32=5
                             or @file.npy or 4xf32=@file.bin
      --output TARGET        where a result goes, in order: - to print it, @file.npy
                             or @file.bin
      --function NAME        the function to call, where there are several
      --parameters [SCOPE=]FILE
                             a file of parameters: .safetensors, .irpa or .gguf
      --device URI           local-task, on worker threads, or local-sync, on this one;
                             default: local-task, on one core local-sync
      --workers COUNT        how many threads run kernels
      --bench                measure for a second how long calls take
      --check                compare what is embedded with its checksums, and stop
      --help                 show this

    \(functions.isEmpty ? "" : "functions\n" + functions.map { "  \($0)\n" }.joined())
    """
  }
}
