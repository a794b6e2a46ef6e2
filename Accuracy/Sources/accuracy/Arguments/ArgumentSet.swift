/// Arguments to try a function with, the same in every run.
///
/// Every number, where a type has 65,536 and the function takes one. Else the special numbers (for two parameters
/// every pair), and a mixture: even over the function's ranges, any bit pattern, neighbours of its edges, of
/// multiples of half pi and of powers of two, and huge numbers. Unlike numbers stand side by side, so that
/// they share vectors.
struct ArgumentSet: Sendable {
  /// For each parameter its arguments.
  let columns: [[Double]]

  /// How many calls they make.
  var count: Int { columns[0].count }

  /// The arguments of a call.
  func row(_ index: Int) -> [Double] { columns.map { $0[index] } }

  /// - Parameters:
  ///   - function: what they are for.
  ///   - type: the type that they are numbers of.
  ///   - samples: how many besides the special ones.
  init(for function: MathFunction, type: FloatType, samples: Int) {
    var generator = SplitMix(seed: 0x5EED ^ UInt64(samples))
    var rows: [[Double]] = []
    if function.parameters.count == 1, let all = type.allNumbers {
      rows = all.map { [$0] }
    } else {
      let specials = function.parameters.map { Self.specials($0, type) }
      rows = specials.dropFirst().reduce(specials[0].map { [$0] }) { rows, column in
        rows.flatMap { row in column.map { row + [$0] } }
      }
      let mixture = ArgumentMixture(function: function, type: type)
      for _ in 0..<(function.isSlow ? samples / 20 : samples) {
        rows.append(mixture.next(using: &generator))
      }
    }
    if function.isConfined { rows = rows.filter { Self.isWithin(function.ranges, $0) } }
    rows.shuffle(using: &generator)
    columns = function.parameters.indices.map { index in rows.map { $0[index] } }
  }

  private static func isWithin(_ ranges: [[ClosedRange<Double>]], _ row: [Double]) -> Bool {
    zip(ranges, row).allSatisfy { ranges, number in ranges.contains { $0.contains(number) } }
  }

  private static func specials(
    _ parameter: MathFunction.Parameter,
    _ type: FloatType
  ) -> [Double] {
    switch parameter {
    case .integer:
      return [0, 1, -1, 2, -2, 3, -3, 10, 24, 127, -126, 1023, 16_777_217, -16_777_217]
        + [Double(Int32.max), Double(Int32.min), Double(Int32.max - 1)]
    case .integralFloat:
      return []
    case .float:
      let positive = [
        0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 10, 100, 1e4, 1e6, 1e22, 1e300, .infinity,
        type.leastNonzero, type.leastNonzero * 5, type.leastNormal, type.greatest,
        type.leastNormal - type.leastNonzero, type.neighbour(of: 1, at: 1),
        type.neighbour(of: 1, at: -1), 1 / type.ulp(ofExponent: 0), 1 / type.ulp(ofExponent: 0) - 1,
      ].map(type.rounded)
      return positive + positive.map { -$0 } + [.nan]
    }
  }
}

/// A small generator of random numbers that is the same everywhere.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
