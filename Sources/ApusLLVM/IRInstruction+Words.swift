internal import CApusLLVM

/// What an instruction says beside its operation and operands, in the words of LLVM's assembly
/// language.
extension IRInstruction {
  /// How a comparison of numbers compares: `oeq`.
  package var comparison: String {
    Self.word(api.pointee.LLVMGetFCmpPredicate(handle), in: Self.comparisons)
  }

  /// What an atomic operation does to the value in memory: `add`.
  package var atomicOperation: String {
    Self.word(api.pointee.LLVMGetAtomicRMWBinOp(handle), in: Self.atomicOperations)
  }

  /// How an access to memory is ordered; nil if it is not atomic.
  package var ordering: String? {
    let word = Self.word(api.pointee.LLVMGetOrdering(handle), in: Self.orderings)
    return word.isEmpty ? nil : word
  }

  /// How a compare-and-exchange is ordered, where it succeeds and where it fails.
  package var exchangeOrderings: (success: String, failure: String) {
    (
      Self.word(api.pointee.LLVMGetCmpXchgSuccessOrdering(handle), in: Self.orderings),
      Self.word(api.pointee.LLVMGetCmpXchgFailureOrdering(handle), in: Self.orderings)
    )
  }

  /// How the memory that is accessed is aligned, in bytes.
  package var alignment: Int { Int(api.pointee.LLVMGetAlignment(handle)) }

  /// The words of LLVM's assembly language for fast-math flags, each with a space: `nnan ninf `.
  package static func words(forFastMath flags: UInt32) -> String {
    // All of them at once have a word of their own.
    if flags & 0x7F == 0x7F { return "fast " }
    var words = ""
    for (bit, word) in fastMathWords.enumerated() where flags >> UInt32(bit) & 1 != 0 {
      words += word + " "
    }
    return words
  }

  private static func word(_ index: UInt32, in words: [String]) -> String {
    Int(index) < words.count ? words[Int(index)] : ""
  }

  private static let fastMathWords = ["reassoc", "nnan", "ninf", "nsz", "arcp", "contract", "afn"]

  private static let comparisons = [
    "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord",
    "uno", "ueq", "ugt", "uge", "ult", "ule", "une", "true",
  ]

  private static let orderings = [
    "", "unordered", "monotonic", "", "acquire", "release", "acq_rel", "seq_cst",
  ]

  private static let atomicOperations = [
    "xchg", "add", "sub", "and", "nand", "or", "xor", "max", "min", "umax", "umin",
    "fadd", "fsub", "fmax", "fmin", "uinc_wrap", "udec_wrap", "usub_cond", "usub_sat",
    "fmaximum", "fminimum",
  ]
}
