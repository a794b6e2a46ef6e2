extension VMModuleDescription {
  /// A version of the bytecode: a later minor version adds operations, a later major one changes
  /// them.
  public struct BytecodeVersion: Sendable, Hashable, CustomStringConvertible {
    /// What must be equal for bytecode to be understood.
    public var major: Int
    /// What may be lower in the bytecode than in what runs it.
    public var minor: Int

    /// The versions that this build knows every operation of: those of IREE 3.9, and of 3.11 to 3.13.
    ///
    /// Of each, any minor version is read.
    public static let supported = [
      BytecodeVersion(major: 15, minor: 0), BytecodeVersion(major: 17, minor: 0),
    ]

    /// The version as IREE writes it, `15.0`.
    public var description: String { "\(major).\(minor)" }
  }

  /// What not every VM can do: operations that a build of it may lack, and ways to call functions.
  public struct Features: OptionSet, Sendable, Hashable {
    /// The bits, as in the file.
    public let rawValue: UInt32

    /// Features from their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Arithmetic in single precision (`EXT_F32`).
    public static let floats32 = Features(rawValue: 1 << 0)
    /// Arithmetic in double precision (`EXT_F64`).
    public static let floats64 = Features(rawValue: 1 << 1)
    /// Functions that stop before they are done, to be resumed (`YIELD`).
    public static let yield = Features(rawValue: 1 << 2)
    /// Functions that leave references to be released when they fail (`UNWIND`).
    public static let unwind = Features(rawValue: 1 << 3)
  }

  /// A key and a value that a tool left on a module or a function.
  public struct Attribute: Sendable, Hashable {
    /// The key, such as `iree.abi.declaration`.
    public var key: String
    /// The value.
    public var value: String
  }

  /// Another module that this one needs.
  public struct Dependency: Sendable, Hashable {
    /// The module's name, such as `hal`.
    public var name: String
    /// The lowest version that will do.
    public var minimumVersion: Int
    /// Whether this module does without, if need be.
    public var isOptional: Bool
  }

  /// A function of another module.
  public struct Import: Sendable, Hashable {
    /// The full name, the module's included, such as `hal.executable.create`.
    public var name: String
    /// What it takes and gives, as IREE writes it: `0rIrrr_r`.
    public var callingConvention: String
    /// Whether the program checks that it is there before calling it.
    public var isOptional: Bool

    /// The name of the function's module.
    public var moduleName: String { String(name.prefix { $0 != "." }) }
  }

  /// A function that can be called from outside.
  public struct Export: Sendable, Hashable {
    /// The name, without the module's.
    public var name: String
    /// What it takes and gives, as IREE writes it: `0rr_r`.
    public var callingConvention: String
    /// The function's attributes.
    public var attributes: [Attribute]

    /// The function's signature in terms of the source program, where the compiler left it:
    /// the attribute `iree.abi.declaration`.
    public var declaration: String? {
      attributes.first { $0.key == "iree.abi.declaration" }?.value
    }

    /// Whose math functions the kernels use, where Apus's compiler put them in: `accurate`, `exact`.
    ///
    /// The attribute `apus.math`; nil for IREE's own.
    public var math: String? {
      attributes.first { $0.key == "apus.math" }?.value
    }
  }

  /// A piece of read-only data.
  public struct ReadOnlySegment: Sendable, Hashable {
    /// Where in the file it lies.
    public var fileRange: Range<Int>
    /// Whether it lies behind the FlatBuffer instead of in it.
    public var isExternal: Bool
    /// Whether it is stored compressed.
    public var isCompressed: Bool

    /// How many bytes it takes in the file.
    public var byteCount: Int { fileRange.count }
  }

  /// The room that a module's globals take.
  public struct Globals: Sendable, Hashable {
    /// How many bytes there are for numbers.
    public var byteCount: Int
    /// How many references there are.
    public var referenceCount: Int
  }

  /// Machine code for a kind of device.
  public struct Executable: Sendable, Hashable {
    /// Which of ``VMModuleDescription/readOnlySegments`` it is.
    public var segment: Int
    /// The name by which a device says whether it can load it, such as `embedded-elf-x86_64`; nil
    /// if the program does not show it.
    public var format: String?
    /// How many bytes it takes.
    public var byteCount: Int
    /// The machine that its own header names, such as `x86_64` or `aarch64`; nil if it names none.
    public var machine: String?
    /// The names of its entry points in order, where it lists them.
    public var entryPoints: [String]
  }

  /// A parameter: data that the program names, and is given from outside.
  public struct Parameter: Sendable, Hashable {
    /// The set of parameters it belongs to; nil if the program names none.
    public var scope: String?
    /// Its name in that set.
    public var key: String
    /// How many bytes the program needs it to have at least; nil if that is computed as it runs.
    public var byteCount: UInt64?
    /// Whether the program reads it.
    public var isRead: Bool
    /// Whether the program writes it.
    public var isWritten: Bool
  }

  /// Something that could not be understood.
  public struct Omission: Sendable, Hashable, CustomStringConvertible {
    /// The function it is in, by number.
    public var function: Int
    /// What it is, in words.
    public var message: String

    /// The message.
    public var description: String { message }
  }

  /// How many bytes there are of what.
  public struct Sizes: Sendable, Hashable {
    /// The file.
    public var file = 0
    /// The FlatBuffer, which holds the bytecode and what is small of the read-only data.
    public var flatBuffer = 0
    /// The functions' instructions.
    public var bytecode = 0
    /// ``VMModuleDescription/executables``.
    public var executables = 0
    /// All other read-only data.
    public var constants = 0

    init() {}

    init(of module: VMModuleDescription, bytecode: Int, file: VMArchive) {
      self.file = file.file.count
      flatBuffer = file.flatBuffer.count
      self.bytecode = bytecode
      executables = module.executables.reduce(0) { $0 + $1.byteCount }
      constants = module.readOnlySegments.reduce(0) { $0 + $1.byteCount } - executables
    }
  }
}
