internal import ApusArtifacts
internal import CApusIREECompiler
internal import Synchronization

/// One program on its way through the compiler, phase by phase, on the calling thread.
///
/// Owns a session, an invocation and a source of IREE's; each invocation has a session of its own, so
/// any number may run at once.
struct CompilerInvocation: ~Copyable {
  private let library: CompilerLibrary
  private let sourceName: String
  private let session: UnsafeMutablePointer<iree_compiler_session_t>
  private let invocation: UnsafeMutablePointer<iree_compiler_invocation_t>
  private let diagnostics: DiagnosticCollector
  private let onPhase: (CompilationPhase) -> Void
  private let options: CompilerOptions
  /// The math functions that kernels call, once they have been put in.
  private(set) var mathUses: [KernelMathUse] = []
  /// Whether kernels of ours multiply matrices.
  private var hasMatmulKernels = false
  /// The last phase completed.
  private var phase: CompilationPhase?

  /// Makes a session with the options given.
  ///
  /// - Parameters:
  ///   - onPhase: called before each phase.
  ///   - onDiagnostic: called for each diagnostic as it comes, on any thread.
  /// - Throws: `CompilerError` with `invalidOptions`.
  init(
    _ library: CompilerLibrary,
    sourceName: String,
    options: CompilerOptions,
    onPhase: @escaping (CompilationPhase) -> Void,
    onDiagnostic: @escaping @Sendable (Diagnostic) -> Void
  ) throws(CompilerError) {
    let api = library.api
    guard let session = api.ireeCompilerSessionCreate() else {
      throw CompilerError(.compilationFailed, "IREE made no session")
    }
    let flags = options.flags + KernelLinker(options).flags
    if let message = Self.set(flags, of: session, library) {
      api.ireeCompilerSessionDestroy(session)
      throw CompilerError(.invalidOptions, "the compiler refused its options: \(message)")
    }
    guard let invocation = api.ireeCompilerInvocationCreate(session) else {
      api.ireeCompilerSessionDestroy(session)
      throw CompilerError(.compilationFailed, "IREE made no invocation")
    }
    self.library = library
    self.sourceName = sourceName
    self.session = session
    self.invocation = invocation
    self.onPhase = onPhase
    self.options = options
    diagnostics = DiagnosticCollector(onDiagnostic)
    api.ireeCompilerInvocationEnableCallbackDiagnostics(
      invocation,
      0,
      { severity, message, count, userData in
        guard let userData else { return }
        let text = String(
          decoding: UnsafeRawBufferPointer(start: message, count: count),
          as: UTF8.self
        )
        Unmanaged<DiagnosticCollector>.fromOpaque(userData).takeUnretainedValue()
          .append(Diagnostic(Diagnostic.Severity(severity), text: text))
      },
      Unmanaged.passUnretained(diagnostics).toOpaque()
    )
    api.ireeCompilerInvocationSetVerifyIR(invocation, true)
  }

  deinit {
    library.api.ireeCompilerInvocationDestroy(invocation)
    library.api.ireeCompilerSessionDestroy(session)
    // The callback's user data: alive until IREE can no longer call.
    withExtendedLifetime(diagnostics) {}
  }

  private static func set(
    _ flags: [String],
    of session: UnsafeMutablePointer<iree_compiler_session_t>,
    _ library: CompilerLibrary
  ) -> String? {
    // One at a time, so that the message is about the flag that is wrong.
    for flag in flags {
      let error = flag.withCString { text in
        withUnsafePointer(to: Optional(text)) {
          library.api.ireeCompilerSessionSetFlags(session, 1, $0)
        }
      }
      if let message = library.takeMessage(of: error) {
        let reason = message.split(separator: "\n").last.map { $0.drop { $0 == " " } } ?? ""
        return "\(flag): \(reason)"
      }
    }
    return nil
  }

  /// What was said so far, in order.
  var reported: [Diagnostic] { diagnostics.all }

