/// A size in words: `17 B`, `4.2 kB`, `351 MB` (powers of 1,000).
func formatted(byteCount: some BinaryInteger) -> String {
  var value = Double(byteCount)
  var units = ["B", "kB", "MB", "GB", "TB"][...]
  while value >= 999.5, units.count > 1 {
    value /= 1000
    units.removeFirst()
  }
  let isWhole = units.first == "B" || value >= 99.5
  let digits = isWhole ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
  return "\(digits) \(units.first ?? "B")"
}
