/// A line of the report.
enum Finding {
  case time(TimeComparison)
  case memory(MemoryComparison)
  case count(CountComparison)

  /// Whether the bound holds; true where there is none.
  var holds: Bool {
    switch self {
    case .time(let comparison): comparison.holds
    case .memory(let comparison): comparison.holds
    case .count: true
    }
  }
}

/// How long Apus takes for something, and how long a peer.
struct TimeComparison: Codable {
  /// What is done.
  var subject: String
  /// Who else does it.
  var peer: String
  /// Seconds, the median of all rounds.
  var apusTime: Double
  /// Seconds, the median of all rounds.
  var peerTime: Double
  /// Apus's time over the peer's, of all rounds.
  var ratio: Spread
  /// The most that the ratio may be; nil where nothing was promised.
  var bound: Double?

  init(_ subject: String, against peer: String, _ times: PairedTimes, bound: Double? = nil) {
    self.subject = subject
    self.peer = peer
    apusTime = Spread(times.apus).median
    peerTime = Spread(times.peer).median
    ratio = Spread(times.ratios)
    self.bound = bound
  }

  var holds: Bool { bound.map { ratio.median <= $0 } ?? true }
}

/// How much memory something takes in Apus, and how much in a peer.
struct MemoryComparison: Codable {
  /// What is done.
  var subject: String
  /// Who else does it.
  var peer: String
  /// Bytes.
  var apusGrowth: Int
  /// Bytes.
  var peerGrowth: Int?
  /// The most bytes that it may be; nil where nothing was promised.
  var bound: Int?

  var holds: Bool { bound.map { apusGrowth <= $0 } ?? true }
}

/// How much there was of something in Apus, and how much in a peer.
struct CountComparison: Codable {
  /// What was counted.
  var subject: String
  /// Who else does it.
  var peer: String
  var apusCount: Int
  var peerCount: Int
}
