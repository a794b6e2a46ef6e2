internal import CApusLLVM

/// What modules that are to be joined have in common: types, constants, and where errors are reported.
///
/// Not thread-safe: everything made in a context is used by one thread at a time.
package final class IRContext {
  package let library: LLVMLibrary
  let handle: LLVMContextRef
  private let diagnostics = DiagnosticLog()

  var api: UnsafePointer<apus_llvm_table> { library.api }

  /// A context of its own, for one link.
  package init(_ library: LLVMLibrary) throws(LLVMError) {
    self.library = library
    guard let handle = library.api.pointee.LLVMContextCreate() else {
      throw LLVMError("LLVM made no context")
    }
    self.handle = handle
    diagnostics.api = library.api
    // The log lives as long as the context that refers to it.
    library.api.pointee.LLVMContextSetDiagnosticHandler(
      handle,
      { diagnostic, log in
        guard let diagnostic, let log else { return }
        Unmanaged<DiagnosticLog>.fromOpaque(log).takeUnretainedValue().append(diagnostic)
      },
      Unmanaged.passUnretained(diagnostics).toOpaque()
    )
  }

  deinit { library.api.pointee.LLVMContextDispose(handle) }

  /// What LLVM reported since the last call.
  package func takeDiagnostics() -> [LLVMDiagnostic] {
    defer { diagnostics.entries = [] }
    return diagnostics.entries
  }

  /// Throws the first error LLVM reported since the last call, if there is one.
  ///
  /// Code generation goes on after some errors ("no libcall available") and would leave wrong code.
  package func checkDiagnostics() throws(LLVMError) {
    let errors = takeDiagnostics().filter { $0.severity == .error }
    if !errors.isEmpty { throw LLVMError(errors.map(\.message).joined(separator: "; ")) }
  }
}

private final class DiagnosticLog {
  var api: UnsafePointer<apus_llvm_table>?
  var entries: [LLVMDiagnostic] = []

  func append(_ diagnostic: LLVMDiagnosticInfoRef) {
    guard let api, let text = api.pointee.LLVMGetDiagInfoDescription(diagnostic) else { return }
    defer { api.pointee.LLVMDisposeMessage(text) }
    let severity = api.pointee.LLVMGetDiagInfoSeverity(diagnostic)
    entries.append(
      LLVMDiagnostic(
        severity: LLVMDiagnostic.Severity(rawValue: severity) ?? .error,
        message: String(cString: text)
      )
    )
  }
}
