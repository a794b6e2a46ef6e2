import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

/// A library of math functions, in one of the forms that libraries come in.
///
/// The linker must not be tuned to one.
enum MathLibraryForm: String, CaseIterable, CustomTestStringConvertible {
  /// musl's, as setup builds it: bitcode and machine code in each object.
  case fat
  /// The same as bitcode, where it is not assembly.
  case bitcode
  /// The same without the functions that know rounding modes and exceptions, which musl keeps apart.
  case bitcodeAlone
  /// The same as machine code.
  case machineCode
  /// LLVM's own libc, in machine code.
  case llvmLibc

  var testDescription: String {
    switch self {
    case .fat: "musl's libm as fat objects"
    case .bitcode: "musl's libm as bitcode"
    case .bitcodeAlone: "musl's libm as bitcode, without its fenv"
    case .machineCode: "musl's libm as machine code"
    case .llvmLibc: "LLVM libc"
    }
  }

  /// The archive.
  var archive: FilePath {
    get async throws {
      switch self {
      case .fat: Peers.muslMath("x86_64")
      case .bitcode: try await Self.bitcodeArchive.value
      case .bitcodeAlone: try await Self.bitcodeArchiveAlone.value
      case .machineCode: try await Self.machineCodeArchive.value
      case .llvmLibc:
        LLVMTools.path("clang").removingLastComponent().removingLastComponent()
          .appending("lib/libllvmlibc.a")
      }
    }
  }

  // MARK: Made once for all tests

  private static let bitcodeArchive = Task {
    let members = try SharedFolder.folder.get().file("members")
    try FileManager.default.createDirectory(
      atPath: members.string,
      withIntermediateDirectories: true
    )
    let archive = try Archive(FileSlice(mapping: Peers.muslMath("x86_64")))
    for member in archive.members {
      let object = try archive.contents(of: member)
      let contents = try ELFObject(object).embeddedBitcode() ?? object
      try contents.withUnsafeBytes { bytes in
        try Data(bytes).write(to: URL(fileURLWithPath: members.appending(member.name).string))
      }
    }
    let file = try SharedFolder.folder.get().file("libm-bitcode.a")
    try await runLLVMTool(
      "llvm-ar",
      ["rcs", file.string] + archive.members.map(\.name),
      in: members
    )
    return file
  }

  private static let bitcodeArchiveAlone = Task {
    let file = try SharedFolder.folder.get().file("libm-bitcode-alone.a")
    let all = try await bitcodeArchive.value
    try FileManager.default.copyItem(atPath: all.string, toPath: file.string)
    let members = try Archive(FileSlice(mapping: all)).members.map(\.name)
    try await runLLVMTool("llvm-ar", ["d", file.string] + members.filter { $0.hasPrefix("fe") })
    return file
  }

  private static let machineCodeArchive = Task {
    let file = try SharedFolder.folder.get().file("libm-machine-code.a")
    try await runLLVMTool(
      "llvm-objcopy",
      ["--remove-section=.llvm.lto", Peers.muslMath("x86_64").string, file.string]
    )
    return file
  }
}

/// A folder for what all tests share, removed when the tests end.
enum SharedFolder {
  static let folder: Result<TemporaryFolder, any Error> = {
    let folder = Result { try TemporaryFolder() }
    atexit {
      guard let folder = try? SharedFolder.folder.get() else { return }
      try? FileManager.default.removeItem(atPath: folder.path.string)
    }
    return folder
  }()
}
