extension MathFunction {
  /// How far a result may be from the exact one, in units in the last place; nil if nobody says.
  ///
  /// Half a unit is the correctly rounded result. For the elementary functions a libm says nothing that
  /// binds it; for vectors glibc's manual does.
  public enum Computation: Hashable, Sendable {
    /// One value at a time, by a libm or by instructions.
    case scalar
    /// A vector at a time, by libmvec.
    case vector
  }

  /// The bound for a kind of computation; nil if nobody says.
  public func errorBound(_ computation: Computation) -> Double? {
    switch computation {
    case .scalar: Self.scalarBounds[name]
    case .vector: libraries.contains(.libmvec) ? 4 : nil
    }
  }

  /// What IEEE 754 and C prescribe.
  private static let scalarBounds: [String: Double] = [
    "sqrt": 0.5, "fma": 0.5, "scalbn": 0.5, "scalbln": 0.5, "ldexp": 0.5, "fdim": 0.5,
    "fmod": 0, "remainder": 0, "drem": 0, "remquo": 0, "fabs": 0, "copysign": 0,
    "floor": 0, "ceil": 0, "trunc": 0, "round": 0, "roundeven": 0, "rint": 0, "nearbyint": 0,
    "fmin": 0, "fmax": 0, "fminimum": 0, "fmaximum": 0, "fminimum_num": 0, "fmaximum_num": 0,
    "frexp": 0, "modf": 0, "logb": 0, "nextafter": 0, "ilogb": 0,
    "lround": 0, "llround": 0, "lrint": 0, "llrint": 0,
  ]
}
