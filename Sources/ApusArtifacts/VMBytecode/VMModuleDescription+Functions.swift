extension VMModuleDescription {
  /// The functions that are there to be called: the exports without the module's initialisers, and
  /// without the twins of functions that take fences (`add$async` beside `add`).
  public var functions: [Export] {
    let names = Set(exports.map(\.name))
    return exports.filter { export in
      guard !export.name.hasPrefix("__") else { return false }
      let suffix = "$async"
      return
        !(export.name.hasSuffix(suffix)
        && names.contains(String(export.name.dropLast(suffix.count))))
    }
  }
}

extension VMModuleDescription.Export {
  /// The name, and what is known of the types of arguments and results.
  ///
  /// From `iree.abi.declaration`; where that was stripped, or never written (as for programs from
  /// torch), from the calling convention, which knows the number of values and the types of scalars.
  public var signature: FunctionSignature {
    var signature = declaration.flatMap { FunctionSignature(declaration: $0) }
    signature?.name = name
    return signature ?? FunctionSignature(name: name, callingConvention: callingConvention)
      ?? FunctionSignature(name: name, arguments: [], results: [])
  }
}
