import ApusTestSupport
import Foundation
import SystemPackage

/// Bytes with one to four of them changed; the same ones for the same seed.
func damage(
  _ bytes: [UInt8],
  at places: [Int],
  seed: UInt64
) -> [UInt8] {
  var generator = SeededGenerator(seed: seed)
  var bytes = bytes
  for _ in 0..<Int.random(in: 1...4, using: &generator) {
    guard let place = places.randomElement(using: &generator), place < bytes.count else { continue }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0..<3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 3..<5: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
    case 5: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
    case 6:
      // A word that is extreme, or points somewhere near.
      let words: [UInt64] = [0, .max, .max - 15, 1 << 63, UInt64(bytes.count), UInt64(place)]
      let word = words.randomElement(using: &generator) ?? 0
      for index in 0..<8 where place + index < bytes.count {
        bytes[place + index] = UInt8(truncatingIfNeeded: word >> (8 * UInt64(index)))
      }
    default:
      if Int.random(in: 0..<4, using: &generator) == 0 { bytes.removeSubrange(place...) }
    }
  }
  return bytes
}
