internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Answers remembered from earlier links, a file for each version of LLVM and triple.
///
/// A line an answer, and a checksum first: a file that was cut short or changed is as good as none.
/// Files appear whole, by renaming. If two links write at once, one's new answers are lost, and asked
/// for again.
struct LibcallCache: Sendable {
  /// Beyond this a file is begun anew: nobody uses so many operations.
  private static let largestFile = 1 << 22
  private static let header = "apus libcalls 1 "

  private let file: FilePath

  /// The cache in a folder, which need not exist.
  init(folder: FilePath, version: String, triple: String) {
    // The triple is a module's own word; it must not lead out of the folder.
    let name = "llvm-\(version)-\(triple)".map { character in
      character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
        ? character : "_"
    }
    file = folder.appending(String(name) + ".txt")
  }

  /// The folder: `libcalls` in `$APUS_HOME`, else in `~/.cache/apus`; nil without a home.
  static var defaultFolder: FilePath? { CacheFolder.named("libcalls") }

  /// What is remembered; nothing if the file is absent or damaged.
  func read() -> [IntrinsicSignature: LibcallAnswer] {
    guard let text = contents(), let end = text.firstIndex(of: "\n") else { return [:] }
    let body = text[text.index(after: end)...]
    guard text[..<end] == Self.header + Self.checksum(body) else { return [:] }
    var answers: [IntrinsicSignature: LibcallAnswer] = [:]
    for line in body.split(separator: "\n") {
      guard let tab = line.lastIndex(of: "\t"),
        let signature = IntrinsicSignature(line: line[..<tab])
      else { return [:] }
      answers[signature] = LibcallAnswer(text: line[line.index(after: tab)...])
    }
    return answers
  }

  /// Remembers answers, beside those that are remembered already; a failure is no one's concern.
  func add(_ answers: [IntrinsicSignature: LibcallAnswer]) {
    let lasting = answers.filter { signature, answer in
      if case .unknown = answer { false } else { signature.isExpressible }
    }
    guard !lasting.isEmpty else { return }
    let all = read().merging(lasting) { _, new in new }
    var body = Self.body(all)
    if body.utf8.count > Self.largestFile { body = Self.body(lasting) }
    write(Self.header + Self.checksum(body[...]) + "\n" + body)
  }

  private static func body(_ answers: [IntrinsicSignature: LibcallAnswer]) -> String {
    answers.map { "\($0.key.line)\t\($0.value.text)\n" }.sorted().joined()
  }

  /// FNV-1a, of 64 bits: against accidents.
  private static func checksum(_ text: Substring) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  private func contents() -> String? {
    guard let descriptor = try? FileDescriptor.open(file, .readOnly) else { return nil }
    defer { try? descriptor.close() }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      guard let count = try? chunk.withUnsafeMutableBytes({ try descriptor.read(into: $0) }) else {
        return nil
      }
      if count == 0 { break }
      bytes += chunk[..<count]
      if bytes.count > 2 * Self.largestFile { return nil }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private func write(_ text: String) {
    CacheFolder.make(file.removingLastComponent())
    var template = Array((file.string + ".XXXXXX").utf8CString)
    let raw = mkstemp(&template)
    guard raw >= 0 else { return }
    let descriptor = FileDescriptor(rawValue: raw)
    let written = try? descriptor.closeAfter { try descriptor.writeAll(text.utf8) }
    fchmod(raw, 0o644)
    guard written == text.utf8.count, rename(template, file.string) == 0 else {
      unlink(template)
      return
    }
  }
}
