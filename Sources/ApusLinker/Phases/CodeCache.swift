internal import ApusArtifacts
internal import ApusLLVM
internal import SystemPackage

/// Machine code of library members that are bitcode, kept from link to link.
///
/// A file for each, named after the hash of all that the code depends on. The hash of the code itself is at its
/// end: a file that was cut short or changed is as good as none. Files appear whole, by renaming.
struct CodeCache {
  private static let digestSize = 32

  let folder: FilePath
  let library: LLVMLibrary

  /// The folder: `code` in `$APUS_HOME`, else in `~/.cache/apus`; nil without a home.
  static var defaultFolder: FilePath? { CacheFolder.named("code") }

  /// The code, to be called `name` in messages; nil if it is not there, or damaged.
  func code(for key: [UInt8], named name: String) -> FileSlice? {
    guard let file = try? FileSlice(mapping: path(for: key)) else { return nil }
    let size = file.count - Self.digestSize
    guard let code = try? file.slice(at: 0, count: size, "the code"),
      let digest = try? file.slice(at: size, count: Self.digestSize, "the hash"),
      digest.withUnsafeBytes({ $0.elementsEqual(self.digest(of: code)) })
    else { return nil }
    return code.renamed(name)
  }

  /// Keeps code; a failure is no one's concern.
  func add(_ code: FileSlice, for key: [UInt8]) {
    CacheFolder.make(folder)
    let bytes = code.withUnsafeBytes { [UInt8]($0) } + digest(of: code)
    _ = try? bytes.withUnsafeBytes { try writeAtomically($0, to: path(for: key)) }
  }

  private func digest(of code: FileSlice) -> [UInt8] {
    var hash = BLAKE3(library)
    code.withUnsafeBytes { hash.update($0) }
    return hash.digest()
  }

  private func path(for key: [UInt8]) -> FilePath {
    let digits = key.flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }
    return folder.appending(digits.joined() + ".o")
  }
}
