import ApusLLVM
import ApusTestSupport

@testable import ApusLinker

/// What tests of libcalls share.
enum Operations {
  static let gnu = "x86_64-unknown-linux-gnu"
  static let musl = "x86_64-unknown-linux-musl"
  static let arm = "aarch64-unknown-linux-gnu"

  static let baseline = CodeTarget(cpu: "x86-64", features: "")
  static let haswell = CodeTarget(cpu: "x86-64-v3", features: "")

  static var process: LibcallProbeProcess { LibcallProbeProcess(executable: Peers.linker) }

  /// What may become calls in a module, given as text.
  static func uses(
    _ text: String,
    defaults: CodeTarget = baseline,
    isOptimized: Bool = true
  ) throws -> [IntrinsicSignature: [String]] {
    let context = try IRContext(LLVMLibrary.shared())
    let module = try Array(text.utf8).withUnsafeBytes {
      try IRModule(text: $0, name: "test.ll", in: context)
    }
    let uses = module.intrinsicUses(defaults: defaults, isOptimized: isOptimized)
    return Dictionary(uniqueKeysWithValues: uses.map { ($0.signature, $0.functions.map(\.name)) })
  }

  /// The signature of the one operation of a function body, whose value is `%r` of a type.
  static func signature(
    _ body: String,
    _ parameters: String = "double %x, double %y, ptr %p",
    defaults: CodeTarget = baseline,
    isOptimized: Bool = true
  ) throws -> IntrinsicSignature? {
    let text = "define void @f(\(parameters)) {\n  \(body)\n  ret void\n}\n"
    let uses = try uses(text, defaults: defaults, isOptimized: isOptimized)
    return uses.count == 1 ? uses.first?.key : nil
  }

  /// An oracle that knows nothing but what the backend says.
  static func probing(_ triple: String) throws -> LibcallOracle {
    LibcallOracle(
      triple: triple,
      version: try LLVMLibrary.shared().version,
      cacheFolder: nil,
      process: process,
      usesTable: false
    )
  }

  /// An oracle that has its table and nobody to ask.
  static func table(_ triple: String) throws -> LibcallOracle {
    LibcallOracle(
      triple: triple,
      version: try LLVMLibrary.shared().version,
      cacheFolder: nil,
      process: nil
    )
  }
}

extension LibcallOracle {
  /// The answer for one operation.
  func answer(_ signature: IntrinsicSignature) -> LibcallAnswer? {
    answers(for: [signature])[signature]
  }
}
