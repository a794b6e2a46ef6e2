internal import ApusNativeLibrary
internal import Foundation
internal import SystemPackage

/// How IREE links kernels whose math functions are in libraries: with Apus's linker, or, where a program
/// that uses Apus as a library has it not beside it, with IREE's lld, which does it as well.
///
/// IREE runs its embedded linker by a shell, `PATH -flavor gnu -o OUTPUT ... OBJECT`, and takes the path as it
/// is. So the path can be a small script with arguments, which adds the libraries at the end.
struct KernelLinker {
  private let libraries: [FilePath]

  /// The linker for a compilation.
  init(_ options: CompilerOptions) { libraries = options.mathLibraries }

  /// The flags that name the linker and the libraries; none where there are no libraries.
  var flags: [String] {
    guard !libraries.isEmpty else { return [] }
    let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)
    let linker = Self.executable(toolchain) ?? toolchain.ireeLinker
    let arguments = libraries.map { Self.quoted($0.string) }.joined(separator: " ")
    // Hidden, so that what libmvec does not expect to be preempted cannot be.
    let script = #"exec "$0" "$@" --exclude-libs=ALL "# + arguments
    let command = "sh -c \(Self.quoted(script)) \(Self.quoted(linker.string))"
    return ["--iree-llvmcpu-embedded-linker-path=\(command)"]
  }

  /// `apus-ld`: `APUS_LINKER`, or beside the program that runs; nil if it, or lld, is not there.
  private static func executable(_ toolchain: ToolchainFolder) -> FilePath? {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["APUS_LINKER"], !path.isEmpty { return FilePath(path) }
    guard let own = Bundle.main.executablePath,
      FileManager.default.isExecutableFile(atPath: toolchain.lld.string)
    else { return nil }
    let path = FilePath(own).removingLastComponent().appending("apus-ld")
    return FileManager.default.isExecutableFile(atPath: path.string) ? path : nil
  }

  /// As a shell takes it for one word.
  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
