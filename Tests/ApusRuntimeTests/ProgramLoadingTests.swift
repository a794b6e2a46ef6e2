import Apus
import ApusTestSupport
import Testing

/// Bytes that are no program, or none for this runtime.
struct ProgramLoadingTests {
  private static let text = """
    module @sample {
      func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %a, %b : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
    }
    """

  private let runtime: Runtime
  private let bytes: [UInt8]

  init() async throws {
    runtime = try Runtime(workers: 1)
    bytes = try await CompiledPrograms.bytecode(of: Self.text).bytes
  }

  private func load(_ bytes: [UInt8]) throws -> Program {
    try Program([VMBytecode(bytes, name: "sample.vmfb")], on: runtime)
  }

  @Test func `a program loads from memory and from a file`() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(bytes, to: "sample.vmfb")
    let a = try Tensor<Float>([1, 2, 3, 4], on: runtime)
    for program in [try load(bytes), try Program(contentsOf: file, on: runtime)] {
      let sum: Tensor<Float> = try await program.function("add")(a, a)
      #expect(try sum.scalars() == [2, 4, 6, 8])
    }
  }

  @Test func `a program outlives everything it was made of`() async throws {
    let function = try {
      let folder = try TemporaryFolder()
      let file = try folder.write(bytes, to: "sample.vmfb")
      return try Program(contentsOf: file, on: Runtime(workers: 1)).function("add")
    }()
    let a = try Tensor<Float>([1, 2, 3, 4], on: function.program.runtime)
    let sum: Tensor<Float> = try await function(a, a)
    #expect(try sum.scalars() == [2, 4, 6, 8])
  }

  @Test func `no modules are no program`() throws {
    let error = try runtimeError { _ = try Program([], on: runtime) }
    #expect("\(error)" == "a program needs at least one module (INVALID_ARGUMENT)")
  }

  @Test func `a file that is missing, empty or no file is named`() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write([], to: "empty.vmfb")
    for (path, message) in [
      (
        folder.file("none.vmfb"),
        "cannot open '\(folder.file("none.vmfb"))': No such file or directory"
      ),
      (empty, "cannot map '\(empty)': the file is empty"),
      (folder.path, "cannot map '\(folder.path)': it is not a regular file"),
    ] {
      let error = #expect(throws: FileError.self) { _ = try Program(contentsOf: path, on: runtime) }
      #expect(error?.description == message)
    }
  }

  @Test(arguments: [
    "", "x", "this is text, and no program at all", String(repeating: "\0", count: 99),
  ])
  func `bytes that are something else are refused`(text: String) throws {
    let error = try runtimeError { _ = try load([UInt8](text.utf8)) }
    #expect(error.code == .invalidArgument)
    #expect(error.program == "sample.vmfb")
    #expect(error.message.hasPrefix("not a VM bytecode module: "), "\(error.message)")
  }

  @Test func `MLIR text is refused`() throws {
    let error = try runtimeError { _ = try load([UInt8](Self.text.utf8)) }
    #expect(error.message.hasPrefix("not a VM bytecode module: "), "\(error.message)")
  }

  @Test func `a program cut short is refused, wherever it is cut`() throws {
    let description = try VMModuleDescription(bytes)
    // What lies behind the last thing that the program refers to is for archive tools.
    let end = try #require(description.readOnlySegments.map(\.fileRange.upperBound).max())
    var generator = SeededGenerator(seed: 1)
    let counts =
      Array(0..<64) + (0..<200).map { _ in Int.random(in: 0..<end, using: &generator) } + [end - 1]
    for count in counts {
      let error = try runtimeError { _ = try load(Array(bytes.prefix(count))) }
      #expect(error.code == .invalidArgument, "\(count) bytes: \(error)")
      #expect(error.program == "sample.vmfb")
      #expect(error.sourceLocation == nil, "found by IREE, not by Apus: \(error)")
    }
  }

  @Test func `bytecode of another version of IREE is refused, and both versions named`() throws {
    let major = try VMModuleDescription(VMBytecode(bytes)).bytecodeVersion.major
    let version: [UInt8] = [0, 0, UInt8(major), 0]
    let places = bytes.indices.dropLast(3).filter { bytes[$0..<$0 + 4].elementsEqual(version) }
    let errors = places.compactMap { place -> String? in
      var bytes = bytes
      bytes[place + 2] = 16
      do {
        _ = try load(bytes)
        return nil
      } catch {
        return (error as? RuntimeError)?.message
      }
    }
    #expect(errors.contains { $0 == "bytecode version 16.0, this build reads 15.x and 17.x" })
  }

  @Test func `kernels for another architecture are refused`() async throws {
    var options = CompilerOptions()
    options.targetTriple = "aarch64-linux-gnu"
    let foreign = try await CompiledPrograms.bytecode(of: Self.text, options: options)
    let error = try runtimeError { _ = try Program([foreign], on: runtime) }
    #expect(error.code == .incompatible)
    #expect(
      "\(error)"
        == "test.mlir: the kernels are for another kind of device: embedded-elf-arm_64; compile the"
        + " program for this one (INCOMPATIBLE on local-task)"
    )
  }

  @Test func `a program without kernels runs anywhere`() async throws {
    var options = CompilerOptions()
    options.targetTriple = "aarch64-linux-gnu"
    let bytecode = try await CompiledPrograms.bytecode(
      of: """
        func.func @twice(%a: i32) -> i32 {
          %0 = arith.addi %a, %a : i32
          return %0 : i32
        }
        """,
      options: options
    )
    let twice: Int32 = try await Program([bytecode], on: runtime).function("twice")(21)
    #expect(twice == 42)
  }

  @Test func `a module comes after those it imports from`() async throws {
    let library = try await CompiledPrograms.bytecode(
      of: """
        module @library {
          func.func @one() -> i32 {
            %0 = arith.constant 1 : i32
            return %0 : i32
          }
        }
        """
    )
    let user = try await CompiledPrograms.bytecode(
      of: """
        module @user {
          func.func private @library.one() -> i32
          func.func @two() -> i32 {
            %0 = call @library.one() : () -> i32
            %1 = arith.addi %0, %0 : i32
            return %1 : i32
          }
        }
        """
    )
    let program = try Program([library, user], on: runtime)
    let two: Int32 = try await program.function("two")()
    #expect(two == 2)
    let error = try runtimeError { _ = try Program([user, library], on: runtime) }
    #expect(error.code == .notFound)
    #expect(
      error.message
        == "required module 'library' not registered on the context; resolving module 'user' imports"
    )
  }
}
