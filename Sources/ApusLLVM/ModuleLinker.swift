internal import CApusLLVM

/// Joins modules to one, in the order in which they come.
///
/// With the library that setup links, LLVM goes through the names of the destination for each. The C API has only
/// a function that goes through all instructions as well.
///
/// Not thread-safe, as the context.
package final class ModuleLinker {
  /// The module that the others are joined to.
  ///
  /// It may be joined to another when this linker is gone.
  package let destination: IRModule
  private let linker: ApusLLVMModuleLinkerRef?

  private var extensions: apus_llvm_extension_table { destination.context.library.extensions }

  /// - Parameter destination: an empty module, or what is there already.
  package init(to destination: IRModule) {
    self.destination = destination
    let create = destination.context.library.extensions.ApusLLVMCreateModuleLinker
    linker = create?(destination.handle)
  }

  deinit {
    if let linker { extensions.ApusLLVMDisposeModuleLinker?(linker) }
  }

  /// Joins a module to the destination.
  ///
  /// - Throws: what LLVM finds wrong: symbols defined twice, types that differ.
  package func link(consuming module: IRModule) throws(LLVMError) {
    guard let linker, let link = extensions.ApusLLVMLinkInModule else {
      return try destination.link(consuming: module)
    }
    try destination.link(consuming: module) { link(linker, $0) }
  }
}
