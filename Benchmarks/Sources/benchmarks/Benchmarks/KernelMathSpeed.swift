import Apus
import Foundation

/// Math functions over a million numbers, with the functions that Apus puts into kernels.
struct KernelMathSpeed: Benchmark {
  let name = "math"
  let summary = "math functions over 1M numbers: f32 against IREE's own, f64 against NumPy; PyTorch"

  private static let count = 1 << 20
  private static let rounds = PairedRounds(count: 12, repetitions: 8)

  /// An operation on one tensor, or on two.
  private struct Function {
    var operation: String
    /// NumPy's name; nil if it has none.
    var inNumPy: String?
    /// PyTorch's name; nil if it has none.
    var inPyTorch: String?
    /// The numbers lie between these.
    var range: ClosedRange<Double>
    var isBinary = false

    /// What a Python peer is told: a function's name, how many numbers, between which, and of how many arguments.
    func peerArguments(_ name: String) -> [String] {
      [
        name, String(KernelMathSpeed.count), String(range.lowerBound), String(range.upperBound),
        isBinary ? "2" : "1",
      ]
    }

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
    Function(operation: "stablehlo.sine", inNumPy: "sin", inPyTorch: "sin", range: -10...10),
    Function(operation: "stablehlo.cosine", inNumPy: "cos", inPyTorch: "cos", range: -10...10),
    Function(operation: "stablehlo.exponential", inNumPy: "exp", inPyTorch: "exp", range: -20...20),
    Function(
      operation: "stablehlo.exponential_minus_one",
      inNumPy: "expm1",
      inPyTorch: "expm1",
      range: -2...2
    ),
    Function(operation: "stablehlo.log", inNumPy: "log", inPyTorch: "log", range: 0.001...1000),
    Function(
      operation: "stablehlo.log_plus_one",
      inNumPy: "log1p",
      inPyTorch: "log1p",
      range: -0.9...100
    ),
    Function(operation: "stablehlo.tanh", inNumPy: "tanh", inPyTorch: "tanh", range: -4...4),
    Function(operation: "stablehlo.cbrt", inNumPy: "cbrt", inPyTorch: nil, range: -100...100),
    Function(
      operation: "stablehlo.power",
      inNumPy: "power",
      inPyTorch: "pow",
      range: 0.1...10,
      isBinary: true
    ),
    Function(
      operation: "stablehlo.atan2",
      inNumPy: "arctan2",
      inPyTorch: "atan2",
      range: -5...5,
      isBinary: true
    ),
    Function(operation: "stablehlo.logistic", inNumPy: nil, inPyTorch: "sigmoid", range: -8...8),
    Function(operation: "chlo.sinh", inNumPy: "sinh", inPyTorch: "sinh", range: -5...5),
    Function(operation: "chlo.cosh", inNumPy: "cosh", inPyTorch: "cosh", range: -5...5),
    Function(operation: "chlo.asin", inNumPy: "arcsin", inPyTorch: "asin", range: -1...1),
    Function(operation: "chlo.acos", inNumPy: "arccos", inPyTorch: "acos", range: -1...1),
    Function(operation: "chlo.atan", inNumPy: "arctan", inPyTorch: "atan", range: -10...10),
    Function(operation: "chlo.asinh", inNumPy: "arcsinh", inPyTorch: "asinh", range: -10...10),
    Function(operation: "chlo.acosh", inNumPy: "arccosh", inPyTorch: "acosh", range: 1...10),
    Function(operation: "chlo.atanh", inNumPy: "arctanh", inPyTorch: "atanh", range: -0.99...0.99),
    Function(operation: "chlo.erf", inNumPy: nil, inPyTorch: "erf", range: -3...3),
  ]

