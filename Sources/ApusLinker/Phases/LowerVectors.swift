internal import ApusLLVM
internal import ApusMath

// From math on vectors to the functions of a vector library, where the link line offers one.
//
// Left alone, the backend calls the scalar function once for each element. An intrinsic on a vector
// becomes a call here. A scalar one in a loop is for LLVM's vectoriser to find: it becomes a call that says
// which vector functions there are (the attribute `vector-function-abi-variant`), since the option that would
// tell LLVM of the whole library has no effect through its C API.

/// Lowers vector math in a module.
struct VectorLowering {
  let resolution: SymbolResolution
  let options: LinkOptions
  /// What functions that do not say are compiled for.
  let defaults: CodeTarget

  init(_ resolution: SymbolResolution, _ options: LinkOptions) {
    self.resolution = resolution
    self.options = options
    defaults = CodeTarget(cpu: options.targetCPU ?? "", features: options.targetFeatures ?? "")
  }

  /// Whether the link line offers any of the library's functions.
  var isPossible: Bool {
    options.vectorLibrary == .libmvec
      && (resolution.isOffered("_ZGVbN2v_sin") || resolution.isOffered("_ZGVbN2v_sin_sse4"))
  }

  /// The symbol to call.
  ///
  /// A library's public name may be an ifunc, which chooses an implementation when the program starts. The
  /// caller is compiled for a processor already, so an archive's implementation for it is called itself.
  /// A shared library does not show its implementations.
  private func symbol(of function: VectorMathFunction) -> String {
    resolution.isOffered(function.implementation) ? function.implementation : function.name
  }

  /// Writes down calls of vector functions.
  func lower(_ module: IRModule, of file: InputFile) throws -> [LoweredCall] {
    guard isPossible else { return [] }
    var lowered: [LoweredCall] = []
    for intrinsic in module.functions where intrinsic.isIntrinsic {
      let name = intrinsic.name
      if let (function, type, count) = MathFunction.vector(intrinsic: name) {
        for call in intrinsic.calls {
          lowered += try lowerVector(call, name, function, type, count, module, file)
        }
      } else if let function = scalarFunction(of: intrinsic, named: name) {
        for call in intrinsic.calls {
          lowered += try offerVariants(call, name, function, module, file)
        }
      }
    }
    return lowered
  }

  private func lowerVector(
    _ call: IRInstruction,
    _ intrinsic: String,
    _ function: MathFunction,
    _ type: FloatType,
    _ count: Int,
    _ module: IRModule,
    _ file: InputFile
  ) throws -> [LoweredCall] {
    guard let caller = call.function, !call.isStrict,
      function.shape == .unary || function.shape == .binary
    else { return [] }
    let offered = CodeTarget(of: caller, defaults: defaults).vectorFunctions(for: function, type)
      .filter { resolution.isOffered(symbol(of: $0)) }
    // As few calls as can be, and of those that take as many the narrowest.
    let choice = offered.min { a, b in
      ((count + a.count - 1) / a.count, a.count) < ((count + b.count - 1) / b.count, b.count)
    }
    guard let choice else { return [] }
    let vector = module.context.vector(call.type.element, choice.count)
    let callee = try declare(
      symbol(of: choice),
      module.context.function(vector, Array(repeating: vector, count: function.arity)),
      in: module
    )
    guard let callee else { return [] }
    call.replace(byCallingInParts: callee, width: choice.count, in: module.context)
    return [
      LoweredCall(
        intrinsic: intrinsic,
        function: caller.name,
        file: file.name,
        callee: symbol(of: choice),
        reason: .vectorFunction
      )
    ]
  }

  private func offerVariants(
    _ call: IRInstruction,
    _ intrinsic: String,
    _ function: (symbol: String, type: IRType),
    _ module: IRModule,
    _ file: InputFile
  ) throws -> [LoweredCall] {
    guard let caller = call.function, !call.isStrict, caller.name != function.symbol,
      let variants = CodeTarget(of: caller, defaults: defaults).vectorVariants(
        of: function.symbol,
        usesImplementations: resolution.isOffered("_ZGVbN2v_sin_sse4")
      ),
      variants.functions.allSatisfy({ resolution.isOffered(symbol(of: $0)) }),
      let callee = try declare(function.symbol, function.type, in: module)
    else { return [] }
    var declarations: [IRGlobal] = []
    for variant in variants.functions {
      let vector = module.context.vector(call.type, variant.count)
      let parameters = Array(repeating: vector, count: variant.function.arity)
      guard
        let declaration = try declare(
          symbol(of: variant),
          module.context.function(vector, parameters),
          in: module
        )
      else { return [] }
      declarations.append(declaration)
    }
    module.keep(declarations)
    call.replace(
      byCalling: callee,
      hasNoEffects: true,
      variants: variants.attribute,
      in: module.context
    )
    return [
      LoweredCall(
        intrinsic: intrinsic,
        function: caller.name,
        file: file.name,
        callee: function.symbol,
        reason: .vectorVariants
      )
    ]
  }

  /// The libm function that a scalar intrinsic in f32 or f64 stands for, with its type.
  private func scalarFunction(
    of intrinsic: IRGlobal,
    named name: String
  ) -> (symbol: String, type: IRType)? {
    let type: FloatType
    if name.hasSuffix(".f64") {
      type = .f64
    } else if name.hasSuffix(".f32") {
      type = .f32
    } else {
      return nil
    }
    guard let function = MathFunction.standing(forIntrinsic: String(name.dropLast(4))),
      let symbol = function.name(for: type, in: .glibc)
    else { return nil }
    return (symbol, intrinsic.valueType)
  }

  /// The function of that name and type; nil if the module has it with another type.
  private func declare(_ name: String, _ type: IRType, in module: IRModule) throws -> IRGlobal? {
    guard let existing = module.global(named: name) else {
      return try module.declareFunction(name, type: type)
    }
    return existing.kind == .function && existing.valueType == type ? existing : nil
  }
}