  /// Parses the program and checks it.
  ///
  /// - Throws: `CompilerError` with `invalidSource` and the diagnostics.
  mutating func parse(_ source: Source) throws(CompilerError) {
    guard !source.isBlank else {
      throw CompilerError(.invalidSource, "'\(sourceName)' is empty: there is no program in it")
    }
    onPhase(.start)
    let api = library.api
    // MLIR parses text up to a NUL, and bytecode at addresses aligned to what it holds.
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: source.bytes.count + 1,
      alignment: 64
    )
    defer { buffer.deallocate() }
    buffer.copyBytes(from: source.bytes)
    buffer[source.bytes.count] = 0
    let length = source.isBytecode ? source.bytes.count : source.bytes.count + 1

    var handle: UnsafeMutablePointer<iree_compiler_source_t>?
    let error = api.ireeCompilerSourceWrapBuffer(
      session,
      sourceName,
      buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
      length,
      !source.isBytecode,
      &handle
    )
    if let message = library.takeMessage(of: error) {
      throw CompilerError(.invalidSource, "cannot read '\(sourceName)': \(message)")
    }
    defer { api.ireeCompilerSourceDestroy(handle) }
    guard api.ireeCompilerInvocationParseSource(invocation, handle) else {
      throw CompilerError(
        .invalidSource,
        "'\(sourceName)' is not a valid program",
        diagnostics: reported
      )
    }
    phase = .start
    try amend(after: .start)
  }

  /// Runs the pipeline up to and with a phase, one phase at a time, so that it is known which fails.
  ///
  /// - Throws: `CompilerError` with `compilationFailed`, the phase and the diagnostics.
  mutating func run(to target: CompilationPhase) throws(CompilerError) {
    let api = library.api
    for next in CompilationPhase.allCases where next <= target {
      guard let phase, next > phase else { continue }
      onPhase(next)
      api.ireeCompilerInvocationSetCompileFromPhase(invocation, phase.rawValue)
      api.ireeCompilerInvocationSetCompileToPhase(invocation, next.rawValue)
      guard
        api.ireeCompilerInvocationPipeline(
          invocation,
          numericCast(APUS_IREE_COMPILER_PIPELINE_STD)
        )
      else {
        throw CompilerError(
          .compilationFailed,
          "'\(sourceName)' could not be compiled: phase '\(next.rawValue)'",
          diagnostics: reported,
          phase: next
        )
      }
      self.phase = next
      try amend(after: next)
    }
  }

  /// Has the kernels compute with real math functions instead of IREE's approximations, puts in kernels where
  /// IREE's are slow, and keeps from IREE what it would crash on.
  private mutating func amend(after phase: CompilationPhase) throws(CompilerError) {
    let mode = options.math
    switch phase {
    case .start:
      try edit { (module) throws(CompilerError) in
        ComplexConstants().apply(to: module)
        if mode != .iree { try SourceMathToCarriers().apply(to: module) }
      }
    case .preprocessing:
      let mayMultiply = options.matmulKernels
      var multiplies = false
      var evaluatesConstants = true
      try edit { (module) throws(CompilerError) in
        var loops = LoopConstants()
        try loops.apply(to: module)
        if mayMultiply { multiplies = try MatrixProductsToKernels().apply(to: module) }
        // IREE would evaluate constants with kernels of its own making. Without that, the program computes
        // them when it is loaded, with the same functions as everything else.
        let hasMath = mode != .iree && MathToCarriers.isNeeded(in: module)
        evaluatesConstants = !hasMath && !ComplexConstants.arePresent(in: module)
      }
      hasMatmulKernels = multiplies
      guard !evaluatesConstants else { return }
      let flag = "--iree-opt-const-eval=false"
      if let message = Self.set([flag], of: session, library) {
        throw CompilerError(.invalidOptions, "the compiler refused its options: \(message)")
      }
    case .executableConfigurations where mode != .iree || options.matmulKernels:
      let mayMultiply = options.matmulKernels
      try edit { (module) throws(CompilerError) in
        if mayMultiply { RegisterTiles().apply(to: module) }
        guard mode != .iree else { return }
        ReductionSteps().apply(to: module)
        let mathToCarriers = MathToCarriers(mode: mode)
        try mathToCarriers.apply(to: module)
        if try EarlyCodeGeneration().apply(to: module) { try mathToCarriers.apply(to: module) }
      }
    case .executableTargets where mode != .iree || hasMatmulKernels:
      let multiplies = hasMatmulKernels
      var uses: [KernelMathUse] = []
      try edit { (module) throws(CompilerError) in
        if multiplies { UnrolledProducts().apply(to: module) }
        if mode != .iree { uses = try CarriersToCalls(mode: mode).apply(to: module) }
      }
      mathUses = uses
    default: break
    }
  }

  /// Changes the module between two phases; what comes of it is verified.
  private func edit(_ body: (MLIROperation) throws(CompilerError) -> Void) throws(CompilerError) {
    let api = library.api
    guard
      let module = MLIROperation(api.ireeCompilerInvocationExportStealModule(invocation), library)
    else { throw CompilerError(.compilationFailed, "IREE lends no module to change") }
    // Handed back in any case, or it would never be freed.
    var failure: CompilerError?
    do throws(CompilerError) { try body(module) } catch { failure = error }
    let isValid = api.ireeCompilerInvocationImportStealModule(invocation, module.handle)
    if var failure {
      if failure.diagnostics.isEmpty { failure.diagnostics = reported }
      throw failure
    }
    guard isValid else {
      throw CompilerError(
        .compilationFailed,
        "'\(sourceName)' was not valid any more after it had been changed",
        diagnostics: reported,
        phase: phase
      )
    }
  }

  /// The program as it stands, in the form asked for, lent for the duration of `body`.
  ///
  /// - Throws: `CompilerError` with `compilationFailed`; what `body` throws.
  func withOutput<Result>(
    _ kind: CompilationRequest.Output,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let api = library.api
    func check(_ error: UnsafeMutablePointer<iree_compiler_error_t>?) throws {
      if let message = library.takeMessage(of: error) {
        throw CompilerError(
          .compilationFailed,
          "the output of '\(sourceName)' could not be written: \(message)",
          diagnostics: reported,
          phase: phase
        )
      }
    }
    var output: UnsafeMutablePointer<iree_compiler_output_t>?
    try check(api.ireeCompilerOutputOpenMembuffer(&output))
    defer { api.ireeCompilerOutputDestroy(output) }
    switch kind {
    case .program: try check(api.ireeCompilerInvocationOutputVMBytecode(invocation, output))
    case .ir(_, .text): try check(api.ireeCompilerInvocationOutputIR(invocation, output))
    case .ir(_, .bytecode):
      // -1: the newest version of the format.
      try check(api.ireeCompilerInvocationOutputIRBytecode(invocation, output, -1))
    }
    var contents: UnsafeMutableRawPointer?
    var count: UInt64 = 0
    try check(api.ireeCompilerOutputMapMemory(output, &contents, &count))
    return try body(UnsafeRawBufferPointer(start: contents, count: Int(count)))
  }
}

extension Diagnostic.Severity {
  /// From `iree_compiler_diagnostic_severity_t`.
  fileprivate init(_ severity: UInt32) {
    switch Int(severity) {
    case APUS_IREE_COMPILER_DIAGNOSTIC_NOTE: self = .note
    case APUS_IREE_COMPILER_DIAGNOSTIC_REMARK: self = .remark
    case APUS_IREE_COMPILER_DIAGNOSTIC_WARNING: self = .warning
    default: self = .error
    }
  }
}

/// Takes diagnostics from the compiler's threads and keeps them in the order they came.
private final class DiagnosticCollector: Sendable {
  private let collected = Mutex<[Diagnostic]>([])
  private let onDiagnostic: @Sendable (Diagnostic) -> Void

  init(_ onDiagnostic: @escaping @Sendable (Diagnostic) -> Void) {
    self.onDiagnostic = onDiagnostic
  }

  var all: [Diagnostic] { collected.withLock { $0 } }

  func append(_ diagnostic: Diagnostic) {
    collected.withLock { $0.append(diagnostic) }
    onDiagnostic(diagnostic)
  }
}