  func measure(on workbench: Workbench) async throws -> [Finding] {
    var findings: [Finding] = []
    for threadCount in [1, 2] where threadCount <= workbench.coreCount {
      let side = Side(threadCount: threadCount, workbench: workbench)
      findings += try await compare(Float.self, on: side, with: "IREE's own", 1, ofEach: 1 / 0.9) {
        let peer = try await load($0, Float.self, .iree, on: side)
        return { try peer.seconds($0) }
      }
      // NumPy has one thread.
      if threadCount == 1 {
        findings += try await compare(Double.self, on: side, with: "NumPy", 1.0 / 3) { function in
          try function.inNumPy.map { name in
            let peer = try PythonPeer("function", function.peerArguments(name), on: workbench)
            return { try peer.seconds($0) }
          }
        }
      }
      guard let pyTorch = ProcessInfo.processInfo.environment["APUS_PYTORCH"] else { continue }
      func tensors(_ function: Function, _ type: String) throws -> Measured? {
        try function.inPyTorch.map { name in
          let peer = try PythonPeer(
            "tensors",
            function.peerArguments(name) + [type, String(threadCount)],
            python: FilePath(pyTorch),
            on: workbench
          )
          return { try peer.seconds($0) }
        }
      }
      findings += try await compare(Float.self, on: side, with: "PyTorch", 1) {
        try tensors($0, "float32")
      }
      findings += try await compare(Double.self, on: side, with: "PyTorch", 1 / 1.5) {
        try tensors($0, "float64")
      }
    }
    return findings
  }

  /// Does work the number of times given, and says how many seconds it took.
  private typealias Measured = (Int) throws -> Double

  /// Where kernels run.
  private struct Side {
    var threadCount: Int
    var workbench: Workbench
  }

  /// A kernel with what it is given.
  private struct Kernel<Scalar: TensorScalar> {
    var function: Apus.Function
    var arguments: [Tensor<Scalar>]

    @MainActor
    func seconds(_ repetitions: Int) throws -> Double {
      try benchmarks.seconds {
        for _ in 0..<repetitions {
          let _: Tensor<Scalar> =
            arguments.count == 1
            ? try function(arguments[0]) : try function(arguments[0], arguments[1])
        }
      }
    }
  }

  /// Compares every function that a peer has, on one thread one by one, and their geometric mean.
  @MainActor
  private func compare<Scalar: TensorScalar & BinaryFloatingPoint>(
    _ type: Scalar.Type,
    on side: Side,
    with peerName: String,
    _ bound: Double,
    ofEach boundOfEach: Double? = nil,
    _ peer: (Function) async throws -> Measured?
  ) async throws -> [Finding] {
    let typeName = Self.name(of: type)
    var findings: [Finding] = []
    var times: [PairedTimes] = []
    for function in Self.functions {
      guard let measurePeer = try await peer(function) else { continue }
      let kernel = try await load(function, type, .accurate, on: side)
      let pairs = try await Self.rounds.measure(
        apus: { try kernel.seconds($0) },
        peer: { try measurePeer($0) }
      )
      times.append(pairs)
      guard side.threadCount == 1 else { continue }
      let subject = "\(function.name) of \(typeName)"
      findings.append(
        .time(TimeComparison(subject, against: peerName, pairs, bound: boundOfEach))
      )
    }
    var subject = "geometric mean of \(times.count) functions of \(typeName)"
    if side.threadCount > 1 { subject += ", \(side.threadCount) threads" }
    findings.append(
      .time(TimeComparison(subject, against: peerName, Self.mean(times), bound: bound))
    )
    return findings
  }

  private func load<Scalar: TensorScalar & BinaryFloatingPoint>(
    _ function: Function,
    _ type: Scalar.Type,
    _ math: MathMode,
    on side: Side
  ) async throws -> Kernel<Scalar> {
    let typeName = Self.name(of: type)
    var options = side.workbench.compilerOptions
    options.math = math
    let name = "\(function.name)-\(typeName)-\(math).mlir"
    let source = Source(function.program(typeName), name: name)
    let runtime = try Runtime(workers: side.threadCount)
    let (low, high) = (function.range.lowerBound, function.range.upperBound)
    let numbers = (0..<Self.count).map {
      Scalar(low + (high - low) * Double($0) / Double(Self.count - 1))
    }
    let tensor = try Tensor(numbers, on: runtime)
    return Kernel(
      function: try Program(
        [await Compiler(options: options).compile(source).bytecode],
        on: runtime
      )
      .function("main"),
      arguments: function.isBinary ? [tensor, tensor] : [tensor]
    )
  }

  private static func name<Scalar>(of type: Scalar.Type) -> String {
    type == Float.self ? "f32" : "f64"
  }

  /// The geometric mean over all functions, round by round.
  private static func mean(_ times: [PairedTimes]) -> PairedTimes {
    var mean = PairedTimes()
    for round in 0..<rounds.count {
      func geometric(_ side: (PairedTimes) -> [Double]) -> Double {
        exp(times.map { log(side($0)[round]) }.reduce(0, +) / Double(times.count))
      }
      mean.append(apus: geometric(\.apus), peer: geometric(\.peer))
    }
    return mean
  }
}
