internal import ApusLLVM

/// Answers that come with the linker, for common processors.
///
/// They are the backend's own, asked for when the linker was made; a test asks again. The text,
/// ``generated``, has a line an operation, sorted by name: the name, then an answer a column, each after a tab.
/// An empty column repeats the one before it; `-` is no call, `?` no answer. A name may be preceded by `O0 ` or
/// `fast ` or `contract ` if the answer differs without optimisation, or with fast-math flags.
struct LibcallTable: Sendable {
  /// What a column is for.
  struct Column: Sendable {
    let triple: String
    let cpu: String
    let features: String

    var target: CodeTarget { CodeTarget(cpu: cpu, features: features) }
  }

  /// The columns, in the order of the text's.
  static let columns = [
    Column(triple: "x86_64-unknown-linux-gnu", cpu: "x86-64", features: ""),
    Column(triple: "x86_64-unknown-linux-gnu", cpu: "x86-64-v2", features: ""),
    Column(triple: "x86_64-unknown-linux-gnu", cpu: "x86-64-v3", features: ""),
    Column(triple: "x86_64-unknown-linux-gnu", cpu: "x86-64-v4", features: ""),
    Column(triple: "x86_64-unknown-linux-musl", cpu: "x86-64", features: ""),
    Column(triple: "aarch64-unknown-linux-gnu", cpu: "generic", features: "+neon,+fp-armv8"),
  ]

  /// The version of LLVM that the answers are of.
  static let version: UInt32 = 22

  /// What an answer without names is in the text: nothing there repeats the column before.
  static let noCall = "-"

  /// What a column has for an operation that its processor knows nothing of.
  static let noAnswer = "?"

  private let column: Int
  private let text: StaticString

  /// The table's column for a triple and what a function is compiled for; nil if there is none.
  init?(triple: String, _ target: CodeTarget, text: StaticString = Self.generated) {
    guard !target.isSoftFloat, target.sizeLevel == 0, target.isFullyKnown,
      let wanted = Self.significantFeatures(target)
    else { return nil }
    let place = Self.columns.firstIndex {
      Self.isSamePlatform($0.triple, triple) && Self.significantFeatures($0.target) == wanted
    }
    guard let place else { return nil }
    column = place
    self.text = text
  }

  /// What is to be told apart: atomic operations are not in the table.
  private static func significantFeatures(_ target: CodeTarget) -> Set<Substring>? {
    target.enabledFeatures?.subtracting(
      // What every processor of the architecture has decides nothing; nor do atomic instructions.
      ["x87", "sse", "sse2", "neon", "fp-armv8", "cx16", "lse", "lse2", "outline-atomics"]
    )
  }

  private static func isSamePlatform(_ a: String, _ b: String) -> Bool {
    func platform(_ triple: String) -> [Substring] {
      let parts = triple.split(separator: "-")
      guard let first = parts.first, parts.count > 2 else { return [] }
      // The second of four is the vendor.
      return [first] + parts.suffix(2)
    }
    return platform(a) == platform(b)
  }

  /// The answer for an operation on this column's processor; nil if the table has none.
  func answer(_ signature: IntrinsicSignature) -> LibcallAnswer? {
    let name = signature.name
    guard !["atomicrmw", "cmpxchg", "load", "store"].contains(where: name.hasPrefix),
      let plain = answer(named: name)
    else { return nil }
    let unoptimized = signature.isOptimized ? nil : answer(named: Self.unoptimized + name)
    guard signature.fastMathFlags != 0, answer(named: Self.fast + name) != nil else {
      return unoptimized ?? plain
    }
    // Flags make a difference here; of other flags, or of both at once, the table says nothing.
    guard signature.isOptimized,
      let variant = Self.variants.first(where: { $0.flags == signature.fastMathFlags })
    else { return nil }
    return answer(named: variant.prefix + name)
  }

  /// The fast-math flags that the table knows apart: all, and those of C's default for x * y + z.
  static let variants: [(prefix: String, flags: UInt32)] = [(fast, 0x7F), ("contract ", 0x20)]
  private static let fast = "fast "
  /// What precedes the name of an operation without optimisation.
  static let unoptimized = "O0 "

  private func answer(named name: String) -> LibcallAnswer? {
    text.withUTF8Buffer { bytes in
      guard let line = Self.line(of: name, in: bytes) else { return nil }
      var found: Slice<UnsafeBufferPointer<UInt8>>?
      var fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)[...]
      fields = fields.dropFirst()
      for field in fields.prefix(column + 1) where !field.isEmpty { found = field }
      guard let found else { return nil }
      let text = String(decoding: found, as: UTF8.self)
      if text == Self.noAnswer { return nil }
      return LibcallAnswer(text: text == Self.noCall ? "" : text)
    }
  }

  /// The line of an operation, by bisection: there is nothing to prepare when the linker starts.
  private static func line(
    of name: String,
    in text: UnsafeBufferPointer<UInt8>
  ) -> Slice<UnsafeBufferPointer<UInt8>>? {
    let newline = UInt8(ascii: "\n")
    var low = 0
    var high = text.count
    while low < high {
      let middle = low + (high - low) / 2
      let start = (text[low..<middle].lastIndex(of: newline)).map { $0 + 1 } ?? low
      let end = text[middle..<high].firstIndex(of: newline) ?? high
      let line = text[start..<end]
      let nameEnd = line.firstIndex(of: UInt8(ascii: "\t")) ?? end
      let candidate = line[..<nameEnd]
      if candidate.elementsEqual(name.utf8) { return line }
      if candidate.lexicographicallyPrecedes(name.utf8) {
        low = min(end + 1, high)
      } else {
        high = start
      }
    }
    return nil
  }
}
