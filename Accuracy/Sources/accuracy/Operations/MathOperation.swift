/// An operation of MLIR's that computes a math function.
struct MathOperation: Sendable {
  /// `math.sin`, `stablehlo.sine`.
  let name: String

  /// The dialect that the program is written in, as the compiler's option has it.
  var isStableHLO: Bool { name.hasPrefix("stablehlo.") || name.hasPrefix("chlo.") }

  /// A program with a function `fixed` of tensors of `size` elements and, but for StableHLO, `dynamic` of
  /// tensors of any size.
  func program(for function: MathFunction, type: FloatType, size: Int) -> String {
    if isStableHLO {
      return """
        func.func @fixed(\(parameters(function, type, "\(size)"))) -> tensor<\(size)x\(type)> {
          %r = \(wholeTensors(function, "tensor<\(size)x\(type)>"))
          return %r : tensor<\(size)x\(type)>
        }

        """
    }
    return """
      #map = affine_map<(d0) -> (d0)>
      \(loop("fixed", function, type, "\(size)", "%e = tensor.empty() : tensor<\(size)x\(type)>"))
      \(loop("dynamic", function, type, "?", """
        %zero = arith.constant 0 : index
        %size = tensor.dim %x0, %zero : tensor<?x\(type)>
        %e = tensor.empty(%size) : tensor<?x\(type)>
      """))

      """
  }

  private func types(_ function: MathFunction, _ type: FloatType) -> [String] {
    function.parameters.map { $0 == .integer ? "i32" : type.rawValue }
  }

  private func parameters(_ function: MathFunction, _ type: FloatType, _ size: String) -> String {
    types(function, type).enumerated().map { "%x\($0): tensor<\(size)x\($1)>" }
      .joined(separator: ", ")
  }

  private func wholeTensors(_ function: MathFunction, _ tensor: String) -> String {
    let operands = function.parameters.indices.map { "%x\($0)" }.joined(separator: ", ")
    guard name.hasPrefix("chlo.") else { return "\(name) \(operands) : \(tensor)" }
    let tensors = function.parameters.map { _ in tensor }.joined(separator: ", ")
    return "\(name) \(operands) : \(tensors) -> \(tensor)"
  }

  private func loop(
    _ symbol: String,
    _ function: MathFunction,
    _ type: FloatType,
    _ size: String,
    _ empty: String
  ) -> String {
    let types = types(function, type)
    let maps = Array(repeating: "#map", count: types.count + 1).joined(separator: ", ")
    let inputs = types.indices.map { "%x\($0)" }.joined(separator: ", ")
    let inputTypes = types.map { "tensor<\(size)x\($0)>" }.joined(separator: ", ")
    let elements = types.enumerated().map { "%a\($0): \($1)" }.joined(separator: ", ")
    let result = "tensor<\(size)x\(type)>"
    return """
      func.func @\(symbol)(\(parameters(function, type, size))) -> \(result) {
        \(empty)
        %r = linalg.generic {indexing_maps = [\(maps)], iterator_types = ["parallel"]}
            ins(\(inputs) : \(inputTypes)) outs(%e : \(result)) {
        ^bb0(\(elements), %o: \(type)):
          \(element(types))
          linalg.yield %v : \(type)
        } -> \(result)
        return %r : \(result)
      }
      """
  }

  /// The operation on the elements `%a0`, `%a1`, which makes `%v`.
  private func element(_ types: [String]) -> String {
    let operands = types.indices.map { "%a\($0)" }.joined(separator: ", ")
    return switch name {
    case "math.fpowi": "%v = math.fpowi \(operands) : \(types.joined(separator: ", "))"
    case "math.sincos, sine": "%v, %w = math.sincos %a0 : \(types[0])"
    case "math.sincos, cosine": "%w, %v = math.sincos %a0 : \(types[0])"
    default: "%v = \(name) \(operands) : \(types[0])"
    }
  }
}
