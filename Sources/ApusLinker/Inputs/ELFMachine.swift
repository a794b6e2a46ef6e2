/// The processor an ELF file is for.
enum ELFMachine: UInt16, Hashable, Sendable, CustomStringConvertible {
  /// AMD and Intel, 64 bits.
  case x86_64 = 62
  /// ARM, 64 bits.
  case aarch64 = 183

  /// As target triples spell it.
  var description: String {
    switch self {
    case .x86_64: "x86_64"
    case .aarch64: "aarch64"
    }
  }

  /// What to call a processor that is not supported.
  static func name(ofUnsupported number: UInt16) -> String {
    names[number].map { $0 } ?? "machine number \(number)"
  }

  private static let names: [UInt16: String] = [
    2: "SPARC", 3: "i386", 8: "MIPS", 20: "PowerPC", 21: "64-bit PowerPC", 22: "S/390", 40: "ARM",
    43: "64-bit SPARC", 83: "AVR", 94: "Xtensa", 105: "MSP430", 164: "Hexagon", 190: "CUDA",
    224: "AMDGPU", 243: "RISC-V", 247: "BPF", 251: "VE", 252: "C-SKY", 258: "LoongArch",
  ]
}
