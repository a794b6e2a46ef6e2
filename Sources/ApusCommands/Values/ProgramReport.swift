internal import Apus

/// What `apus inspect` says of a program.
///
/// Sizes are in bytes.
struct ProgramReport: Encodable {
  struct Function: Encodable {
    var name: String
    var signature: String
    var declaration: String?
    var callingConvention: String
  }
  struct Import: Encodable {
    var name: String
    var isOptional: Bool
  }
  struct Module: Encodable {
    var name: String
    var minimumVersion: Int
    var isOptional: Bool
  }
  struct Executable: Encodable {
    var format: String?
    var machine: String?
    var byteCount: Int
    var entryPoints: [String]
  }
  struct Parameter: Encodable {
    var scope: String?
    var key: String
    var byteCount: UInt64?
  }
  struct Sizes: Encodable {
    var file: Int
    var bytecode: Int
    var executables: Int
    var constants: Int
    var parameters: UInt64
  }

  var file: String
  var module: String
  var bytecodeVersion: String
  var functions: [Function]
  var requiredModules: [Module]
  var imports: [Import]
  var executables: [Executable]
  /// Whose math functions the kernels use; nil for IREE's own.
  var math: String?
  var constantCount: Int
  var parameters: [Parameter]
  var mutatesState: Bool
  var sizes: Sizes
  /// What could not be found out, and why.
  var omissions: [String]

  init(_ description: VMModuleDescription, file: String) {
    self.file = file
    module = description.name
    bytecodeVersion = description.bytecodeVersion.description
    functions = description.functions.map { export in
      Function(
        name: export.name,
        signature: export.signature.description,
        declaration: export.declaration,
        callingConvention: export.callingConvention
      )
    }
    requiredModules = description.dependencies.map {
      Module(name: $0.name, minimumVersion: $0.minimumVersion, isOptional: $0.isOptional)
    }
    imports = description.imports.map { Import(name: $0.name, isOptional: $0.isOptional) }
    executables = description.executables.map {
      Executable(
        format: $0.format,
        machine: $0.machine,
        byteCount: $0.byteCount,
        entryPoints: $0.entryPoints
      )
    }
    math = description.functions.lazy.compactMap(\.math).first
    constantCount = description.readOnlySegments.count - description.executables.count
    parameters = description.parameters.map {
      Parameter(scope: $0.scope, key: $0.key, byteCount: $0.byteCount)
    }
    mutatesState = description.mutatesState
    sizes = Sizes(
      file: description.sizes.file,
      bytecode: description.sizes.bytecode,
      executables: description.sizes.executables,
      constants: description.sizes.constants,
      parameters: description.parameters.reduce(0) { $0 &+ ($1.byteCount ?? 0) }
    )
    omissions = description.omissions.map(\.description)
  }

  var text: String {
    let size = { (count: Int) in formatted(byteCount: count) }
    var sections: [(title: String, lines: [String])] = []
    sections.append(("functions", functions.map(\.signature)))
    sections.append(
      (
        "needs",
        requiredModules.map {
          "module \($0.name), version \($0.minimumVersion) or newer"
            + ($0.isOptional ? ", optional" : "")
        } + ["\(imports.count) imported functions"]
      )
    )
    sections.append(
      (
        "kernels",
        executables.map { executable in
          let machine = executable.machine.map { " (\($0))" } ?? ""
          return "\(executable.format ?? "unknown format")\(machine), \(size(executable.byteCount))"
            + executable.entryPoints.map { "\n    \($0)" }.joined()
        }
      )
    )
    sections.append(("math", [math ?? "IREE's own"]))
    sections.append(
      (
        "parameters",
        parameters.map { parameter in
          (parameter.scope.map { "\($0)::" } ?? "") + parameter.key
            + (parameter.byteCount.map { ", \(formatted(byteCount: $0))" } ?? "")
        }
      )
    )
    sections.append(("state", [mutatesState ? "calls change globals" : "calls change nothing"]))
    sections.append(
      (
        "sizes",
        [
          "file \(size(sizes.file))", "bytecode \(size(sizes.bytecode))",
          "kernels \(size(sizes.executables))",
          "constants \(size(sizes.constants)) in \(constantCount)",
          "parameters \(formatted(byteCount: sizes.parameters)), outside of the file",
        ]
      )
    )
    sections.append(("not found out", omissions))
    var text = "\(file): module @\(module), bytecode \(bytecodeVersion)\n"
    for section in sections where !section.lines.isEmpty {
      text += "\(section.title)\n" + section.lines.map { "  \($0)\n" }.joined()
    }
    return text
  }
}
