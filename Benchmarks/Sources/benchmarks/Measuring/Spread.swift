/// Where the middle of a number of samples lies, and how far they are apart.
struct Spread: Codable {
  var count: Int
  var median: Double
  /// Between these two lies the true median, with 95 % confidence.
  var medianLow: Double
  var medianHigh: Double
  /// A twentieth of the samples is below.
  var percentile5: Double
  /// A twentieth of the samples is above.
  var percentile95: Double

  /// - Parameter samples: at least one.
  init(_ samples: [Double]) {
    let sorted = samples.sorted()
    func quantile(_ fraction: Double) -> Double {
      let position = min(max(fraction, 0), 1) * Double(sorted.count - 1)
      let index = Int(position)
      let next = min(index + 1, sorted.count - 1)
      return sorted[index] + (sorted[next] - sorted[index]) * (position - Double(index))
    }
    count = sorted.count
    median = quantile(0.5)
    // How many samples fall below the true median is binomial, whatever their distribution.
    let reach = 0.98 / Double(sorted.count).squareRoot()
    medianLow = quantile(0.5 - reach)
    medianHigh = quantile(0.5 + reach)
    percentile5 = quantile(0.05)
    percentile95 = quantile(0.95)
  }
}
