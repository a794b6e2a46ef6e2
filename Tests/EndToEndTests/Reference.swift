import Apus
import ApusTestSupport
import Testing

/// What a program makes of its arguments when IREE's own `iree-run-module` runs it: the oracle.
///
/// Both sides run the same bytecode, so every bit must be the same.
struct Reference {
  /// Files of parameters, by their scope.
  typealias Parameters = [(scope: String, file: FilePath)]

  /// A module of the program, and what it imports from before it.
  let modules: [VMBytecode]
  var parameters: Parameters = []

  /// Calls a function and returns its results, each as the bytes of its elements, with type and shape
  /// where the tool's output format has them.
  func call(
    _ function: Function,
    _ arguments: [any ProgramArgument]
  ) async throws -> [Result] {
    let folder = try TemporaryFolder()
    var flags = ["--device=local-task", "--function=\(function.name)"]
    for (index, module) in modules.enumerated() {
      let file = try folder.write(module.bytes, to: "module\(index).vmfb")
      flags.append("--module=\(file)")
    }
    for (scope, file) in parameters {
      flags.append("--parameters=" + (scope.isEmpty ? "\(file)" : "\(scope)=\(file)"))
    }
    for (index, argument) in arguments.enumerated() {
      flags.append("--input=" + (try Self.text(of: argument, "input\(index)", in: folder)))
    }
    let files = function.signature.results.enumerated().map { index, result in
      "output\(index)." + (Self.hasNumPyType(result.type) ? "npy" : "bin")
    }
    flags += files.map { "--output=@\(folder.file($0))" }
    let run = try await runTool(Peers.ireeTool("iree-run-module"), flags)
    try #require(run.status == 0, "iree-run-module failed: \(run.error)")
    return try files.map { file in
      guard file.hasSuffix(".npy") else {
        // Nothing is written where there is nothing to write.
        let bytes = folder.names.contains(file) ? try folder.contents(of: file) : []
        return Result(bytes: bytes, type: nil)
      }
      let data = try TensorData(contentsOfNPY: folder.file(file))
      return Result(bytes: data.bytes, type: data.type)
    }
  }

  struct Result {
    var bytes: [UInt8]
    var type: TensorType?
  }

  private static func text(
    of argument: any ProgramArgument,
    _ name: String,
    in folder: TemporaryFolder
  ) throws -> String {
    switch argument.programValue {
    case .tensor(let tensor):
      let data = try tensor.data()
      if hasNumPyType(.tensor(data.type)) {
        try data.write(toNPY: folder.file("\(name).npy"))
        return "@\(folder.file("\(name).npy"))"
      }
      try data.write(toRaw: folder.file("\(name).bin"))
      return "\(data.type)=@\(folder.file("\(name).bin"))"
    case .int32(let number): return "\(number)"
    case .int64(let number): return "\(number)"
    case .float(let number): return "\(number)"
    case .double(let number): return "\(number)"
    }
  }

  private static func hasNumPyType(_ type: ValueType?) -> Bool {
    guard case .tensor(let type) = type else { return false }
    return type.elementType != .bf16
  }
}

/// A program as Apus runs it, on worker threads and on the thread that calls, beside the same one as
/// `iree-run-module` does.
struct OracleProgram {
  /// On worker threads.
  let program: Program
  let runtime: Runtime
  private let inlineProgram: Program
  private let reference: Reference

  /// Compiles one or more modules, each of which may import from those before it.
  init(
    _ modules: String...,
    options: CompilerOptions = CompilerOptions(),
    parameters: Reference.Parameters = []
  ) async throws {
    var bytecode: [VMBytecode] = []
    for module in modules {
      bytecode.append(try await CompiledPrograms.bytecode(of: module, options: options))
    }
    runtime = try Runtime(workers: 2)
    let archives = try parameters.map {
      try ParameterArchive(contentsOf: $0.file, scope: $0.scope)
    }
    program = try Program(bytecode, on: runtime, parameters: archives)
    inlineProgram = try Program(
      bytecode,
      on: Runtime(device: "local-sync"),
      parameters: archives
    )
    reference = Reference(modules: bytecode, parameters: parameters)
  }

