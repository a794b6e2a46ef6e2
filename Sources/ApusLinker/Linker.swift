internal import ApusLLVM
public import SystemPackage

/// Links bitcode, objects, archives and shared libraries to one file.
///
/// ```swift
/// var options = LinkOptions()
/// options.output = "libmath.so"
/// options.outputKind = .sharedLibrary
/// options.items = [.input(.init(.file("f.o"))), .input(.init(.file("libm.a")))]
/// let report = try Linker(options).link()
/// print(report.extractions.map(\.member))    // ["libm.a(sin.o)", ...]
/// ```
///
/// What the intrinsics of the bitcode will call takes part in symbol resolution, so that exactly the
/// members are extracted that are needed. Nothing is kept between links but LLVM itself. Code for large programs is
/// generated on several threads, as ``LinkOptions/threadCount`` says; what comes out does not depend on how many.
/// Several links may run at the same time.
public struct Linker: Sendable {
  /// The inputs, and what to make of them.
  public var options: LinkOptions

  /// The program that makes the final file; nil for the toolchain's lld.
  public var finalLinkerPath: FilePath?

  /// The program that is asked what the backend calls, `apus-ld`; nil for none.
  ///
  /// LLVM dies of some questions, so another process is asked those whose answers are not known. Without
  /// one, what is called shows in the code that was generated, and the link takes another round.
  public var probePath: FilePath?

  /// A hook for tests: whether calls that passes and code generation invent are looked for.
  package var checksToFixpoint = true

  /// A hook for tests: whether the calls that intrinsics become count as references.
  package var foreseesCalls = true

  /// A link that has yet to be made.
  public init(_ options: LinkOptions) { self.options = options }

  /// Makes the output.
  ///
  /// - Returns: what was done and why.
  /// - Throws: ``LinkError``; the output is then as it was before. `NativeLibraryError` if LLVM is needed
  ///   and not there.
  public func link() throws -> LinkReport {
    var timer = PhaseTimer()
    // From the command line to files; archives are indexed, not read.
    let (options, inputs) = try timer.time(.readInputs) { try openInputs() }
    let form = options.outputForm
    try form.check(options, inputs)
    let isTried = form == .machineCode && !inputs.mayNeedLinkTimeOptimization(options)
    if isTried, let report = try handOver(options, inputs, &timer) { return report }
    // Opening LLVM is a fifth of a small link, and starting lld holds this thread up.
    let opening = LLVMLibrary.Opening()
    var early =
      form == .machineCode ? try inputs.architecture.map { try startFinalLinker($0) } : nil

    // Which file defines each symbol. The calls that intrinsics will become count as references, so this
    // extracts what they need. Below, no file is added, but by checkToFixpoint.
    let reader = try timer.time(.loadLLVM) {
      let library = try LLVMLibrary.shared()
      if !options.llvmOptions.isEmpty { library.setOptions(options.llvmOptions) }
      return try ModuleReader(
        library,
        options: options,
        probe: probePath.map { LibcallProbeProcess(executable: $0) },
        foreseesCalls: foreseesCalls
      )
    }
    // It is open: nothing of this link is left on another thread.
    _ = consume opening
    let resolution = SymbolResolution(inputs, options: options, reader: reader)
    try timer.time(.resolveSymbols) { try resolution.resolveCommandLine() }
    if let duplicate = resolution.duplicates.first { throw duplicate }
    if form.isNotOptimized { return try makeRelinkable(resolution, reader, options, &timer) }
    if !isTried, form == .machineCode, !resolution.needsLinkTimeOptimization(reader, options) {
      if let report = try handOver(options, inputs, &timer, early) { return report }
      early = nil
    }

    if form == .optimizedBitcode, !resolution.files.contains(where: \.isBitcode) {
      throw LinkError.noBitcode(options)
    }

    // One module, optimised; code for it; and again, while the code needs something that is not there.
    let compiled = try compile(resolution, reader, options, &timer)
    if let bitcode = compiled.bitcode {
      try write(bitcode.unsafeEscapingBytes, to: options.output)
      try writeRecords(resolution, options)
      return LinkReport(resolution, compiled, phases: timer.phases, warnings: "", handedOver: false)
    }

    try reportUndefined(compiled, resolution, options)
    let printed = try timer.time(.finalLink) {
      let finalLinker = try early ?? startFinalLinker(reader.target?.architecture ?? "x86_64")
      return try finish(compiled, resolution, options, finalLinker)
    }
    try writeRecords(resolution, options)
    return LinkReport(
      resolution,
      compiled,
      phases: timer.phases,
      warnings: printed,
      handedOver: false
    )
  }

  /// Opens the inputs, and the libraries that they ask for.
  private func openInputs() throws -> (LinkOptions, ParsedInputs) {
    var options = try self.options.resolvingInputs()
    try checkOutput(options)
    var inputs = try readInputs(options)
    var known: Set<String> = []
    while options.usesDependentLibraries {
      // A linker script in the place of one may name objects that ask for more.
      let names = inputs.dependentLibraries.filter { known.insert($0).inserted }
      guard !names.isEmpty else { break }
      options = try options.resolvingDependentLibraries(names)
      try checkOutput(options)
      inputs = try readInputs(options)
    }
    return (options, inputs)
  }

  /// Optimises all bitcode and generates code, to a fixpoint.
  func compile(
    _ resolution: SymbolResolution,
    _ reader: ModuleReader,
    _ options: LinkOptions,
    _ timer: inout PhaseTimer
  ) throws -> CompiledBitcode {
    let visible = try VisibleSymbols(resolution, options: options)
    var changes = AttemptChanges()
    while true {
      let combined = try timer.time(.mergeModules) {
        try mergeModules(resolution, reader, visible, options: options, changes)
      }
      let machine = try TargetMachine(
        TargetMachine.Options(combined.module.targetTriple, options),
        reader.library
      )
      let removed = try timer.time(.optimize) {
        try combined.optimize(for: machine, options: options, changes, reader)
      }
      // Code generation changes the module.
      let bitcode =
        options.outputForm == .optimizedBitcode ? try combined.module.bitcode() : nil
      let code = try timer.time(.emitObject) {
        try generateCode(for: combined.module, machine, options)
      }
      let compiled = CompiledBitcode(
        code: code,
        bitcode: bitcode,
        lowered: combined.lowered,
        compiledFunctions: try code.definedFunctions(),
        functionsCompiledAlone: reader.functionsCompiledAlone,
        rounds: resolution.round + 1
      )
      guard checksToFixpoint else { return compiled }
      let verdict = try timer.time(.checkToFixpoint) {
        try checkToFixpoint(
          code,
          resolution,
          in: combined,
          removed: removed,
          options,
          changes
        )
      }
      if let duplicate = resolution.duplicates.first { throw duplicate }
      switch verdict {
      case .complete: return compiled
      case .again(let next):
        changes = next
        try reader.beginAttempt()
      }
    }
  }
}

/// What bitcode was compiled to, and how.
struct CompiledBitcode {
  let code: GeneratedCode
  /// What it was made of, where that is the output.
  let bitcode: MemoryBuffer?
  let lowered: [LoweredCall]
  /// The functions that code was generated for.
  let compiledFunctions: [String]
  /// Those that code was generated for by themselves.
  let functionsCompiledAlone: [String]
  /// How often code was generated.
  let rounds: Int
}
