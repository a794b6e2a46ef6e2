/// One operation of the VM: how it is written, how its operands lie in the bytecode, and what it
/// does as far as a reader that runs nothing cares.
package struct VMOpcode: Sendable {
  /// Operations are numbered in three tables; the two extensions are reached by a prefix byte.
  package enum Table: Sendable {
    case core, floats32, floats64

    /// The byte in front of an extension's opcodes.
    var prefix: UInt8? {
      switch self {
      case .core: nil
      case .floats32: 0xE0
      case .floats64: 0xE1
      }
    }
  }

  /// One thing encoded behind an opcode.
  ///
  /// Registers, lists and counts are 16 bits; lists are aligned to 2 bytes, counted from the start
  /// of the function.
  package enum Field: Sendable {
    /// A register read, of 32 or 64 bits or a reference.
    case use32, use64, useRef
    /// A list of registers read, of one kind or any.
    case uses32, uses64, usesRef, uses
    /// A register written.
    case result32, result64, resultRef
    /// A list of registers written.
    case results
    /// The byte offset of a global, or the ordinal of a global reference.
    case global
    /// The ordinal of a read-only data segment.
    case rodata
    /// The ordinal of a function; the top bit marks an import.
    case function
    /// The ordinal of a type.
    case type
    /// A number.
    case constant32, constant64
    /// Text, its length first.
    case string
    /// How many arguments each variadic part of a call has: a list of numbers, not registers.
    case segmentSizes
    /// Where to go on, and which registers to copy on the way.
    case branch
    /// A count, and as many branches.
    case branches
    /// Where to go on, copying nothing, once a call that may wait has returned.
    case resume
  }

  /// What an operation does that the passes over bytecode look for.
  package enum Effect: Sendable, Equatable {
    /// It computes something from its operands, or observes something.
    case none
    /// It starts a block.
    case startsBlock
    /// Its result is the number encoded in it (zero if none is).
    case makesConstant
    /// Its result is a null reference.
    case makesNull
    /// Its result is a read-only data segment.
    case makesRodata
    /// Its result is one of the references it reads.
    case selectsReference
    /// It leaves null in the registers it reads.
    case discards
    /// Its result is memory that nobody else has yet: a buffer or a list.
    case makesMemory
    /// Its result is an element of the list it reads.
    case readsList
    /// Its result comes from a global.
    case loadsGlobal
    /// It changes a global.
    case storesGlobal
    /// It changes the memory behind the reference it reads, the first or the second.
    case writesFirst, writesSecond
    /// It calls a function.
    case calls
    /// It ends the block, with its branches as the ways on, and does nothing else.
    case branches
    /// It ends the block and the function.
    case leaves
  }

  /// The operation's name in MLIR, without the `vm.`.
  package let mnemonic: String
  /// What is encoded behind the opcode, in order.
  package let fields: [Field]
  /// What it does.
  package let effect: Effect
  /// The first major version of the bytecode that has it.
  let firstVersion: Int
  /// Whether a block ends with it.
  let isTerminator: Bool

  init(
    _ mnemonic: String,
    _ fields: [Field],
    _ effect: Effect = .none,
    since firstVersion: Int = 15
  ) {
    self.mnemonic = mnemonic
    self.fields = fields
    self.effect = effect
    self.firstVersion = firstVersion
    isTerminator = effect == .branches || effect == .leaves || fields.contains(.resume)
  }

  /// The operation with a number, or nil if the number is reserved in that version.
  static func numbered(
    _ number: Int,
    in table: Table,
    _ version: VMModuleDescription.BytecodeVersion
  ) -> VMOpcode? {
    let operations: [VMOpcode]
    switch table {
    case .core: operations = core
    case .floats32: operations = floats32
    case .floats64: operations = floats64
    }
    guard operations.indices.contains(number), operations[number].firstVersion <= version.major
    else { return nil }
    return operations[number]
  }
}

/// The field lists that many operations share, under the name of their shape.
extension [VMOpcode.Field] {
  static let unary32: Self = [.use32, .result32]
  static let unary64: Self = [.use64, .result64]
  static let binary32: Self = [.use32, .use32, .result32]
  static let binary64: Self = [.use64, .use64, .result64]
  static let ternary32: Self = [.use32, .use32, .use32, .result32]
  static let ternary64: Self = [.use64, .use64, .use64, .result64]
  static let narrow: Self = [.use64, .result32]
  static let widen: Self = [.use32, .result64]
  static let shift64: Self = [.use64, .use32, .result64]
  static let compare64: Self = [.use64, .use64, .result32]
  static let compareRef: Self = [.useRef, .useRef, .result32]
  static let select64: Self = [.use32, .use64, .use64, .result64]
  static let loadGlobal32: Self = [.global, .result32]
  static let loadGlobal64: Self = [.global, .result64]
  static let storeGlobal32: Self = [.global, .use32]
  static let storeGlobal64: Self = [.global, .use64]
  static let loadBuffer32: Self = [.useRef, .use64, .result32]
  static let loadBuffer64: Self = [.useRef, .use64, .result64]
  static let storeBuffer32: Self = [.useRef, .use64, .use32]
  static let storeBuffer64: Self = [.useRef, .use64, .use64]
  static let fillBuffer32: Self = [.useRef, .use64, .use64, .use32]
  static let fillBuffer64: Self = [.useRef, .use64, .use64, .use64]
  static let getList32: Self = [.useRef, .use32, .result32]
  static let getList64: Self = [.useRef, .use32, .result64]
  static let setList32: Self = [.useRef, .use32, .use32]
  static let setList64: Self = [.useRef, .use32, .use64]
}
