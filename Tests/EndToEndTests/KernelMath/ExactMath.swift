import Apus
import ApusTestSupport
import Foundation

/// Exact values of math functions: those of `Accuracy/Sources/CExactMath`, which asks MPFR, in a program of its own,
/// so that nothing of the package needs MPFR to be built.
actor ExactMath {
  static let shared = ExactMath()

  private var compilation: Task<(TemporaryFolder, FilePath), any Error>?

  /// The values of each function at its arguments.
  func values(of calls: [(function: String, arguments: [[Double]])]) async throws -> [[ExactValue]]
  {
    let (_, program) = try await compiled().value
    let lines = calls.flatMap { function, rows in
      rows.map { row in
        // Swift writes NaNs with payloads and flavours that C does not read.
        let numbers = row.map { $0.isNaN ? "nan" : "\($0)" }
        return "\(function) \(numbers[0]) \(numbers.count > 1 ? numbers[1] : "0")\n"
      }
    }
    let result = try await runTool(program, [], input: lines.joined())
    guard result.status == 0 else { throw ExactMathError(message: result.error) }
    let values = try result.output.split(separator: "\n").map { try ExactValue(line: $0) }
    guard values.count == lines.count else {
      throw ExactMathError(message: "\(values.count) values for \(lines.count) calls")
    }
    var rest = values[...]
    return calls.map { call in
      defer { rest = rest.dropFirst(call.arguments.count) }
      return Array(rest.prefix(call.arguments.count))
    }
  }

  private func compiled() -> Task<(TemporaryFolder, FilePath), any Error> {
    if let compilation { return compilation }
    let task = Task {
      let folder = try TemporaryFolder()
      let library = Peers.packageFolder.appending("Accuracy/Sources/CExactMath")
      try folder.write(Self.main, to: "main.c")
      try await runLLVMTool(
        "clang",
        [
          "-O1", "-I\(library.appending("include"))", "-I\(library)",
          "main.c", library.appending("Functions.c").string, library.appending("Special.c").string,
          "-lmpfr", "-lgmp", "-o", "exact",
        ],
        in: folder.path
      )
      return (folder, folder.file("exact"))
    }
    compilation = task
    return task
  }

  /// Reads a function and two arguments a line, writes the value's fields.
  private static let main = """
    #include "CExactMath.h"
    #include <stdio.h>
    int main(void) {
      char name[32];
      double arguments[2];
      while (scanf("%31s %lf %lf", name, &arguments[0], &arguments[1]) == 3) {
        const exact_function *function = exact_function_named(name);
        if (!function) { fprintf(stderr, "no function %s", name); return 1; }
        exact_value v = exact_evaluate(function, arguments);
        printf("%d %d %a %a %ld\\n", (int)v.kind, (int)v.is_negative, v.high, v.low, v.exponent);
      }
      return 0;
    }
    """
}

/// An exact value: `(high + low) * 2^exponent` if it is a number.
struct ExactValue {
  private enum Kind: Int { case nan, zero, finite, infinite }

  private let kind: Kind
  private let isNegative: Bool
  private let high: Double
  private let low: Double
  private let exponent: Int

  fileprivate init(line: Substring) throws {
    let fields = line.split(separator: " ")
    guard fields.count == 5, let kind = Int(fields[0]).flatMap(Kind.init),
      let high = Double(fields[2]), let low = Double(fields[3]), let exponent = Int(fields[4])
    else { throw ExactMathError(message: "not a value: \(line)") }
    (self.kind, self.high, self.low, self.exponent) = (kind, high, low, exponent)
    isNegative = fields[1] == "1"
  }

  /// How many ulp of `type` a result is off; infinite if it is NaN, an infinity or a zero of the wrong kind.
  func deviation(of result: Double, in type: ElementType) -> Double {
    let (precision, leastExponent) = type == .f32 ? (24, -126) : (53, -1022)
    let isZeroOfWrongSign = result == 0 && (result.sign == .minus) != isNegative
    switch kind {
    case .nan: return result.isNaN ? 0 : .infinity
    case .infinite: return result == (isNegative ? -.infinity : .infinity) ? 0 : .infinity
    case .zero: return result == 0 && !isZeroOfWrongSign ? 0 : .infinity
    case .finite: break
    }
    if result.isNaN || isZeroOfWrongSign { return .infinity }
    // What is beyond the largest number counts as the power of two that follows it.
    let limit = 1 - leastExponent + 1
    if exponent > limit { return result.isInfinite ? 0 : .infinity }
    let unit = max(exponent - 1, leastExponent) - precision + 1
    let scaled =
      result.isInfinite ? scalbn(result < 0 ? -1 : 1, limit - unit) : scalbn(result, -unit)
    return abs(scaled - scalbn(high, exponent - unit) - scalbn(low, exponent - unit))
  }
}

/// Why there is no truth to compare with.
struct ExactMathError: Error, CustomStringConvertible {
  let message: String
  var description: String { "exact values: \(message)" }
}
