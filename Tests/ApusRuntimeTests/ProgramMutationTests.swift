import ApusTestSupport
import Testing
import Foundation

@testable import Apus
@testable import ApusArtifacts

/// Programs with damage anywhere: reading and loading them does not crash in our code.
struct ProgramMutationTests {
  private static let text = """
    module @sample {
      util.global private mutable @sum = dense<1.0> : tensor<4xf32>
      func.func @add(%a: tensor<4xf32>, %n: i32) -> (tensor<4xf32>, i32) {
        %0 = util.global.load @sum : tensor<4xf32>
        %1 = stablehlo.add %0, %a : tensor<4xf32>
        util.global.store %1, @sum : tensor<4xf32>
        return %1, %n : tensor<4xf32>, i32
      }
    }
    """

  @Test func scratch() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      try await CompiledPrograms.bytecode(of: Self.text).bytes, to: "a.vmfb"
    ).string
    let r = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) { [path = path as String] in
      func print(_ items: Any...) { let h = fopen("/tmp/h5x/log", "a")!; fputs(items.map { "\($0)" }.joined(separator: " ") + "\n", h); fclose(h) }
      let bytes = try VMBytecode(contentsOf: FilePath(path)).bytes
      let d = try VMModuleDescription(bytes)
      let (code) = try bytes.withUnsafeBytes { memory in
        let module = try VMBytecodeModule(memory)
        let f = try #require(module.functions.first)
        return f.code.fileOffset..<f.code.fileOffset + module.bytecodeByteCount
      }
      print("file", bytes.count, "code", code, d.readOnlySegments, d.executables.map(\.segment), d.sizes)
      let machine = d.executables.map { d.readOnlySegments[$0.segment].fileRange }
      let runtime = try Runtime(workers: 1)
      var ok = 0
      var errors: [String: Int] = [:]
      let places = bytes.indices.filter { i in !code.contains(i) && !machine.contains { $0.contains(i) } }
      print("places", places.count)
      for n in 0..<2000 {
        var g = SeededGenerator(seed: UInt64(n))
        var b = bytes
        for _ in 0..<Int.random(in: 1...3, using: &g) {
          let p = places.randomElement(using: &g)!
          if Bool.random(using: &g) { b[p] ^= 1 << UInt8.random(in: 0..<8, using: &g) } else { b[p] = UInt8.random(in: 0...255, using: &g) }
        }
        if [87, 443].contains(n) { try Data(b).write(to: URL(fileURLWithPath: "/tmp/h5x/\(n).vmfb")); continue }; let t0 = ContinuousClock.now; defer { if ContinuousClock.now - t0 > .milliseconds(50) { print("slow", n, ContinuousClock.now - t0) } }; print("n", n)
        do { _ = try Program([VMBytecode(b)], on: runtime); ok += 1 }
        catch let e as RuntimeError { errors["\(e.code) \(e.message.prefix(70))", default: 0] += 1 }
      }
      try Data(bytes).write(to: URL(fileURLWithPath: "/tmp/h5x/good.vmfb")); print("ok", ok)
      for (k, v) in errors.sorted(by: { $0.value > $1.value }).prefix(40) { print(v, k) }
    }
    print(String(decoding: r?.standardOutputContent ?? [], as: UTF8.self))
  }
}
