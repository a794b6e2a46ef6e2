internal import ApusNativeLibrary
internal import Foundation
internal import SystemPackage

/// How IREE links kernels whose math functions are in libraries.
///
/// IREE runs its embedded linker by a shell, `PATH -flavor gnu -o OUTPUT ... OBJECT`, and takes the path as it
/// is. So the path can be a small script with arguments, which adds the libraries at the end.
struct KernelLinker {
  private let architecture: String

  /// The linker for a compilation's target.
  init(_ options: CompilerOptions) {
    let triple = options.targetTriple.map { $0.prefix { $0 != "-" } }
    architecture = triple.map(String.init) ?? hostArchitecture
  }

  /// The flags that name the linker and the libraries.
  ///
  /// None if the target has no math library: what needs one then fails with an error that says so.
  var flags: [String] {
    let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)
    guard ["x86_64", "aarch64"].contains(architecture) else { return [] }
    var libraries = [toolchain.mathLibrary(architecture: architecture)]
    if architecture == "x86_64" { libraries.append(toolchain.vectorMathLibrary) }
    let linker = Self.executable ?? toolchain.ireeLinker
    let arguments = libraries.map { Self.quoted($0.string) }.joined(separator: " ")
    // Hidden, so that what libmvec does not expect to be preempted cannot be.
    let script = #"exec "$0" "$@" --exclude-libs=ALL "# + arguments
    let command = "sh -c \(Self.quoted(script)) \(Self.quoted(linker.string))"
    return ["--iree-llvmcpu-embedded-linker-path=\(command)"]
  }

  /// `apus-ld`: `APUS_LINKER`, or beside the program that runs; nil if it is not there.
  private static var executable: FilePath? {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["APUS_LINKER"], !path.isEmpty { return FilePath(path) }
    guard let own = Bundle.main.executablePath else { return nil }
    let path = FilePath(own).removingLastComponent().appending("apus-ld")
    return FileManager.default.isExecutableFile(atPath: path.string) ? path : nil
  }

  /// As a shell takes it for one word.
  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
