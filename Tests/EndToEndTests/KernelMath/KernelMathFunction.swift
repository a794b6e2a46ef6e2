import Apus
import ApusTestSupport

/// An operation that kernels compute, what it is called in the truth, and arguments for it.
struct KernelMathFunction: Sendable {
  /// What it is called in MLIR: `math.sin`.
  let operation: String
  /// What the exact functions call it.
  let exactName: String
  var parameterCount = 1
  /// Whether any result but the nearest is wrong.
  var isCorrectlyRounded = false
  /// Where its interesting arguments are.
  var range = -10.0...10
  /// Arguments that are tried besides.
  var others: [Double] = []

  /// Every function of the math dialect with floats only, and the one of CHLO's that is a function of a library too.
  static let all: [KernelMathFunction] =
    [
      "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "asinh", "exp", "exp2", "expm1", "cbrt",
      "erf", "erfc",
    ].map { KernelMathFunction(operation: "math.\($0)", exactName: $0) }
    + ["asin", "acos", "atanh"].map {
      KernelMathFunction(operation: "math.\($0)", exactName: $0, range: -1...1)
    }
    + ["log", "log2", "log10", "log1p", "acosh", "rsqrt"].map {
      KernelMathFunction(operation: "math.\($0)", exactName: $0, range: 0...3)
    }
    + ["sqrt", "round", "roundeven", "floor", "ceil", "trunc"].map {
      KernelMathFunction(operation: "math.\($0)", exactName: $0, isCorrectlyRounded: true)
    }
    + [
      KernelMathFunction(operation: "math.powf", exactName: "pow", parameterCount: 2),
      KernelMathFunction(operation: "math.atan2", exactName: "atan2", parameterCount: 2),
      KernelMathFunction(
        operation: "arith.remf",
        exactName: "fmod",
        parameterCount: 2,
        isCorrectlyRounded: true
      ),
      KernelMathFunction(
        operation: "chlo.lgamma",
        exactName: "lgamma",
        range: -45...45,
        others: besideLgammaZeros
      ),
    ]

  /// Numbers at zeros of the logarithm of the gamma function, and at several distances.
  private static let besideLgammaZeros = [
    1, 2, -2.4570247382208006, -2.7476826467274127, -3.14358088834998, -3.955294284858598,
    -4.039361839740537, -4.991544640560048, -5.008218168322593, -5.998607480080876,
    -6.001385294453155, -7.0001983334073245, -10.000000275573136, -12.99999999983941,
  ].flatMap { zero in
    [0, 0x1p-51, -0x1p-49, 0x1p-40, -0x1p-37, 0x1p-30, -0x1p-20, 0x1p-10].map { zero + $0 }
  }

  /// What its function in a program is called.
  var symbol: String { operation.replacing(".", with: "_") }

  /// Arguments: special numbers, in pairs where there are two parameters, and random ones of every magnitude.
  func calls(in type: ElementType) -> [[Double]] {
    let isF32 = type == .f32
    let positive: [Double] = [
      0, 0.5, 1, 1.5, 2, 3, 10, 88.8, 104, 709.8, 746, 1e6, 1e22, .infinity,
      isF32 ? 0x1p-149 : 0x1p-1074, isF32 ? 0x1p-133 : 0x1p-1030, isF32 ? 0x1p-126 : 0x1p-1022,
      isF32 ? 0x1.fffffep127 : 0x1.fffffffffffffp1023, isF32 ? 0x1p23 + 1 : 0x1p52 + 1,
      isF32 ? 0x1.000002p0 : 0x1.0000000000001p0, isF32 ? 0x1.fffffep-1 : 0x1.fffffffffffffp-1,
      .pi / 2, .pi, 100 * .pi,
    ]
    let specials = positive + positive.map { -$0 } + [.nan]
    var calls = (specials + others).map { [$0] }
    if parameterCount == 2 {
      calls = specials.flatMap { first in specials.map { [first, $0] } }
    }
    var generator = SeededGenerator(seed: UInt64(exactName.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
    for index in 0..<300 {
      calls.append(
        (0..<parameterCount).map { _ in
          switch index % 3 {
          case 0: Double.random(in: range, using: &generator)
          case 1: Double.random(in: -1e7...1e7, using: &generator)
          default:
            isF32
              ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: generator.next())))
              : Double(bitPattern: generator.next())
          }
        }
      )
    }
    return isF32 ? calls.map { $0.map { Double(Float($0)) } } : calls
  }

  /// A function of a program that applies the operation to tensors of `count` elements.
  func program(in type: ElementType, count: Int) -> String {
    let tensor = "tensor<\(count)x\(type)>"
    guard !operation.hasPrefix("chlo.") else {
      return """
        func.func @\(symbol)(%x: \(tensor)) -> \(tensor) {
          %r = \(operation) %x : \(tensor) -> \(tensor)
          return %r : \(tensor)
        }

        """
    }
    let indices = 0..<parameterCount
    let list = { (text: (Int) -> String) in indices.map(text).joined(separator: ", ") }
    return """
      func.func @\(symbol)(\(list { "%x\($0): \(tensor)" })) -> \(tensor) {
        %e = tensor.empty() : \(tensor)
        %r = linalg.generic {
          indexing_maps = [#map, \(list { _ in "#map" })], iterator_types = ["parallel"]
        } ins(\(list { "%x\($0)" }) : \(list { _ in tensor })) outs(%e : \(tensor)) {
        ^bb0(\(list { "%a\($0): \(type)" }), %o: \(type)):
          %v = \(operation) \(list { "%a\($0)" }) : \(type)
          linalg.yield %v : \(type)
        } -> \(tensor)
        return %r : \(tensor)
      }

      """
  }

  /// What a program's function of it makes of the arguments.
  func results(
    of program: Program,
    _ calls: [[Double]],
    in type: ElementType
  ) throws -> [Double] {
    let columns = (0..<parameterCount).map { index in calls.map { $0[index] } }
    let function = try program.function(symbol)
    if type == .f32 {
      let arguments = try columns.map {
        try Tensor($0.map { Float($0) }, on: program.runtime)
      }
      let result = try Tensor<Float>(programValue: function.call(arguments)[0])
      return try result.scalars().map { Double($0) }
    }
    let arguments = try columns.map { try Tensor($0, on: program.runtime) }
    return try Tensor<Double>(programValue: function.call(arguments)[0]).scalars()
  }
}
