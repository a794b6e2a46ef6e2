internal import ApusArtifacts
public import ApusCompiler
public import ApusRuntime

extension Program {
  /// Compiles a program and loads it, in one call.
  ///
  /// ```swift
  /// let program = try await Program(
  ///   compiling: Source(contentsOf: "model.mlir"), on: Runtime(), cache: ProgramCache())
  /// ```
  ///
  /// - Parameters:
  ///   - source: MLIR, as text or bytecode.
  ///   - runtime: the device to load it onto; the compiler's options must fit it.
  ///   - compiler: how to compile it.
  ///   - cache: where compiled programs are kept between runs; nil to compile every time.
  ///   - parameters: files with the parameters that the program asks for.
  /// - Throws: `CompilerError` with the diagnostics; `RuntimeError` if the program cannot be
  ///   loaded; `NativeLibraryError` if one of IREE's libraries cannot be used.
  public convenience init(
    compiling source: Source,
    on runtime: Runtime,
    compiler: Compiler = Compiler(),
    cache: ProgramCache? = nil,
    parameters: [ParameterArchive] = []
  ) async throws {
    let bytecode =
      if let cache {
        try await cache.bytecode(of: source, compiler: compiler)
      } else {
        try await compiler.compile(source).bytecode
      }
    try self.init([bytecode], on: runtime, parameters: parameters)
  }
}
