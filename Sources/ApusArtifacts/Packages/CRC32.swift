/// The checksum of zip, PNG and Ethernet: finds damage that chance did, not malice.
package enum CRC32 {
  /// Eight tables of 256: the effect of a byte, and of one with one to seven bytes after it.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      tables[byte] = value
    }
    for index in 256..<tables.count {
      let before = tables[index - 256]
      tables[index] = before >> 8 ^ tables[Int(before & 0xFF)]
    }
    return tables
  }()

  /// The checksum of bytes.
  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    tables.withUnsafeBufferPointer { tables in
      var value = ~UInt32(0)
      var offset = 0
      while bytes.count - offset >= 8 {
        let word = UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        )
        let mixed = word ^ UInt64(value)
        value = 0
        for position in 0..<8 {
          let byte = Int(truncatingIfNeeded: mixed >> (8 * UInt64(position)) & 0xFF)
          value ^= tables[(7 - position) * 256 + byte]
        }
        offset += 8
      }
      for byte in bytes[offset...] {
        value = value >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: value) ^ byte)]
      }
      return ~value
    }
  }
}
