import ApusLLVM
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct LibcallCacheTests {
  private let folder: TemporaryFolder
  private let signature: IntrinsicSignature

  init() throws {
    folder = try TemporaryFolder()
    signature = try #require(
      try Operations.signature(
        "%r = call <3 x float> @llvm.sin.v3f32(<3 x float> %x)",
        "<3 x float> %x"
      )
    )
  }

  private var home: FilePath { folder.file("home/libcalls") }

  private func oracle(asking process: LibcallProbeProcess?) throws -> LibcallOracle {
    LibcallOracle(
      triple: Operations.gnu,
      version: try LLVMLibrary.shared().version,
      cacheFolder: home,
      process: process
    )
  }

  private func file() throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: home.string)
    #expect(names.count == 1, "\(names)")
    return home.appending(try #require(names.first)).string
  }

  @Test func `the backend is asked once, and others know`() throws {
    let first = try oracle(asking: Operations.process)
    #expect(first.answer(signature) == .calls(["sinf"]))
    #expect(first.answer(signature) == .calls(["sinf"]))
    #expect(first.probeCount == 1)

    let second = try oracle(asking: nil)
    #expect(second.answer(signature) == .calls(["sinf"]))
    #expect(try file().hasSuffix("-\(Operations.gnu).txt"))
  }

  @Test func `later answers stand beside earlier ones`() throws {
    _ = try oracle(asking: Operations.process).answer(signature)
    let other = try #require(
      try Operations.signature(
        "%r = call <3 x float> @llvm.exp.v3f32(<3 x float> %x)",
        "<3 x float> %x"
      )
    )
    _ = try oracle(asking: Operations.process).answer(other)
    let answers = try oracle(asking: nil).answers(for: [signature, other])
    #expect(answers == [signature: .calls(["sinf"]), other: .calls(["expf"])])
  }

  @Test func `what is impossible and what crashes is remembered too`() throws {
    let crashing = try #require(
      try Operations.signature(
        "%r = call { <16 x double>, <16 x i32> } @llvm.frexp.v16f64.v16i32(<16 x double> %x)",
        "<16 x double> %x"
      )
    )
    let impossible = try #require(
      try Operations.signature(
        "%r = call { <3 x double>, <3 x double> } @llvm.sincospi.v3f64(<3 x double> %x)",
        "<3 x double> %x"
      )
    )
    let asked = try oracle(asking: Operations.process).answers(for: [crashing, impossible])
    #expect(asked[crashing] == .crashes)
    #expect(asked[impossible] == .impossible("no libcall available for fsincospi"))
    #expect(try oracle(asking: nil).answers(for: [crashing, impossible]) == asked)
  }

  @Test(arguments: ["short", "changed", "empty", "binary", "another version"])
  func `a damaged file is ignored and written anew`(damage: String) throws {
    _ = try oracle(asking: Operations.process).answer(signature)
    let path = try file()
    let sound = try Data(contentsOf: URL(fileURLWithPath: path))
    var damaged = sound
    switch damage {
    case "short": damaged.removeLast(3)
    case "changed": damaged[damaged.count - 3] ^= 1
    case "empty": damaged = Data()
    case "binary": damaged = Data([0xFF, 0xFE, 0x00, 0x0A, 0xC3, 0x28])
    default: damaged[damaged.startIndex + 14] = UInt8(ascii: "9")
    }
    try damaged.write(to: URL(fileURLWithPath: path))

    guard case .unknown = try oracle(asking: nil).answer(signature) else {
      Issue.record("the damaged file was believed")
      return
    }
    let again = try oracle(asking: Operations.process)
    #expect(again.answer(signature) == .calls(["sinf"]))
    #expect(again.probeCount == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == sound)
  }

  @Test func `a folder that cannot be written is no reason to fail`() throws {
    try folder.write("a file", to: "home")
    #expect(try oracle(asking: Operations.process).answer(signature) == .calls(["sinf"]))
    #expect(folder.names == ["home"])
  }

  @Test func `a triple does not lead out of the folder`() throws {
    let cache = LibcallCache(folder: home, version: "22", triple: "../../escaped")
    cache.add([signature: .calls(["sinf"])])
    #expect(cache.read() == [signature: .calls(["sinf"])])
    #expect(folder.names == ["home"])
    #expect(try file().hasPrefix(home.string))
  }
}
