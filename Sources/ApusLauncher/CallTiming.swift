internal import ApusArtifacts
package import ApusRuntime

/// How long calls took: what `apus bench` prints, and a packaged program's `--bench`.
///
/// Times are in seconds.
package struct CallTiming: Encodable {
  package var function: String
  package var calls: Int
  package var callsPerSecond: Double
  package var median: Double
  package var mean: Double
  package var standardDeviation: Double
  package var minimum: Double
  /// The time that 5 % of the calls were at or under.
  package var percentile5: Double
  /// The time that 95 % of the calls were at or under.
  package var percentile95: Double
  package var maximum: Double

  /// Calls a function one call after the other, after a warm-up.
  ///
  /// - Parameters:
  ///   - function: what is called.
  ///   - arguments: its arguments.
  ///   - seconds: how long at least.
  package init(
    measuring function: Function,
    _ arguments: [any ProgramArgument],
    seconds: Double
  ) throws {
    _ = try Self.durations(of: function, arguments, seconds: min(0.2, seconds), minimumCount: 2)
    self.init(
      function: function.name,
      durations: try Self.durations(of: function, arguments, seconds: seconds, minimumCount: 10)
    )
  }

  /// The seconds that each call took.
  package static func durations(
    of function: Function,
    _ arguments: [any ProgramArgument],
    seconds: Double,
    minimumCount: Int
  ) throws -> [Double] {
    let clock = ContinuousClock()
    // Turning times into seconds takes longer than taking them: that waits for the end.
    var times = [clock.now]
    let end = times[0] + .seconds(seconds)
    let hasOneResult = function.signature.results.count == 1
    while times[times.count - 1] < end || times.count <= minimumCount {
      if hasOneResult {
        _ = try function.callForOneResult(arguments)
      } else {
        _ = try function.call(arguments)
      }
      times.append(clock.now)
    }
    return zip(times.dropFirst(), times).map { ($0 - $1) / .seconds(1) }
  }

  /// - Parameters:
  ///   - function: what was called.
  ///   - durations: seconds a call; at least one.
  package init(function: String, durations: [Double]) {
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

  /// A table for people.
  package var text: String {
    """
    \(function): \(calls) calls
      median       \(Self.format(median))
      5 % to 95 %  \(Self.format(percentile5)) to \(Self.format(percentile95))
      min, max     \(Self.format(minimum)), \(Self.format(maximum))
      mean         \(Self.format(mean)), standard deviation \(Self.format(standardDeviation))
      throughput   \(Self.fixed(callsPerSecond, digits: 1)) calls/s

    """
  }

  private static func format(_ seconds: Double) -> String {
    switch seconds {
    case 1...: "\(fixed(seconds, digits: 3)) s"
    case 1e-3...: "\(fixed(seconds * 1e3, digits: 3)) ms"
    default: "\(fixed(seconds * 1e6, digits: 3)) µs"
    }
  }

  /// A number that is not negative, with so many digits after the point.
  static func fixed(_ number: Double, digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    guard let scaled = Int(exactly: (number * Double(scale)).rounded()) else { return "\(number)" }
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.utf8.count)
      + fraction
  }
}
