internal import Apus
internal import ArgumentParser
internal import SystemPackage

/// The options of the commands that compile.
struct CompilationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The CPU to compile for: host, generic, or LLVM's name for one.",
      valueName: "cpu"
    )
  )
  var targetCPU = "host"

  @Option(
    help: ArgumentHelp(
      "CPU features to add or leave out: +avx2,-fma.",
      valueName: "features"
    )
  )
  var targetFeatures: String?

  @Option(
    help: ArgumentHelp(
      "The target to compile for: aarch64-linux-gnu. (default: this machine)",
      valueName: "triple"
    )
  )
  var targetTriple: String?

  @Option(
    help: ArgumentHelp(
      "The dialect of the program: auto, stablehlo, tosa, torch or none.",
      valueName: "type"
    )
  )
  var inputType = CompilerOptions.InputType.auto

  @Flag(help: "Compute in f32 where the program says f64.")
  var demoteF64 = false

  @Option(
    help: ArgumentHelp(
      "Whose math functions kernels use: accurate (vector code, 4 ulp), exact (1 ulp) or iree.",
      valueName: "mode"
    )
  )
  var math = MathMode.accurate

  @Flag(help: "How much to optimise. (default: IREE's choice)")
  var optimization: OptimizationFlag?

  @Flag(inversion: .prefixedNo, help: "Lay out matrices in tiles; much faster.")
  var dataTiling = true

  @Flag(
    inversion: .prefixedNo,
    help: "Multiply matrices with Apus's kernels where they are faster than IREE's."
  )
  var matmulKernels = true

  @Flag(inversion: .prefixedNo, help: "Check at run time what could not be proven.")
  var assertions = true

  @Flag(inversion: .prefixedNo, help: "Keep debug information in kernels.")
  var debugInfo = true

  @Option(
    name: .customLong("iree-flag"),
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A flag for iree-compile, passed on as it is. Can be repeated.",
      valueName: "flag"
    )
  )
  var ireeFlags: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave what reproduces a failure of the compiler in this folder.",
      valueName: "folder"
    )
  )
  var reproducer: String?

  enum OptimizationFlag: String, EnumerableFlag {
    case o0 = "O0"
    case o1 = "O1"
    case o2 = "O2"
    case o3 = "O3"

    static func name(for value: OptimizationFlag) -> NameSpecification {
      .customLong(value.rawValue, withSingleDash: true)
    }
  }

  /// A compiler with these options, in a process of its own, showing its phases on `progress`.
  func compiler(for name: String, progress: ProgressLine) -> Compiler {
    var options = CompilerOptions()
    options.targetCPU = targetCPU
    options.targetFeatures = targetFeatures
    options.targetTriple = targetTriple
    options.inputType = inputType
    options.demoteF64 = demoteF64
    options.math = math
    options.optimizationLevel = optimization.flatMap { .init(rawValue: $0.rawValue) }
    options.dataTiling = dataTiling
    options.matmulKernels = matmulKernels
    options.assertions = assertions
    options.debugInfo = debugInfo
    options.extraFlags = ireeFlags
    var compiler = Compiler(options: options, isolation: .process)
    compiler.reproducerFolder = reproducer.map { FilePath($0) }
    compiler.onPhase = { progress.show("compiling \(name): \($0.rawValue)") }
    return compiler
  }

  /// The compiled program in a file: mapped, or compiled, or from the cache.
  func bytecode(of model: String, _ progress: ProgressLine) async throws -> VMBytecode {
    let path = FilePath(model)
    guard ["mlir", "mlirbc"].contains(path.extension?.lowercased()) else {
      return try VMBytecode(contentsOf: path)
    }
    let source = try Source(contentsOf: path)
    defer { progress.clear() }
    do {
      return try await ProgramCache().bytecode(
        of: source,
        compiler: compiler(for: model, progress: progress)
      )
    } catch let error as CompilerError {
      progress.clear()
      throw CommandFailure(error, source: source)
    }
  }
}