  /// Calls a function in all ways, expects the same bytes, and returns what Apus got on worker threads.
  ///
  /// - Parameter function: its name; nil for the only one.
  @discardableResult
  func expectSameResults(
    _ function: String? = nil,
    _ arguments: any ProgramArgument...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> [Value] {
    let function = try function.map(program.function) ?? #require(program.functions.first)
    // First, because a program may write into its arguments: see AliasingTests.
    let expected = try await reference.call(function, arguments)
    let copies = try arguments.map { try copy($0, on: inlineProgram.runtime) }
    let results = try function.call(arguments)
    let inlineResults = try inlineProgram.function(function.name).call(copies)
    try expect(results, of: function, toBe: expected, sourceLocation)
    try expect(inlineResults, of: function, toBe: expected, sourceLocation)
    return results
  }

  private func copy(
    _ argument: any ProgramArgument,
    on runtime: Runtime
  ) throws -> any ProgramArgument {
    guard case .tensor(let tensor) = argument.programValue else { return argument }
    return try AnyTensor(tensor.data(), on: runtime)
  }

  private func expect(
    _ results: [Value],
    of function: Function,
    toBe expected: [Reference.Result],
    _ sourceLocation: SourceLocation
  ) throws {
    try #require(results.count == expected.count, sourceLocation: sourceLocation)
    for (index, (result, expected)) in zip(results, expected).enumerated() {
      let bytes = try result.bytes()
      let isSame = bytes == expected.bytes
      #expect(
        isSame,
        """
        result \(index) of \(function.name), \(result.type), has \(bytes.count) bytes, and \
        iree-run-module's \(expected.bytes.count); they differ from byte \
        \(zip(bytes, expected.bytes).prefix { $0 == $1 }.count)
        """,
        sourceLocation: sourceLocation
      )
      if case .tensor(let tensor) = result, let type = expected.type {
        #expect(type.dimensions == tensor.shape, sourceLocation: sourceLocation)
        #expect(type.elementType.matches(tensor.elementType), sourceLocation: sourceLocation)
      }
      // Two empty files are the same, and so are two results that were never written.
      #expect(
        bytes.isEmpty || bytes.contains { $0 != 0 },
        "result \(index) of \(function.name) is all zero, which proves nothing",
        sourceLocation: sourceLocation
      )
    }
  }

  /// A tensor of random bits; of random numbers between -1 and 1 for floating-point types.
  func random(
    _ shape: Int...,
    of elementType: ElementType = .f32,
    seed: UInt64 = 1
  ) throws -> AnyTensor {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<shape.reduce(1, *)).flatMap { _ in
      elementType.randomElement(using: &generator)
    }
    return try AnyTensor(
      TensorData(elementType: elementType, shape: shape, bytes: bytes),
      on: runtime
    )
  }
}

extension Value {
  /// The bytes of a tensor's elements, or of a number.
  func bytes() throws -> [UInt8] {
    func bytes<Number>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number) { [UInt8]($0) } }
    return switch self {
    case .tensor(let tensor): try tensor.data().bytes
    case .int32(let number): bytes(number)
    case .int64(let number): bytes(number)
    case .float(let number): bytes(number)
    case .double(let number): bytes(number)
    }
  }
}

extension ElementType {
  /// The bytes of any element, for integers; of a number between -1 and 1 for the others; of either
  /// truth value.
  fileprivate func randomElement(using generator: inout SeededGenerator) -> [UInt8] {
    func bytes<Number>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number) { [UInt8]($0) } }
    func real() -> Double { .random(in: -1...1, using: &generator) }
    return switch self {
    case .bool: [Bool.random(using: &generator) ? 1 : 0]
    case .f16: bytes(Float16(real()))
    case .bf16: bytes(BFloat16(real()))
    case .f32: bytes(Float(real()))
    case .f64: bytes(real())
    case .complexF32: bytes(Float(real())) + bytes(Float(real()))
    case .complexF64: bytes(real()) + bytes(real())
    default: Array(bytes(generator.next()).prefix(bitCount / 8))
    }
  }
}
