/// What an executable's bytes say about themselves: the machine it is for, and its entry points.
///
/// Everything is read as far as it goes, and nothing is an error: an executable that is not
/// understood has no machine and no entry points here, and is whole for the device that loads it.
struct VMExecutableImage {
  private(set) var machine: String?
  private(set) var entryPoints: [String] = []

  /// Reads an executable; nil stands for one whose bytes are not to be had.
  init(_ bytes: ByteWindow?, budget: ReadBudget) {
    guard let bytes, let container = Container(bytes), budget.allows(bytes.count) else { return }
    do {
      switch container {
      case .elf: try readELF(bytes, budget)
      case .webAssembly: machine = "wasm"
      case .vmBytecode: try readVMBytecode(bytes)
      case .flatBuffer(let schema): try readFlatBuffer(bytes, schema, budget)
      }
    } catch {
      // As far as it goes.
    }
  }

  /// Whether the bytes begin as an executable does.
  static func isRecognised(_ bytes: ByteWindow) -> Bool { Container(bytes) != nil }

  // MARK: - Containers

  private enum Container {
    case elf, webAssembly, vmBytecode
    case flatBuffer(FlatBufferSchema)

    init?(_ bytes: ByteWindow) {
      if bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) {
        self = .elf
      } else if bytes.starts(with: [0x00, 0x61, 0x73, 0x6D]) {
        self = .webAssembly
      } else if let schema = FlatBufferSchema.all.first(where: {
        bytes.starts(with: $0.identifier.utf8)
      }) {
        self = .flatBuffer(schema)
      } else if (try? VMArchive(bytes)) != nil {
        self = .vmBytecode
      } else {
        return nil
      }
    }
  }

  /// Where an executable that is a FlatBuffer keeps the names of its entry points: the vector of
  /// tables and the string in each.
  ///
  /// The facts are of `iree/schemas/*_executable_def.fbs`.
  private struct FlatBufferSchema {
    var identifier: String
    var machine: String
    var entryPoints: FlatBufferField
    var name: FlatBufferField

    static let all = [
      FlatBufferSchema(
        identifier: "AMD1",
        machine: "amdgpu",
        entryPoints: FlatBufferField(1, "exports"),
        name: FlatBufferField(0, "symbol_name")
      ),
      FlatBufferSchema(
        identifier: "CDA1",
        machine: "nvptx",
        entryPoints: FlatBufferField(0, "exports"),
        name: FlatBufferField(1, "kernel_name")
      ),
      FlatBufferSchema(
        identifier: "HIP1",
        machine: "amdgpu",
        entryPoints: FlatBufferField(0, "exports"),
        name: FlatBufferField(1, "kernel_name")
      ),
      FlatBufferSchema(
        identifier: "MTL1",
        machine: "metal",
        entryPoints: FlatBufferField(0, "pipelines"),
        name: FlatBufferField(1, "entry_point")
      ),
      FlatBufferSchema(
        identifier: "VKE1",
        machine: "spirv",
        entryPoints: FlatBufferField(0, "pipelines"),
        name: FlatBufferField(1, "entry_point")
      ),
    ]
  }

  /// A header of 64 bytes, in which the size of what follows is the third number, and a FlatBuffer.
  private mutating func readFlatBuffer(
    _ bytes: ByteWindow,
    _ schema: FlatBufferSchema,
    _ budget: ReadBudget
  ) throws(VMBytecodeError) {
    machine = schema.machine
    let buffer = try bytes.suffix(from: 64, "the executable's FlatBuffer")
    let root = try FlatBufferTable.root(of: buffer, budget: budget)
    for entry in try root.tables(schema.entryPoints) {
      entryPoints.append(try entry.string(schema.name) ?? "")
    }
  }

  /// A module of the VM, for the device that interprets it.
  private mutating func readVMBytecode(_ bytes: ByteWindow) throws(VMBytecodeError) {
    machine = "vmvx"
    let module = try VMBytecodeModule(bytes)
    entryPoints = module.exports.map(\.name).filter { !$0.hasPrefix("__") }
  }

  private mutating func readELF(_ bytes: ByteWindow, _ budget: ReadBudget) throws(VMBytecodeError) {
    let is64Bit = try bytes.integer(UInt8.self, at: 4, "the ELF header") == 2
    let number = try bytes.unsigned(UInt16.self, at: 18, "the ELF header")
    switch number {
    case 3: machine = "i386"
    case 40: machine = "arm"
    case 62: machine = "x86_64"
    case 183: machine = "aarch64"
    case 224: machine = "amdgpu"
    case 243: machine = is64Bit ? "riscv64" : "riscv32"
    case 258: machine = is64Bit ? "loongarch64" : "loongarch32"
    default: machine = "ELF machine \(number)"
    }
    if is64Bit { entryPoints = try ELFExecutableLibrary(bytes).entryPoints(budget) }
  }
}
