internal import ApusNativeLibrary
internal import Foundation
internal import SystemPackage

/// What LLVM's library says of itself.
func llvmVersion(of library: DynamicLibrary) throws -> String {
  typealias GetVersion =
    @convention(c) (
      UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>
    ) -> Void
  guard let symbol = library.symbol("LLVMGetVersion") else {
    throw unusable("LLVM", at: library.path, "it does not tell its version as LLVM does")
  }
  var (major, minor, patch): (UInt32, UInt32, UInt32) = (0, 0, 0)
  unsafeBitCast(symbol, to: GetVersion.self)(&major, &minor, &patch)
  let oldest = ToolchainPins.current.llvm.version
  guard major >= UInt32(oldest) ?? 0 else {
    let message = "it is LLVM \(major).\(minor).\(patch); \(oldest) or newer is needed"
    throw unusable("LLVM", at: library.path, message)
  }
  return "\(major).\(minor).\(patch)"
}

/// The version in the first line of what a program prints for `--version`.
func programVersion(_ name: String, at path: FilePath) throws -> String {
  guard FileManager.default.fileExists(atPath: path.string) else {
    throw NativeLibraryError(
      .notFound,
      library: name,
      message: "the program was not found",
      tried: [path.string]
    )
  }
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: path.string)
  process.arguments = ["--version"]
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  do {
    try process.run()
  } catch {
    throw unusable(name, at: path, "the program cannot be run")
  }
  let bytes = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  let line = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
  guard process.terminationStatus == 0, let version = line.firstMatch(of: /\d+(\.\d+)+/) else {
    throw unusable(name, at: path, "the program does not tell its version")
  }
  return String(version.0)
}

private func unusable(_ name: String, at path: FilePath, _ message: String) -> NativeLibraryError {
  NativeLibraryError(.wrongVersion, library: name, message: message, tried: [path.string])
}
