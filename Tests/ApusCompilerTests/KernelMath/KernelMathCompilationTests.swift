import ApusArtifacts
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusCompiler

/// Which functions kernels call, for which target.
@Suite struct KernelMathCompilationTests {
  private func compile(
    _ text: String,
    _ change: (inout CompilerOptions) -> Void = { _ in }
  ) async throws -> Compiler.CompiledProgram {
    var options = CompilerOptions()
    change(&options)
    return try await Compiler(options: options).compile(Source(text))
  }

  private func symbols(_ program: Compiler.CompiledProgram) -> [String] {
    Set(program.mathUses.map(\.symbol)).sorted()
  }

  /// Sine of so many numbers.
  private func sine(_ type: String) -> String {
    """
    func.func @sine(%a: tensor<64x\(type)>) -> tensor<64x\(type)> {
      %0 = stablehlo.sine %a : tensor<64x\(type)>
      return %0 : tensor<64x\(type)>
    }
    """
  }

  @Test(arguments: [
    ("haswell", "f32", ["_ZGVdN8v_sinf_avx2", "apus.sin.formula.v8f32"]),
    ("haswell", "f64", ["_ZGVdN4v_sin_avx2"]),
    ("haswell", "bf16", ["_ZGVdN8v_sinf_avx2", "apus.sin.formula.v8f32"]),
    ("nehalem", "f32", ["_ZGVbN4v_sinf_sse4"]),
    ("x86-64-v2", "f64", ["_ZGVbN2v_sin_sse4"]),
    ("generic", "f32", ["sinf"]),
    ("skylake-avx512", "f64", ["_ZGVeN8v_sin_skx", "apus.sin.formula.v8f64"]),
  ])
  func `vectors are as wide as the processor's`(
    _ cpu: String,
    _ type: String,
    _ expected: [String]
  ) async throws {
    let program = try await compile(sine(type)) { $0.targetCPU = cpu }
    #expect(symbols(program) == expected)
    #expect(program.mathUses.allSatisfy { $0.function == "sin" && $0.kernel.hasPrefix("sine") })
    #expect(try VMModuleDescription(program.bytecode).functions.map(\.math) == ["accurate"])
  }

  @Test func `exact math calls one function a value, and IREE's none`() async throws {
    let exact = try await compile(sine("f32")) { $0.math = .exact }
    #expect(symbols(exact) == ["sin"])
    #expect(exact.mathUses.allSatisfy { $0.elementType == "f64" && $0.width == 1 })
    let iree = try await compile(sine("f32")) { $0.math = .iree }
    #expect(iree.mathUses.isEmpty)
    #expect(try VMModuleDescription(iree.bytecode).functions.map(\.math) == [nil])
  }

  @Test func `a program for another architecture has that one's functions`() async throws {
    let program = try await compile(sine("f64")) { $0.targetTriple = "aarch64-linux-gnu" }
    #expect(symbols(program) == ["apus.sin.formula.v2f64", "sin"])
    let executables = try VMModuleDescription(program.bytecode).executables
    #expect(executables.map(\.machine) == ["aarch64"])
    let formulas = try await compile(sine("f32")) { $0.targetTriple = "aarch64-linux-gnu" }
    #expect(symbols(formulas) == ["apus.sin.formula.v4f32", "sinf"])
  }

