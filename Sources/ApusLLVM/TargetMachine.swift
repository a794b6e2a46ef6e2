internal import CApusLLVM

/// A processor to generate code for, and how.
///
/// Not thread-safe.
package final class TargetMachine {
  private let library: LLVMLibrary
  let handle: LLVMTargetMachineRef

  /// What code is generated for.
  package struct Options: Hashable, Sendable {
    /// `x86_64-unknown-linux-gnu`.
    package var triple: String
    /// The processor, where a function does not say; empty for any.
    package var cpu: String
    /// Features added or removed, where a function does not say: `+avx2,-fma`.
    package var features: String
    /// 0 to 3.
    package var optimizationLevel: Int
    /// Whether the code may lie anywhere.
    package var isPositionIndependent: Bool

    package init(
      triple: String,
      cpu: String = "",
      features: String = "",
      optimizationLevel: Int = 2,
      isPositionIndependent: Bool = true
    ) {
      self.triple = triple
      self.cpu = cpu
      self.features = features
      self.optimizationLevel = optimizationLevel
      self.isPositionIndependent = isPositionIndependent
    }
  }

  /// Makes a target machine.
  ///
  /// - Throws: LLVM's words if it does not know the triple's architecture.
  package init(_ options: Options, _ library: LLVMLibrary) throws(LLVMError) {
    let api = library.api
    var target: LLVMTargetRef?
    var message: UnsafeMutablePointer<CChar>?
    guard api.pointee.LLVMGetTargetFromTriple(options.triple, &target, &message) == 0 else {
      throw LLVMError(library.takeString(message))
    }
    let levels = [
      APUS_LLVMCodeGenLevelNone, APUS_LLVMCodeGenLevelLess, APUS_LLVMCodeGenLevelDefault,
      APUS_LLVMCodeGenLevelAggressive,
    ]
    guard
      let handle = api.pointee.LLVMCreateTargetMachine(
        target,
        options.triple,
        options.cpu,
        options.features,
        UInt32(levels[min(max(options.optimizationLevel, 0), 3)]),
        UInt32(options.isPositionIndependent ? APUS_LLVMRelocPIC : APUS_LLVMRelocStatic),
        UInt32(APUS_LLVMCodeModelDefault)
      )
    else { throw LLVMError("LLVM makes no code for \(options.triple)") }
    self.library = library
    self.handle = handle
  }

  deinit { library.api.pointee.LLVMDisposeTargetMachine(handle) }

  /// The data layout, in LLVM's notation.
  package var dataLayout: String {
    let layout = library.api.pointee.LLVMCreateTargetDataLayout(handle)
    defer { library.api.pointee.LLVMDisposeTargetData(layout) }
    return library.takeString(library.api.pointee.LLVMCopyStringRepOfTargetData(layout))
  }

  /// An object, or its assembly.
  package enum Output: Sendable {
    case object, assembly
  }

  /// Generates code for a module, which cannot be used for anything else afterwards.
  ///
  /// - Throws: LLVM's words, also where it only reports an error and goes on.
  package func emit(_ module: IRModule, as output: Output = .object) throws(LLVMError)
    -> MemoryBuffer
  {
    module.writeDownInitArrays()
    var message: UnsafeMutablePointer<CChar>?
    var buffer: LLVMMemoryBufferRef?
    let failed = library.api.pointee.LLVMTargetMachineEmitToMemoryBuffer(
      handle,
      module.handle,
      UInt32(output == .object ? APUS_LLVMObjectFile : APUS_LLVMAssemblyFile),
      &message,
      &buffer
    )
    let text = library.takeString(message)
    guard failed == 0, let buffer else {
      throw LLVMError(text.isEmpty ? "LLVM generated no code" : text)
    }
    let result = MemoryBuffer(consuming: buffer, library)
    try module.context.checkDiagnostics()
    return result
  }
}

extension LLVMLibrary {
  /// The name of the processor this runs on, as LLVM calls it.
  package var hostCPU: String { takeString(api.pointee.LLVMGetHostCPUName()) }

  /// The features of the processor this runs on.
  package var hostFeatures: String { takeString(api.pointee.LLVMGetHostCPUFeatures()) }

  /// A triple in LLVM's own spelling.
  package func normalizeTriple(_ triple: String) -> String {
    takeString(api.pointee.LLVMNormalizeTargetTriple(triple))
  }
}
