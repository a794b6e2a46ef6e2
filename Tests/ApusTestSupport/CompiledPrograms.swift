public import Apus

/// Programs compiled for tests: once, however many tests want them, and kept until something they
/// depend on changes.
public enum CompiledPrograms {
  /// Compiles MLIR text, or takes it from the cache.
  public static func bytecode(
    of text: String,
    name: String = "test.mlir",
    options: CompilerOptions = CompilerOptions()
  ) async throws -> VMBytecode {
    try await ProgramCache().bytecode(
      of: Source(text, name: name),
      compiler: Compiler(options: options)
    )
  }

  /// Compiles MLIR text and loads it on a device of two workers.
  public static func load(
    _ text: String,
    on runtime: Runtime? = nil,
    parameters: [ParameterArchive] = []
  ) async throws -> Program {
    try Program(
      [await bytecode(of: text)],
      on: runtime ?? Runtime(workers: 2),
      parameters: parameters
    )
  }
}
