/// Rounds in each of which both sides do the same work, one after the other.
///
/// The time of a single block says as much about what else the machine was doing as about the code. A
/// round's two blocks share that, so their ratio is taken round by round, and the side that begins
/// alternates.
struct PairedRounds {
  /// How many rounds are measured, after one that is not.
  var count: Int
  /// How often a block does the work.
  var repetitions: Int
  /// How long to wait before each block, for a peer whose threads go on spinning after its work.
  var pause: Duration = .zero

  /// Does the work the number of times given and returns the seconds that took.
  typealias Block = @MainActor (_ repetitions: Int) async throws -> Double

  /// Measures both sides.
  @MainActor
  func measure(apus: Block, peer: Block) async throws -> PairedTimes {
    var times = PairedTimes()
    for round in 0...count {
      let apusBegins = round.isMultiple(of: 2)
      var apusTime = 0.0
      if apusBegins { apusTime = try await time(apus) }
      let peerTime = try await time(peer)
      if !apusBegins { apusTime = try await time(apus) }
      // The first round warms up.
      if round > 0 { times.append(apus: apusTime, peer: peerTime) }
    }
    return times
  }

  @MainActor
  private func time(_ block: Block) async throws -> Double {
    if pause > .zero { try await Task.sleep(for: pause) }
    return try await block(repetitions) / Double(repetitions)
  }
}

/// The seconds that one repetition took on either side, a pair a round.
struct PairedTimes {
  private(set) var apus: [Double] = []
  private(set) var peer: [Double] = []

  mutating func append(apus apusTime: Double, peer peerTime: Double) {
    apus.append(apusTime)
    peer.append(peerTime)
  }

  mutating func append(_ other: PairedTimes) {
    apus += other.apus
    peer += other.peer
  }

  /// Apus's time over the peer's, round by round.
  var ratios: [Double] { zip(apus, peer).map { $0 / $1 } }
}

/// Runs the work and returns the seconds it took.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try work()
  return (ContinuousClock.now - start) / .seconds(1)
}
