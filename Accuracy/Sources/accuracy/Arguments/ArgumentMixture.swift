import Foundation

/// Random arguments of several kinds for a function.
struct ArgumentMixture {
  let function: MathFunction
  let type: FloatType

  /// Arguments for one call.
  func next(using generator: inout SplitMix) -> [Double] {
    var row = function.parameters.indices.map { argument($0, using: &generator) }
    // Pairs of like magnitude are rare among independent numbers.
    if row.count == 2, !function.isConfined, function.parameters[1] == .float,
      Int.random(in: 0..<5, using: &generator) == 0
    {
      row[1] = type.rounded(row[0] * Double.random(in: -2...2, using: &generator))
    }
    return row
  }

  private func argument(_ index: Int, using generator: inout SplitMix) -> Double {
    let inRange = Double.random(
      in: function.ranges[index].randomElement(using: &generator) ?? -1...1,
      using: &generator
    )
    switch function.parameters[index] {
    case .integer:
      return Int.random(in: 0..<8, using: &generator) == 0
        ? Double(Int32.random(in: .min ... .max, using: &generator)) : inRange.rounded()
    case .integralFloat:
      return inRange.rounded()
    case .float:
      let number =
        function.isConfined ? inRange : anyKind(index, inRange, using: &generator)
      return type.rounded(number)
    }
  }

  private func anyKind(
    _ index: Int,
    _ inRange: Double,
    using generator: inout SplitMix
  ) -> Double {
    let step = Int.random(in: -1000...1000, using: &generator)
    switch Int.random(in: 0..<12, using: &generator) {
    case 0..<5:
      return inRange
    case 5..<7:
      return type.anyNumber(using: &generator)
    case 7:
      guard index == 0, let edge = function.edges.randomElement(using: &generator) else {
        return inRange
      }
      return type.neighbour(of: type.rounded(edge), at: step)
    case 8:
      let quarter = Double(Int.random(in: -1_000_000...1_000_000, using: &generator))
      return type.neighbour(of: type.rounded(quarter * .pi / 2), at: step / 250)
    case 9:
      let power = scalbn(1.0, Int.random(in: -60...60, using: &generator))
      return type.neighbour(of: power, at: step) * (Bool.random(using: &generator) ? 1 : -1)
    case 10:
      // Small ones, whose exponents any bit pattern would seldom have.
      return scalbn(inRange, -Int.random(in: 0...40, using: &generator))
    default:
      let scale = [1e3, 1e6, 1e9, 1e22].randomElement(using: &generator) ?? 1e6
      return Double.random(in: -scale...scale, using: &generator)
    }
  }
}
