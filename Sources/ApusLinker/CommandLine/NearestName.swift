/// The candidate that differs least from a name, if so little that a slip is likely.
///
/// One change is allowed in a short name, two in a longer one; of equals the first counts.
func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(name.utf8)
  guard letters.count > 1 else { return nil }
  var limit = letters.count < 5 ? 1 : 2
  var nearest: String?
  for candidate in candidates where candidate != name {
    if let distance = editDistance(letters, Array(candidate.utf8), atMost: limit) {
      nearest = candidate
      if distance <= 1 { return candidate }
      limit = distance - 1
    }
  }
  return nearest
}

/// How many bytes must be inserted, deleted or replaced; nil if more than the limit.
private func editDistance(_ a: [UInt8], _ b: [UInt8], atMost limit: Int) -> Int? {
  guard abs(a.count - b.count) <= limit else { return nil }
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count] <= limit ? row[b.count] : nil
}
