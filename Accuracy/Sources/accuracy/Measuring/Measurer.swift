import Apus
import CExactMath

/// Compiles operations, runs them and compares what comes out with the truth.
struct Measurer: Sendable {
  let runtime: Runtime
  let modes: [MathMode]
  let samples: Int

  /// How many elements the tensors of fixed shape have: not a multiple of any vector's.
  private static let size = 1021

  /// All operations of a function in a type, in every mode.
  func measure(_ function: MathFunction, in type: FloatType) async throws -> [Measurement] {
    let arguments = ArgumentSet(for: function, type: type, samples: samples)
    guard let truth = Truth(of: function, at: arguments) else {
      throw AccuracyError("CExactMath does not know \(function.name)")
    }
    var measurements: [Measurement] = []
    for operation in function.operations {
      for mode in modes {
        let outcome: Measurement.Outcome
        do {
          let program = try await compile(operation, of: function, in: type, mode: mode)
          outcome = .measured(try measure(program, function, in: type, at: arguments, truth))
        } catch let error as CompilerError {
          outcome = .doesNotCompile(Self.reason(error))
        }
        measurements.append(
          Measurement(
            function: function,
            operation: operation,
            type: type,
            mode: mode,
            outcome: outcome
          )
        )
      }
    }
    return measurements
  }

  private func compile(
    _ operation: MathOperation,
    of function: MathFunction,
    in type: FloatType,
    mode: MathMode
  ) async throws -> Program {
    var options = CompilerOptions()
    options.math = mode
    options.inputType = operation.isStableHLO ? .stablehlo : .none
    let source = Source(
      operation.program(for: function, type: type, size: Self.size),
      name: "\(operation.name).mlir"
    )
    // In a process of its own, since a crash is a finding too. Not from the cache: the compiler is measured.
    let compiler = Compiler(options: options, isolation: .process)
    return try Program([await compiler.compile(source).bytecode], on: runtime)
  }

  private func measure(
    _ program: Program,
    _ function: MathFunction,
    in type: FloatType,
    at arguments: ArgumentSet,
    _ truth: Truth
  ) throws -> Accuracy {
    var accuracy = Accuracy()
    func compare(_ results: [Double], from start: Int) {
      for (index, result) in results.enumerated() where start + index < arguments.count {
        accuracy.add(
          result,
          of: arguments.row(start + index),
          truth: truth.values[start + index],
          in: type
        )
      }
    }
    if let dynamic = program.functions.first(where: { $0.name == "dynamic" }) {
      let range = 0..<arguments.count
      compare(try call(dynamic, function, type, arguments, range), from: 0)
    }
    let fixed = try program.function("fixed")
    for start in stride(from: 0, to: arguments.count, by: Self.size) {
      let range = start..<start + Self.size
      compare(try call(fixed, function, type, arguments, range), from: start)
    }
    return accuracy
  }

  /// The results for a range of the arguments; beyond the last, there are ones.
  private func call(
    _ callee: Function,
    _ function: MathFunction,
    _ type: FloatType,
    _ arguments: ArgumentSet,
    _ range: Range<Int>
  ) throws -> [Double] {
    let tensors = try zip(function.parameters, arguments.columns).map { parameter, column in
      let known = column[range.clamped(to: column.indices)]
      let numbers = known + Array(repeating: 1, count: range.count - known.count)
      return parameter == .integer
        ? try Tensor(numbers.map { Int32($0) }, on: runtime).untyped
        : try type.tensor(numbers, on: runtime)
    }
    guard case .tensor(let result)? = try callee.call(tensors).first else {
      throw AccuracyError("\(callee.name) gives no tensor")
    }
    return try type.numbers(result)
  }

  /// What went wrong, in a line: what the linker lacks, if it was that, else the first error.
  private static func reason(_ error: CompilerError) -> String {
    let messages = error.diagnostics.filter { $0.severity == .error }.map(\.message)
    let undefined = error.log.split(whereSeparator: \.isNewline)
      .first { $0.contains("undefined symbol") }
    let text = undefined.map(String.init) ?? messages.first ?? error.message
    return String(text.prefix { !$0.isNewline })
  }
}

/// Why nothing could be measured.
struct AccuracyError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
