/// A function of IREE's runtime whose meaning the passes over bytecode rely on.
///
/// Each is recognised by its name and its calling convention together; a later version with other
/// arguments is not taken for it. The facts are of IREE's `modules/hal/exports.inl`,
/// `modules/io/parameters/exports.inl` and the compiler's `hal.imports.mlir`,
/// `io_parameters.imports.mlir`. Numbers are places in the list of arguments.
struct VMKnownImport {
  /// What the result is.
  enum Result {
    case none
    /// Device memory, of the usage that this argument says.
    case memory(usage: Int)
    /// The memory that this argument is.
    case sameMemory(argument: Int)
  }

  /// What the function is called for.
  enum Purpose {
    case other
    /// Loading machine code: where the format's name and the code are.
    case createsExecutable(format: Int, data: Int)
    /// Reading or writing parameters.
    case movesParameters(Parameters)
  }

  /// Where a function that moves parameters takes its arguments.
  struct Parameters {
    var scope: Int
    var keyTable: Int
    var keyData: Int
    var spans: Int
    var writes = false
  }

  var name: String
  var callingConvention: String
  var result: Result = .none
  var purpose: Purpose = .other

  /// `IREE_HAL_BUFFER_USAGE_SHARING_IMMUTABLE`: written while it is made, never after.
  ///
  /// The compiler asks for it for constants and parameters that the program does not change, and
  /// only for them.
  static let immutableUsage: UInt32 = 1 << 19

  static let all: [VMKnownImport] = [
    VMKnownImport(
      name: "hal.allocator.allocate",
      callingConvention: "0rIiiI_r",
      result: .memory(usage: 3)
    ),
    VMKnownImport(
      name: "hal.allocator.import",
      callingConvention: "0riIiirII_r",
      result: .memory(usage: 4)
    ),
    VMKnownImport(
      name: "hal.device.queue.alloca",
      callingConvention: "0rIrrIiiII_r",
      result: .memory(usage: 6)
    ),
    VMKnownImport(
      name: "hal.buffer.subspan",
      callingConvention: "0rII_r",
      result: .sameMemory(argument: 0)
    ),
    VMKnownImport(
      name: "hal.buffer_view.buffer",
      callingConvention: "0r_r",
      result: .sameMemory(argument: 0)
    ),
    VMKnownImport(
      name: "hal.buffer_view.create",
      callingConvention: "0rIIiiCID_r",
      result: .sameMemory(argument: 0)
    ),
    VMKnownImport(
      name: "hal.executable.create",
      callingConvention: "0rIrrr_r",
      purpose: .createsExecutable(format: 2, data: 3)
    ),
    VMKnownImport(
      name: "io_parameters.load",
      callingConvention: "0rIrrrIiirrr_r",
      result: .memory(usage: 7),
      purpose: .movesParameters(Parameters(scope: 4, keyTable: 8, keyData: 9, spans: 10))
    ),
    VMKnownImport(
      name: "io_parameters.gather",
      callingConvention: "0rIrrrrrrr_v",
      purpose: .movesParameters(Parameters(scope: 4, keyTable: 6, keyData: 7, spans: 8))
    ),
    VMKnownImport(
      name: "io_parameters.scatter",
      callingConvention: "0rIrrrrrrr_v",
      purpose: .movesParameters(
        Parameters(scope: 5, keyTable: 6, keyData: 7, spans: 8, writes: true)
      )
    ),
  ]

  /// The modules whose functions do nothing to this module's state but through what they are given.
  static let namespaces: Set<String> = ["hal", "io_parameters"]
}
