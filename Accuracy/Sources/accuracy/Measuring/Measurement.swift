import Apus
import Foundation

/// An operation in a type and a mode, and what was found.
struct Measurement: Sendable {
  enum Outcome: Sendable {
    case measured(Accuracy)
    /// With what the compiler said.
    case doesNotCompile(String)
  }

  var function: MathFunction
  var operation: MathOperation
  var type: FloatType
  var mode: MathMode
  var outcome: Outcome

  /// What is not as promised, in a line; nil if nothing is.
  var failure: String? {
    failure(bound: function.bound(mode))
  }

  /// What is not within a bound, or a special value that is wrong.
  func failure(bound: Double?) -> String? {
    guard let bound else { return nil }
    let place = "\(operation.name) in \(type), \(mode.rawValue)"
    switch outcome {
    case .doesNotCompile(let reason):
      return "\(place): does not compile: \(reason)"
    case .measured(let accuracy):
      if accuracy.error > bound {
        return "\(place): \(accuracy.error.ulpText) ulp, \(bound) is the bound"
          + text(accuracy.worst)
      }
      if accuracy.wrongSpecialValues > 0 {
        return "\(place): \(accuracy.wrongSpecialValues) special values are wrong"
          + text(accuracy.wrongSpecialValue)
      }
      if accuracy.subnormalError > bound {
        return "\(place): \(accuracy.subnormalError.ulpText) ulp at subnormal numbers"
          + text(accuracy.worstSubnormal)
      }
      return nil
    }
  }

  private func text(_ example: Accuracy.Example?) -> String {
    guard let example else { return "" }
    let arguments = example.arguments.map(\.description).joined(separator: ", ")
    return ": \(function.name)(\(arguments)) = \(example.result)"
  }
}

extension Double {
  /// An error in ulp: two significant digits.
  var ulpText: String {
    switch self {
    case .infinity: "infinite"
    case 0: "0"
    case ..<0.995: String(format: "%.2f", self)
    case ..<9.95: String(format: "%.1f", self)
    case ..<999.5: String(format: "%.0f", self)
    default: String(format: "%.0e", self).replacing("e+0", with: "e").replacing("e+", with: "e")
    }
  }
}
