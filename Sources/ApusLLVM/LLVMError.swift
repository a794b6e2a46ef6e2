/// What LLVM objects to.
package struct LLVMError: Error, Sendable, CustomStringConvertible {
  /// LLVM's words.
  package var message: String

  package init(_ message: String) { self.message = message }

  /// LLVM's words.
  package var description: String { message }
}

/// A message that LLVM reports through its context.
package struct LLVMDiagnostic: Sendable {
  /// How bad it is.
  package enum Severity: UInt32, Sendable {
    case error = 0
    case warning = 1
    case remark = 2
    case note = 3
  }

  /// How bad it is.
  package var severity: Severity
  /// LLVM's words.
  package var message: String
}
