/// A picture of at most four colours as a PNG file (https://www.w3.org/TR/png-3), not compressed.
///
/// Each pixel of a row is the number of a colour, each colour is its red, green and blue. The number of
/// pixels in a row is a multiple of four.
func png(rows: [[UInt8]], palette: [[UInt8]]) -> [UInt8] {
  let size = bytes(rows.first?.count ?? 0) + bytes(rows.count)
  let (bitsPerPixel, indexedColor): (UInt8, UInt8) = (2, 3)
  // Four pixels a byte, and before each row a zero, which says that it is not filtered.
  let packedRows: [UInt8] = rows.flatMap { row in
    [0] + stride(from: 0, to: row.count, by: 4).map { row[$0..<$0 + 4].reduce(0) { $0 << 2 | $1 } }
  }
  return [0x89] + Array("PNG\r\n\u{1A}\n".utf8)
    + chunk("IHDR", size + [bitsPerPixel, indexedColor, 0, 0, 0])
    + chunk("PLTE", palette.flatMap { $0 })
    + chunk("IDAT", zlibStream(of: packedRows))
    + chunk("IEND", [])
}

private func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
  let checked = Array(type.utf8) + content
  return bytes(content.count) + checked + bytes(crc32(checked))
}

/// The content in blocks that are stored as they are (RFC 1950 and 1951), of at most 65,535 bytes.
private func zlibStream(of content: [UInt8]) -> [UInt8] {
  var stream: [UInt8] = [0x78, 0x01]
  for start in stride(from: 0, to: content.count, by: 65_535) {
    let block = content[start...].prefix(65_535)
    let count = [UInt8(block.count & 0xFF), UInt8(block.count >> 8)]
    let isLast: UInt8 = block.endIndex == content.endIndex ? 1 : 0
    stream += [isLast] + count + count.map { ~$0 } + block
  }
  return stream + bytes(adler32(content))
}

/// The four bytes of a number, the highest first.
private func bytes(_ number: Int) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(number >> $0 & 0xFF) }
}

private func crc32(_ content: [UInt8]) -> Int {
  var crc = 0xFFFF_FFFF
  for byte in content {
    crc ^= Int(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  return crc ^ 0xFFFF_FFFF
}

private func adler32(_ content: [UInt8]) -> Int {
  var (a, b) = (1, 0)
  for byte in content {
    a = (a + Int(byte)) % 65_521
    b = (b + a) % 65_521
  }
  return b << 16 | a
}
