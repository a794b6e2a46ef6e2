/// Files of parameters, written byte by byte, so that tests can damage them in known places.
enum ParameterFiles {
  typealias Tensors = [(name: String, scalars: [Float])]

  /// A safetensors file of one-dimensional f32 tensors that begin at multiples of 64 bytes.
  static func safetensors(_ tensors: Tensors) -> [UInt8] {
    var members: [String] = []
    let (data, offsets) = storage(tensors)
    for ((name, scalars), offset) in zip(tensors, offsets) {
      members.append(
        """
        "\(name)":{"dtype":"F32","shape":[\(scalars.count)],\
        "data_offsets":[\(offset),\(offset + 4 * scalars.count)]}
        """
      )
    }
    return safetensors(header: "{\(members.joined(separator: ","))}", data: data)
  }

  /// A safetensors file with a header of any kind.
  static func safetensors(header: String, data: [UInt8]) -> [UInt8] {
    var header = [UInt8](header.utf8)
    header += [UInt8](repeating: 0x20, count: -(8 + header.count) & 63)
    return littleEndian(UInt64(header.count)) + header + data
  }

  /// An entry of an IREE parameter archive.
  enum ArchiveEntry {
    case data([Float])
    case splat(pattern: [UInt8], byteCount: UInt64)
    case type(UInt32)
  }

  /// An IREE parameter archive.
  static func irpa(_ entries: [(name: String, entry: ArchiveEntry)]) -> [UInt8] {
    var (table, names, data): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    for (name, entry) in entries {
      table += [UInt8](repeating: 0, count: -table.count & 15)
      var body: [UInt8]
      let type: UInt32
      switch entry {
      case .data(let scalars):
        type = 2
        data += [UInt8](repeating: 0, count: -data.count & 63)
        body = littleEndian(UInt64(data.count)) + littleEndian(UInt64(4 * scalars.count))
        data += scalars.withUnsafeBytes { [UInt8]($0) }
      case .splat(let pattern, let byteCount):
        type = 1
        body = littleEndian(byteCount) + pattern + [UInt8](repeating: 0, count: 16 - pattern.count)
        body.append(UInt8(pattern.count))
      case .type(let number):
        (type, body) = (number, [])
      }
      table += littleEndian(UInt64(60 + body.count)) + littleEndian(type) + littleEndian(UInt64(0))
      table += littleEndian(UInt64(names.count)) + littleEndian(UInt64(name.utf8.count))
      table += littleEndian(UInt64(0)) + littleEndian(UInt64(0)) + littleEndian(UInt64(0)) + body
      names += name.utf8
    }
    let tableOffset = 96
    let namesOffset = tableOffset + table.count
    let dataOffset = (namesOffset + names.count + 63) & ~63
    var file = [UInt8]("IRPA".utf8) + littleEndian(UInt32(0)) + littleEndian(UInt64(88))
    file += littleEndian(UInt64(0)) + littleEndian(UInt64(0)) + littleEndian(UInt64(entries.count))
    for (offset, count) in [
      (tableOffset, table.count), (namesOffset, names.count), (dataOffset, data.count),
    ] {
      file += littleEndian(UInt64(offset)) + littleEndian(UInt64(count))
    }
    file += [UInt8](repeating: 0, count: tableOffset - file.count) + table + names
    return file + [UInt8](repeating: 0, count: dataOffset - file.count) + data
  }

  /// A GGUF file, version 3, of one-dimensional f32 tensors, or tensors of another `ggml_type`.
  static func gguf(_ tensors: Tensors, type: UInt32 = 0, alignment: UInt32 = 64) -> [UInt8] {
    func string(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + text.utf8 }
    func number(_ number: Int) -> [UInt8] { littleEndian(UInt64(number)) }
    let (uint32, text, array) = (UInt32(4), UInt32(8), UInt32(9))
    var file = [UInt8]("GGUF".utf8) + littleEndian(UInt32(3)) + number(tensors.count) + number(3)
    file += string("general.architecture") + littleEndian(text) + string("test")
    file += string("words") + littleEndian(array) + littleEndian(text) + number(2)
    file += string("one") + string("two")
    file += string("general.alignment") + littleEndian(uint32) + littleEndian(alignment)
    let (data, offsets) = storage(tensors)
    for ((name, scalars), offset) in zip(tensors, offsets) {
      file += string(name) + littleEndian(UInt32(1)) + number(scalars.count)
      file += littleEndian(type) + number(offset)
    }
    return file + [UInt8](repeating: 0, count: -file.count & 63) + data
  }

  /// The tensors' bytes one after the other, each from a multiple of 64, and where each begins.
  private static func storage(_ tensors: Tensors) -> (data: [UInt8], offsets: [Int]) {
    var (data, offsets): ([UInt8], [Int]) = ([], [])
    for (_, scalars) in tensors {
      data += [UInt8](repeating: 0, count: -data.count & 63)
      offsets.append(data.count)
      data += scalars.withUnsafeBytes { [UInt8]($0) }
    }
    return (data, offsets)
  }

  static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { [UInt8]($0) }
  }
}
