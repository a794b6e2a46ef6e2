import ApusTestSupport
import Testing

@testable import Apus
@testable import ApusArtifacts

/// Programs with damage anywhere end in success or an error, as far as they can.
///
/// What can be promised is that reading and loading does not crash. A `.vmfb` holds bytecode and
/// machine code, and loading one runs its initialisers: what those do once they are damaged is up to
/// chance. So a damaged program is read here whatever is damaged, and loaded only if its code is not.
struct ProgramMutationTests {
  private static let count = 2000

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

  @Test func `2000 programs damaged anywhere are read`() async throws {
    let bytes = try await CompiledPrograms.bytecode(of: Self.text).bytes
    let places = Array(bytes.indices)
    var described = 0
    for seed in 0..<Self.count {
      let damaged = damage(bytes, at: places, seed: UInt64(seed))
      if (try? VMModuleDescription(damaged)) != nil { described += 1 }
    }
    // Both ends are reached, or nothing is tested.
    #expect((Self.count / 50..<Self.count).contains(described), "\(described) were described")
  }

  @Test func `2000 programs damaged outside of their code are loaded`() async throws {
    let folder = try TemporaryFolder()
    let bytecode = try await CompiledPrograms.bytecode(of: Self.text)
    let path = try folder.write(bytecode.bytes, to: "sample.vmfb").string
    // In a process of its own, whose end by a signal is a failure of the test.
    await #expect(processExitsWith: .success) {
      [path = path as String, count = Self.count as Int] in
      let bytes = try VMBytecode(contentsOf: FilePath(path)).bytes
      let code = try codeRanges(of: bytes)
      let places = bytes.indices.filter { place in !code.contains { $0.contains(place) } }
      let runtime = try Runtime(workers: 1)
      var loaded = 0
      for seed in 0..<count {
        let damaged = VMBytecode(damage(bytes, at: places, seed: UInt64(seed)))
        do {
          let program = try Program([damaged], on: runtime)
          #expect(program.moduleNames.count == 1)
          loaded += 1
        } catch is RuntimeError {
        }
      }
      #expect((count / 50..<count).contains(loaded), "\(loaded) of \(count) were loaded")
    }
  }

  @Test func `an import without a calling convention is refused before IREE crashes over it`()
    async throws
  {
    let bytes = try await CompiledPrograms.bytecode(of: Self.text).bytes
    // The text of the convention itself, which for this import is there once.
    let convention = try #require(
      VMModuleDescription(bytes).imports.first { $0.name == "hal.buffer_view.create" }
    ).callingConvention
    let place = try #require(
      bytes.indices.dropLast(convention.utf8.count).first {
        bytes[$0...].starts(with: convention.utf8)
      }
    )
    var damaged = bytes
    damaged[place] = UInt8(ascii: "x")
    let runtime = try Runtime(workers: 1)
    let error = try runtimeError { _ = try Program([VMBytecode(damaged)], on: runtime) }
    #expect(error.code == .invalidArgument)
    #expect(error.message.hasPrefix("malformed: the import 'hal."), "\(error.message)")
    #expect(error.message.hasSuffix("' has no calling convention"), "\(error.message)")
  }
}

/// Where in a module its bytecode is, and the machine code of its kernels.
private func codeRanges(of bytes: [UInt8]) throws -> [Range<Int>] {
  let description = try VMModuleDescription(bytes)
  let kernels = description.executables.map {
    description.readOnlySegments[$0.segment].fileRange
  }
  let start = try bytes.withUnsafeBytes { memory in
    let module = try VMBytecodeModule(memory)
    return module.functions.map(\.code.fileOffset).min() ?? 0
  }
  return kernels + [start..<start + description.sizes.bytecode]
}
