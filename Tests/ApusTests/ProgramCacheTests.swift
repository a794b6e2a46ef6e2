import Apus
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct ProgramCacheTests {
  private let folder: TemporaryFolder
  private let cache: ProgramCache
  private let source = Source(
    """
    func.func @twice(%a: tensor<2xf32>) -> tensor<2xf32> {
      %0 = stablehlo.add %a, %a : tensor<2xf32>
      return %0 : tensor<2xf32>
    }
    """,
    name: "twice.mlir"
  )

  init() throws {
    folder = try TemporaryFolder()
    cache = ProgramCache(folder: folder.path)
  }

  /// A compiler that cannot compile: what it gives must be from the cache.
  private var idle: Compiler { Compiler(isolation: .process(worker: "/bin/false")) }

  private var entry: String {
    get throws { try #require(folder.names.first { $0.hasSuffix(".vmfb") }) }
  }

  @Test func `a program is compiled once`() async throws {
    let first = try await cache.bytecode(of: source, compiler: Compiler())
    let second = try await cache.bytecode(of: source, compiler: idle)
    #expect(first.bytes == second.bytes)
    #expect(second.name == "twice.mlir")
    #expect(folder.names.count == 2)
  }

  @Test func `another content, name or option is another program`() async throws {
    _ = try await cache.bytecode(of: source, compiler: Compiler())
    let text = String(decoding: source.bytes, as: UTF8.self)
    var options = CompilerOptions()
    options.optimizationLevel = .o3
    var exact = CompilerOptions()
    exact.math = .exact
    var withoutKernels = CompilerOptions()
    withoutKernels.matmulKernels = false
    let others: [(Source, CompilerOptions)] = [
      (Source(text + "\n", name: source.name), CompilerOptions()),
      (Source(text, name: "other.mlir"), CompilerOptions()),
      (source, options), (source, exact), (source, withoutKernels),
    ]
    for (source, options) in others {
      await #expect(throws: CompilerError.self) {
        try await cache.bytecode(
          of: source,
          compiler: Compiler(options: options, isolation: .process(worker: "/bin/false"))
        )
      }
    }
  }

  @Test func `a damaged program is compiled again instead of run`() async throws {
    let good = try await cache.bytecode(of: source, compiler: Compiler()).bytes
    for damage in [0, good.count / 2, good.count - 1] {
      var bytes = good
      bytes[damage] ^= 1
      try folder.write(bytes, to: entry)
      await #expect(throws: CompilerError.self) {
        try await cache.bytecode(of: source, compiler: idle)
      }
      #expect(try await cache.bytecode(of: source, compiler: Compiler()).bytes == good)
      #expect(try folder.contents(of: entry) == good)
    }
  }

  @Test func `a program cut short, or without its checksum, is compiled again`() async throws {
    let good = try await cache.bytecode(of: source, compiler: Compiler()).bytes
    try folder.write(Array(good.prefix(100)), to: entry)
    #expect(try await cache.bytecode(of: source, compiler: Compiler()).bytes == good)
    let checksum = try #require(folder.names.first { $0.hasSuffix(".sha256") })
    try FileManager.default.removeItem(atPath: folder.file(checksum).string)
    await #expect(throws: CompilerError.self) {
      try await cache.bytecode(of: source, compiler: idle)
    }
    #expect(try await cache.bytecode(of: source, compiler: Compiler()).bytes == good)
  }

  @Test func `a folder that cannot be written to stops nothing`() async throws {
    let file = try folder.write("a file", to: "file")
    let cache = ProgramCache(folder: file.appending("below"))
    let bytecode = try await cache.bytecode(of: source, compiler: Compiler())
    #expect(bytecode.count > 1000)
    #expect(folder.names == ["file"])
  }

  @Test func `a program that does not compile leaves nothing`() async throws {
    await #expect(throws: CompilerError.self) {
      try await cache.bytecode(of: Source("nonsense"), compiler: Compiler())
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `compiling and loading is one call`() async throws {
    let runtime = try Runtime(workers: 1)
    let program = try await Program(compiling: source, on: runtime, cache: cache)
    let result: Tensor<Float> = try await program.function("twice")(
      Tensor<Float>([1, 2.5], on: runtime)
    )
    #expect(try result.scalars() == [2, 5])
  }
}
