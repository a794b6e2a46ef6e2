/// What a link did, and why.
public struct LinkReport: Sendable {
  /// A member that is part of the output.
  public struct ExtractedMember: Hashable, Sendable {
    /// `libm.a(sin.o)`.
    public var member: String
    /// The symbol it was extracted for.
    public var symbol: String
    /// What refers to the symbol: a function or file, and the intrinsic if it was one.
    public var reference: String
    /// Whether its machine code was used as it is.
    public var isMachineCode: Bool
    /// In which round: 0 before code was first generated.
    public var round: Int
  }

  /// A call that took the place of an intrinsic.
  public struct Lowering: Hashable, Sendable {
    /// `llvm.floor.f64`, `frem double`.
    public var intrinsic: String
    /// The function it was in.
    public var function: String
    /// The file that was in.
    public var file: String
    /// What is called.
    public var callee: String
    /// Why the call was written down before optimisation.
    public var reason: String
  }

  /// How long a phase took.
  public struct Phase: Hashable, Sendable {
    /// Which.
    public var phase: LinkPhase
    /// How long it took.
    public var duration: Duration
  }

  /// The members, in the order of extraction.
  public var extractions: [ExtractedMember] = []
  /// Calls that took the place of intrinsics.
  public var lowerings: [Lowering] = []
  /// The functions that code was generated for, as one program.
  public var compiledFunctions: [String] = []
  /// Library functions that code was generated for to be used as it is, in this link and in later ones.
  ///
  /// Those of members that are bitcode only and too big to inline. Where an earlier link met them, there
  /// are none.
  public var functionsCompiledAlone: [String] = []
  /// Functions of bitcode members that are no longer there: inlined, or not needed after all.
  public var inlinedFunctions: [String] = []
  /// How often code was generated; 0 if lld did the whole link, or none is part of the output.
  public var rounds = 0
  /// In how many parts code was generated, so that several threads could; 0 if none was generated.
  public var partitions = 0
  /// Whether lld did the whole link, since there was nothing to do here.
  public var wasHandedOver = true
  /// How long each phase took.
  public var phases: [Phase] = []
  /// What lld printed.
  public var warnings = ""

  init(phases: [Phase], warnings: String) {
    self.phases = phases
    self.warnings = warnings
  }

  init(
    _ resolution: SymbolResolution,
    _ compiled: CompiledBitcode,
    phases: [Phase],
    warnings: String,
    handedOver: Bool
  ) {
    self.init(resolution, lowered: compiled.lowered, phases: phases)
    self.warnings = warnings
    wasHandedOver = handedOver
    rounds = compiled.rounds
    partitions = compiled.code.objects.count
    compiledFunctions = compiled.compiledFunctions
    functionsCompiledAlone = compiled.functionsCompiledAlone
    let compiledNames = Set(compiled.compiledFunctions)
    inlinedFunctions = resolution.files.filter { $0.isBitcode && $0.isArchiveMember }.flatMap {
      $0.symbols.filter { !$0.isUndefined && $0.isFunction && !compiledNames.contains($0.name) }
        .map(\.name)
    }
  }

  /// What was done for an output for which no code was generated.
  init(_ resolution: SymbolResolution, lowered: [LoweredCall], phases: [Phase]) {
    self.phases = phases
    wasHandedOver = false
    extractions = resolution.files.compactMap { file in
      guard let extraction = file.extraction else { return nil }
      return ExtractedMember(
        member: file.name,
        symbol: extraction.symbol,
        reference: extraction.reference.description,
        isMachineCode: !file.isBitcode,
        round: file.round
      )
    }
    lowerings = lowered.map {
      Lowering(
        intrinsic: $0.intrinsic,
        function: $0.function,
        file: $0.file,
        callee: $0.callee,
        reason: $0.reason.rawValue
      )
    }
  }
}
