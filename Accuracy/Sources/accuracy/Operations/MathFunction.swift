import Apus

/// A math function, with the operations that compute it and the arguments worth trying.
struct MathFunction: Sendable {
  /// What an argument is.
  enum Parameter: Sendable {
    case float
    /// A float that only makes sense as an integer.
    case integralFloat
    /// An integer of 32 bits.
    case integer
  }

  /// Which results count.
  enum Contract: Sendable {
    /// Within the mode's bound, special values as C's Annex F has them.
    case elementary
    /// Correctly rounded in every mode: an instruction of the CPU, or a choice among its arguments.
    case correctlyRounded
    /// By a formula of StableHLO's, which says neither how exact it is nor what special values become.
    case decomposed
  }

  /// What CExactMath calls it.
  let name: String
  /// Its operations in MLIR.
  let operations: [MathOperation]
  /// What it takes.
  var parameters: [Parameter] = [.float]
  /// Which results count.
  var contract = Contract.elementary
  /// Where its interesting arguments are, for each parameter.
  var ranges: [[ClosedRange<Double>]] = []
  /// Arguments of the first parameter whose neighbours matter: zeros, edges, thresholds.
  var edges: [Double] = []
  /// Whether only arguments in `ranges` are tried: elsewhere nobody says what the function is.
  var isConfined = false
  /// Whether the truth takes long to compute.
  var isSlow = false

  /// The largest error that is right, in units in the last place; nil where nothing is promised.
  func bound(_ mode: MathMode) -> Double? {
    switch (mode, contract) {
    case (.iree, _), (_, .decomposed): nil
    case (_, .correctlyRounded): 0.5
    case (.accurate, .elementary): 4
    case (.exact, .elementary): 1
    }
  }
}