  @Test func `an architecture without a math library is refused, by function and kernel`()
    async throws
  {
    let error = await #expect(throws: CompilerError.self) {
      try await compile(sine("f64")) { $0.targetTriple = "riscv64-linux-gnu" }
    }
    let message = try #require(error?.message)
    #expect(message.contains("sin of vector"))
    #expect(message.contains("sine_dispatch_0"))
    #expect(message.contains("no math library for riscv64; compile with --math iree"))
  }

  @Test func `a math library that is not installed is named, with what to do`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(sine("f64"), to: "sine.mlir")
    let result = try await runApus(
      "compile",
      "sine.mlir",
      "-o",
      "sine.vmfb",
      "--target-cpu",
      "generic",
      in: folder.path,
      environment: [
        "APUS_HOME": folder.path.string, "APUS_IREE_COMPILER": Peers.compilerLibrary.string,
      ]
    )
    #expect(result.status == 1)
    #expect(result.error.contains("sin of vector"))
    #expect(result.error.contains("libm.a' is not installed; run 'make setup'"))
    #expect(folder.names == ["sine.mlir"])
  }

  @Test func `fusion and tiling are as with IREE's own math`() async throws {
    var options = CompilerOptions()
    var exports: [Int] = []
    for mode in [MathMode.accurate, .iree] {
      options.math = mode
      let lowered = try await Compiler(options: options)
        .lower(Source(Self.network), to: .executableConfigurations)
      exports.append(lowered.text.components(separatedBy: "hal.executable.export").count - 1)
    }
    #expect(exports[0] == exports[1])
    #expect(exports[0] > 1)
    // A product by Apus's kernel takes the place of one and of what lays out its matrices.
    options.matmulKernels = false
    let unchanged = try await Compiler(options: options)
      .lower(Source(Self.network), to: .executableConfigurations)
    #expect(unchanged.text.components(separatedBy: "hal.executable.export").count - 1 >= exports[0])
    let program = try await compile(Self.network) {
      $0.targetCPU = "haswell"
      $0.matmulKernels = false
    }
    // In a product of matrices, and in a softmax that IREE takes apart late.
    #expect(symbols(program) == ["apus.erf.formula.v8f32", "apus.exp.formula.v8f32"])
    #expect(program.mathUses.contains { $0.kernel.contains("matmul") && $0.function == "erf" })
    #expect(program.mathUses.contains { $0.kernel.contains("softmax") && $0.function == "exp" })
  }

  @Test(arguments: [("skylake-avx512", 16), ("haswell", 0)])
  func `a formula with exceptions is called, not inlined, in a kernel that needs it often`(
    _ cpu: String,
    _ callCount: Int
  ) async throws {
    let layer = """
      func.func @layer(%x: tensor<64x64xf32>, %w: tensor<64x128xf32>) -> tensor<64x128xf32> {
        %p = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
          : (tensor<64x64xf32>, tensor<64x128xf32>) -> tensor<64x128xf32>
        %y = stablehlo.sine %p : tensor<64x128xf32>
        return %y : tensor<64x128xf32>
      }
      """
    func calls(in text: String) async throws -> Int {
      let folder = try TemporaryFolder()
      try folder.write(text, to: "layer.mlir")
      let result = try await runApus(
        "compile",
        "layer.mlir",
        "-o",
        "layer.vmfb",
        "--target-cpu",
        cpu,
        "--iree-flag=--iree-hal-dump-executable-files-to=.",
        in: folder.path
      )
      #expect(result.status == 0, "\(result.error)")
      let name = try #require(folder.names.first { $0.hasSuffix(".optimized.ll") })
      let code = String(decoding: try folder.contents(of: name), as: UTF8.self)
      return code.split(separator: "\n").count {
        $0.contains(" call ") && $0.contains("@apus.sin.formula")
      }
    }
    #expect(try await calls(in: layer) == callCount)
    #expect(try await calls(in: sine("f32")) == 0)
  }

  @Test(arguments: [
    (MathMode.accurate, ["apus.exp2.formula.v1f32", "apus.exp2.formula.v4f32"]),
    (.exact, ["exp2"]), (.iree, []),
  ])
  func `the exponentials of attention are replaced, and it stays one kernel`(
    _ mode: MathMode,
    _ expected: [String]
  ) async throws {
    var options = CompilerOptions()
    options.targetCPU = "haswell"
    options.math = mode
    let program = try await compile(Self.attention()) { $0 = options }
    #expect(symbols(program) == expected)
    #expect(
      program.mathUses.allSatisfy { $0.function == "exp2" && $0.kernel.contains("attention") }
    )
    let lowered = try await Compiler(options: options)
      .lower(Source(Self.attention()), to: .executableTargets).text
    #expect(lowered.components(separatedBy: "hal.executable.export").count == 2)
    // None but the result's, beside those of the floating-point state: the scores stay in registers.
    let stores = lowered.split(separator: "\n")
      .filter { $0.contains("llvm.store") && $0.contains("vector<") }
    #expect(stores.count == 1)
    // IREE's approximation.
    #expect(lowered.contains("0.00139819994") == (mode == .iree))
  }

  @Test func `attention that IREE would take apart later is refused, by kernel`() async throws {
    let attribute = """
      compilation_info = #iree_codegen.compilation_info<
        lowering_config = #iree_cpu.lowering_config<
          distribution = [1, 8, 16, 0, 0], vector_common_parallel = [1, 1, 8, 0, 0],
          vector_reduction = [0, 0, 0, 0, 4]>,
        translation_info = #iree_codegen.translation_info<pipeline = None>>,
      """
    let error = await #expect(throws: CompilerError.self) {
      try await compile(Self.attention(attribute))
    }
    let message = try #require(error?.message)
    #expect(message.contains("iree_linalg_ext.attention in kernel attention_dispatch_0"))
    #expect(message.contains("its math cannot be replaced; compile with --math iree"))
  }

  @Test func `attention of PyTorch is replaced too`() async throws {
    let type = "!torch.vtensor<[1,4,16,8],f32>"
    let program = try await compile(
      """
      func.func @main(%q: \(type), %k: \(type), %v: \(type)) -> \(type) {
        %none = torch.constant.none
        %false = torch.constant.bool false
        %zero = torch.constant.float 0.0
        %r = torch.aten.scaled_dot_product_attention %q, %k, %v, %none, %zero, %false, %none, %false
          : \(type), \(type), \(type), !torch.none, !torch.float, !torch.bool, !torch.none, !torch.bool
          -> \(type)
        return %r : \(type)
      }
      """
    )
    #expect(Set(program.mathUses.map(\.function)) == ["exp2"])
  }

  @Test(arguments: [
    ("log", ["atan2", "log"]), ("sqrt", ["atan2", "cos", "pow", "sin"]),
    ("rsqrt", ["atan2", "cos", "sin"]), ("exponential_minus_one", ["cos", "expm1", "sin"]),
    ("log_plus_one", ["atan2", "log1p"]), ("logistic", ["cos", "exp", "sin"]),
  ])
  func `functions of complex numbers call those of real ones`(
    _ operation: String,
    _ expected: [String]
  ) async throws {
    let type = "tensor<64xcomplex<f32>>"
    let program = try await compile(
      """
      func.func @main(%a: \(type)) -> \(type) {
        %0 = stablehlo.\(operation) %a : \(type)
        return %0 : \(type)
      }
      """
    )
    #expect(Set(program.mathUses.map(\.function)).sorted() == expected)
  }

  @Test func `a Fourier transform without coefficients calls for its sines and cosines`()
    async throws
  {
    let type = "tensor<1024xf32>"
    let program = try await compile(
      """
      func.func @main(%a: \(type), %b: \(type)) -> (\(type), \(type)) {
        %stage = arith.constant 3 : index
        %0:2 = iree_linalg_ext.fft ins(%stage : index) outs(%a, %b : \(type), \(type)) : \(type), \(type)
        return %0#0, %0#1 : \(type), \(type)
      }
      """
    )
    #expect(Set(program.mathUses.map(\.function)) == ["sin", "cos"])
  }

  @Test func `functions of one name in several kernels are one function`() async throws {
    let text = (1...6).map { size in
      """
      func.func @f\(size)(%a: tensor<\(size)xf32>) -> tensor<\(size)xf32> {
        %0 = stablehlo.tan %a : tensor<\(size)xf32>
        %1 = chlo.acosh %0 : tensor<\(size)xf32> -> tensor<\(size)xf32>
        return %1 : tensor<\(size)xf32>
      }
      """
    }.joined(separator: "\n")
    let program = try await compile(text)
    #expect(Set(program.mathUses.map(\.function)) == ["tan", "acosh"])
    #expect(Set(program.mathUses.map(\.kernel)).count == 6)
  }

  @Test func `programs compile at the same time`() async throws {
    let programs = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<4 {
        group.addTask { try await compile(sine("f64")).bytecode.bytes }
      }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(programs.count == 1)
  }

  /// - Parameter attribute: another attribute of the operation.
  private static func attention(_ attribute: String = "") -> String {
    """
    func.func @attention(%q: tensor<2x64x32xf32>, %k: tensor<2x128x32xf32>, %v: tensor<2x128x16xf32>)
        -> tensor<2x64x16xf32> {
      %scale = arith.constant 0.125 : f32
      %empty = tensor.empty() : tensor<2x64x16xf32>
      %r = iree_linalg_ext.attention {\(attribute) indexing_maps = [
          affine_map<(b, m, n, k1, k2) -> (b, m, k1)>, affine_map<(b, m, n, k1, k2) -> (b, k2, k1)>,
          affine_map<(b, m, n, k1, k2) -> (b, k2, n)>, affine_map<(b, m, n, k1, k2) -> ()>,
          affine_map<(b, m, n, k1, k2) -> (b, m, n)>]}
        ins(%q, %k, %v, %scale
          : tensor<2x64x32xf32>, tensor<2x128x32xf32>, tensor<2x128x16xf32>, f32)
        outs(%empty : tensor<2x64x16xf32>) {
      ^bb0(%score: f32):
        iree_linalg_ext.yield %score : f32
      } -> tensor<2x64x16xf32>
      return %r : tensor<2x64x16xf32>
    }
    """
  }

  static let network = """
    func.func @network(%x: tensor<64x128xf32>, %w: tensor<128x256xf32>) -> tensor<64x256xf32> {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
        : (tensor<64x128xf32>, tensor<128x256xf32>) -> tensor<64x256xf32>
      %1 = chlo.erf %0 : tensor<64x256xf32> -> tensor<64x256xf32>
      %empty = tensor.empty() : tensor<64x256xf32>
      %2 = linalg.softmax dimension(1) ins(%1 : tensor<64x256xf32>)
        outs(%empty : tensor<64x256xf32>) -> tensor<64x256xf32>
      return %2 : tensor<64x256xf32>
    }
    """
}
