import Apus
import Foundation

/// Math functions over a million numbers, with the functions that Apus puts into kernels.
struct KernelMathSpeed: Benchmark {
  let name = "math"
  let summary = "math functions over 1M numbers: f32 against IREE's own, f64 against NumPy"

  private static let count = 1 << 20
  private static let rounds = PairedRounds(count: 12, repetitions: 8)

  /// An operation on one tensor, or on two.
  private struct Function {
    var operation: String
    /// NumPy's name; nil if it has none.
    var inNumPy: String?
    /// The numbers lie between these.
    var range: ClosedRange<Double>
    var isBinary = false

    var name: String { operation.split(separator: ".").last.map(String.init) ?? operation }

    func program(_ type: String) -> String {
      let tensor = "tensor<\(KernelMathSpeed.count)x\(type)>"
      let types = operation.hasPrefix("chlo") ? "\(tensor) -> \(tensor)" : tensor
      let (parameters, arguments) =
        isBinary ? ("%a: \(tensor), %b: \(tensor)", "%a, %b") : ("%a: \(tensor)", "%a")
      return """
        func.func @main(\(parameters)) -> \(tensor) {
          %0 = \(operation) \(arguments) : \(types)
          return %0 : \(tensor)
        }
        """
    }
  }

  private static let functions = [
    Function(operation: "stablehlo.sine", inNumPy: "sin", range: -10...10),
    Function(operation: "stablehlo.cosine", inNumPy: "cos", range: -10...10),
    Function(operation: "stablehlo.exponential", inNumPy: "exp", range: -20...20),
    Function(operation: "stablehlo.exponential_minus_one", inNumPy: "expm1", range: -2...2),
    Function(operation: "stablehlo.log", inNumPy: "log", range: 0.001...1000),
    Function(operation: "stablehlo.log_plus_one", inNumPy: "log1p", range: -0.9...100),
    Function(operation: "stablehlo.tanh", inNumPy: "tanh", range: -4...4),
    Function(operation: "stablehlo.cbrt", inNumPy: "cbrt", range: -100...100),
    Function(operation: "stablehlo.power", inNumPy: "power", range: 0.1...10, isBinary: true),
    Function(operation: "stablehlo.atan2", inNumPy: "arctan2", range: -5...5, isBinary: true),
    Function(operation: "stablehlo.logistic", inNumPy: nil, range: -8...8),
    Function(operation: "chlo.sinh", inNumPy: "sinh", range: -5...5),
    Function(operation: "chlo.cosh", inNumPy: "cosh", range: -5...5),
    Function(operation: "chlo.asin", inNumPy: "arcsin", range: -1...1),
    Function(operation: "chlo.acos", inNumPy: "arccos", range: -1...1),
    Function(operation: "chlo.atan", inNumPy: "arctan", range: -10...10),
    Function(operation: "chlo.asinh", inNumPy: "arcsinh", range: -10...10),
    Function(operation: "chlo.acosh", inNumPy: "arccosh", range: 1...10),
    Function(operation: "chlo.atanh", inNumPy: "arctanh", range: -0.99...0.99),
    Function(operation: "chlo.erf", inNumPy: nil, range: -3...3),
  ]

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let runtime = try Runtime(workers: 1)
    var findings: [Finding] = []
    var times: [PairedTimes] = []
    for function in Self.functions {
      let ours = try await load(function, "f32", .accurate, runtime, workbench)
      let peer = try await load(function, "f32", .iree, runtime, workbench)
      let arguments = try Self.arguments(of: function, Float.self, runtime)
      times.append(
        try await Self.rounds.measure(
          apus: { try Self.seconds($0, ours, arguments, Float.self) },
          peer: { try Self.seconds($0, peer, arguments, Float.self) }
        )
      )
      findings.append(
        .time(
          TimeComparison(
            "\(function.name) of f32",
            against: "IREE's own",
            times[times.count - 1],
            bound: 1 / 0.9
          )
        )
      )
    }
    findings.append(.time(Self.mean(times, "f32", "IREE's own", bound: 1)))
    times = []
    for function in Self.functions {
      guard let numPyName = function.inNumPy else { continue }
      let ours = try await load(function, "f64", .accurate, runtime, workbench)
      let arguments = try Self.arguments(of: function, Double.self, runtime)
      let python = try PythonPeer(
        "function",
        [
          numPyName, String(Self.count), String(function.range.lowerBound),
          String(function.range.upperBound), function.isBinary ? "2" : "1",
        ],
        on: workbench
      )
      times.append(
        try await Self.rounds.measure(
          apus: { try Self.seconds($0, ours, arguments, Double.self) },
          peer: { try python.seconds($0) }
        )
      )
      findings.append(
        .time(
          TimeComparison("\(function.name) of f64", against: "NumPy", times[times.count - 1])
        )
      )
    }
    findings.append(.time(Self.mean(times, "f64", "NumPy", bound: 1.0 / 3)))
    return findings
  }

  private func load(
    _ function: Function,
    _ type: String,
    _ math: MathMode,
    _ runtime: Runtime,
    _ workbench: Workbench
  ) async throws -> Apus.Function {
    var options = CompilerOptions()
    options.math = math
    let source = Source(function.program(type), name: "\(function.name)-\(type)-\(math).mlir")
    let compiled = try await Compiler(options: options).compile(source)
    return try Program([compiled.bytecode], on: runtime).function("main")
  }

  @MainActor
  private static func arguments<Scalar: TensorScalar & BinaryFloatingPoint>(
    of function: Function,
    _ type: Scalar.Type,
    _ runtime: Runtime
  ) throws -> [Tensor<Scalar>] {
    let (low, high) = (function.range.lowerBound, function.range.upperBound)
    let numbers = (0..<count).map { Scalar(low + (high - low) * Double($0) / Double(count - 1)) }
    let tensor = try Tensor(numbers, on: runtime)
    return function.isBinary ? [tensor, tensor] : [tensor]
  }

  @MainActor
  private static func seconds<Scalar: TensorScalar>(
    _ repetitions: Int,
    _ function: Apus.Function,
    _ arguments: [Tensor<Scalar>],
    _ type: Scalar.Type
  ) throws -> Double {
    try benchmarks.seconds {
      for _ in 0..<repetitions {
        let _: Tensor<Scalar> =
          arguments.count == 1
          ? try function(arguments[0]) : try function(arguments[0], arguments[1])
      }
    }
  }

  /// The geometric mean over all functions, round by round.
  private static func mean(
    _ times: [PairedTimes],
    _ type: String,
    _ peer: String,
    bound: Double
  ) -> TimeComparison {
    var mean = PairedTimes()
    for round in 0..<rounds.count {
      func geometric(_ side: (PairedTimes) -> [Double]) -> Double {
        exp(times.map { log(side($0)[round]) }.reduce(0, +) / Double(times.count))
      }
      mean.append(apus: geometric(\.apus), peer: geometric(\.peer))
    }
    return TimeComparison(
      "geometric mean of \(times.count) functions of \(type)",
      against: peer,
      mean,
      bound: bound
    )
  }
}
