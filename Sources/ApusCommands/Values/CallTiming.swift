internal import Foundation

/// How long calls took: what `apus bench` prints.
///
/// Times are in seconds.
struct CallTiming: Encodable {
  var function: String
  var calls: Int
  var callsPerSecond: Double
  var median: Double
  var mean: Double
  var standardDeviation: Double
  var minimum: Double
  /// The time that 5 % of the calls were at or under.
  var percentile5: Double
  /// The time that 95 % of the calls were at or under.
  var percentile95: Double
  var maximum: Double

  /// - Parameter durations: seconds a call; at least one.
  init(function: String, durations: [Double]) {
    let sorted = durations.sorted()
    let total = durations.reduce(0, +)
    let count = Double(max(durations.count, 1))
    func percentile(_ fraction: Double) -> Double {
      guard let last = sorted.last else { return 0 }
      let position = fraction * Double(sorted.count - 1)
      let index = Int(position)
      let next = index + 1 < sorted.count ? sorted[index + 1] : last
      return sorted[index] + (next - sorted[index]) * (position - Double(index))
    }
    let mean = total / count
    self.function = function
    calls = durations.count
    callsPerSecond = total > 0 ? count / total : 0
    median = percentile(0.5)
    self.mean = mean
    standardDeviation = (durations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count)
      .squareRoot()
    minimum = percentile(0)
    percentile5 = percentile(0.05)
    percentile95 = percentile(0.95)
    maximum = percentile(1)
  }

  var text: String {
    """
    \(function): \(calls) calls
      median       \(Self.format(median))
      5 % to 95 %  \(Self.format(percentile5)) to \(Self.format(percentile95))
      min, max     \(Self.format(minimum)), \(Self.format(maximum))
      mean         \(Self.format(mean)), standard deviation \(Self.format(standardDeviation))
      throughput   \(String(format: "%.1f", callsPerSecond)) calls/s

    """
  }

  private static func format(_ seconds: Double) -> String {
    switch seconds {
    case 1...: String(format: "%.3f s", seconds)
    case 1e-3...: String(format: "%.3f ms", seconds * 1e3)
    default: String(format: "%.3f µs", seconds * 1e6)
    }
  }
}
