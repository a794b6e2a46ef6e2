internal import CApusLLVM

/// A sequence of passes, in the notation of LLVM's `opt -passes=`.
package struct PassPipeline: Hashable, Sendable {
  /// The passes: `internalize<preserve-gv=main>,lto<O2>`.
  package var passes: String
  /// How much code inlining may add for a call; nil for LLVM's own choice.
  package var inlinerThreshold: Int?

  package init(_ passes: String, inlinerThreshold: Int? = nil) {
    self.passes = passes
    self.inlinerThreshold = inlinerThreshold
  }

  /// Runs the passes.
  ///
  /// - Throws: LLVM's words, also where it only reports an error and goes on.
  package func run(on module: IRModule, for machine: TargetMachine) throws(LLVMError) {
    let library = module.context.library
    let api = library.api
    let options = api.pointee.LLVMCreatePassBuilderOptions()
    defer { api.pointee.LLVMDisposePassBuilderOptions(options) }
    api.pointee.LLVMPassBuilderOptionsSetLoopVectorization(options, 1)
    api.pointee.LLVMPassBuilderOptionsSetSLPVectorization(options, 1)
    if let inlinerThreshold {
      api.pointee.LLVMPassBuilderOptionsSetInlinerThreshold(options, Int32(inlinerThreshold))
    }
    if let error = api.pointee.LLVMRunPasses(module.handle, passes, machine.handle, options) {
      let text = api.pointee.LLVMGetErrorMessage(error)
      defer { api.pointee.LLVMDisposeErrorMessage(text) }
      throw LLVMError(text.map { String(cString: $0) } ?? "a pass failed")
    }
    try module.context.checkDiagnostics()
  }

  /// Runs passes for functions on one function.
  ///
  /// - Throws: LLVM's words.
  package func run(
    on function: IRGlobal,
    of module: IRModule,
    for machine: TargetMachine
  ) throws(LLVMError) {
    let api = module.context.library.api
    let options = api.pointee.LLVMCreatePassBuilderOptions()
    defer { api.pointee.LLVMDisposePassBuilderOptions(options) }
    let failure = api.pointee.LLVMRunPassesOnFunction(
      function.handle,
      passes,
      machine.handle,
      options
    )
    if let failure {
      let text = api.pointee.LLVMGetErrorMessage(failure)
      defer { api.pointee.LLVMDisposeErrorMessage(text) }
      throw LLVMError(text.map { String(cString: $0) } ?? "a pass failed")
    }
    try module.context.checkDiagnostics()
  }
}
