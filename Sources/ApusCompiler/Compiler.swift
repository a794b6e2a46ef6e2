public import ApusArtifacts
internal import Foundation
public import SystemPackage

/// Compiles MLIR to programs that `ApusRuntime` runs, with IREE's compiler library.
///
/// ```swift
/// let compiler = Compiler()
/// let source = try Source(contentsOf: "model.mlir")
/// let compiled = try await compiler.compile(source)
/// try compiled.bytecode.write(to: "model.vmfb")
/// ```
///
/// A value: make one, set its properties, use it from any number of tasks at once. Compiling never
/// blocks a thread of Swift's pool.
public struct Compiler: Sendable {
  /// Where the compiler library runs.
  public struct Isolation: Sendable {
    enum Place: Sendable {
      case inProcess
      case process(worker: FilePath?)
    }
    let place: Place

    /// In this process: nothing to start, and a crash of the library ends the process.
    public static let inProcess = Isolation(place: .inProcess)

    /// In a process of its own, which is the `apus` tool: a crash of the library is a
    /// ``CompilerError``.
    ///
    /// The tool is found by `APUS_WORKER`, beside the running executable, or on `PATH`.
    public static let process = Isolation(place: .process(worker: nil))

    /// In a process of its own, started from the `apus` tool at the path given.
    public static func process(worker: FilePath) -> Isolation {
      Isolation(place: .process(worker: worker))
    }
  }

  /// A finished compilation.
  public struct CompiledProgram: Sendable {
    /// The program.
    public var bytecode: VMBytecode
    /// Warnings and remarks, in the order they came.
    public var diagnostics: [Diagnostic]
    /// The math functions that the kernels call in the place of IREE's, by kernel and name.
    ///
    /// Empty with ``MathMode/iree``.
    public var mathUses: [KernelMathUse]
  }

  /// The form in which MLIR is written.
  public enum IRFormat: String, Sendable, Codable {
    /// For people.
    case text
    /// MLIR's bytecode: smaller, and faster to read back.
    case bytecode
  }

  /// A compilation that was stopped at a phase.
  public struct LoweredProgram: Sendable {
    /// The program in the form asked for.
    public var bytes: [UInt8]
    /// Warnings and remarks, in the order they came.
    public var diagnostics: [Diagnostic]

    /// The bytes as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// How programs are compiled.
  public var options: CompilerOptions
  /// Where the compiler library runs.
  public var isolation: Isolation
  /// A folder to leave what reproduces a failure in: the source, the command, what was said.
  ///
  /// Made if it does not exist; nothing is written when all goes well.
  public var reproducerFolder: FilePath?
  /// Called before each phase, on any thread.
  public var onPhase: (@Sendable (CompilationPhase) -> Void)?

  /// A compiler with the options given.
  public init(options: CompilerOptions = CompilerOptions(), isolation: Isolation = .inProcess) {
    self.options = options
    self.isolation = isolation
  }

  /// Compiles a program.
  ///
  /// - Throws: ``CompilerError`` with the diagnostics; `NativeLibraryError` if IREE's compiler library
  ///   cannot be used.
  public func compile(_ source: Source) async throws -> CompiledProgram {
    let request = CompilationRequest(source: source, options: options, output: .program)
    let (bytecode, report) = try await run(request)
    return CompiledProgram(
      bytecode: bytecode,
      diagnostics: report.diagnostics,
      mathUses: report.mathUses
    )
  }

  /// Compiles a program up to and with a phase, to look at it.
  ///
  /// - Throws: as ``compile(_:)``.
  public func lower(
    _ source: Source,
    to phase: CompilationPhase,
    format: IRFormat = .text
  ) async throws -> LoweredProgram {
    let request = CompilationRequest(source: source, options: options, output: .ir(phase, format))
    let (output, report) = try await run(request)
    return LoweredProgram(bytes: output.bytes, diagnostics: report.diagnostics)
  }

  private func run(
    _ request: CompilationRequest
  ) async throws -> (output: VMBytecode, report: CompilationReport) {
    let onPhase = onPhase ?? { _ in }
    do {
      switch isolation.place {
      case .inProcess:
        return try await Self.onThread {
          try request.perform(onPhase: onPhase, onDiagnostic: { _ in }) { bytes, report in
            (VMBytecode(copying: bytes, name: request.source.name), report)
          }
        }
      case .process(let worker):
        return try await WorkerProcess(worker).perform(request, onPhase: onPhase)
      }
    } catch let error as CompilerError {
      guard let reproducerFolder else { throw error }
      try Reproducer(request, error).write(to: reproducerFolder)
      throw error
    }
  }

  /// Runs on a thread of its own: compiling blocks, and recurses deeply over nested programs.
  private static func onThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Swift.Result(catching: body)) }
      thread.name = "apus-compiler"
      thread.stackSize = 64 << 20
      thread.start()
    }
  }
}
