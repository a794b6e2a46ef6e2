import Apus

/// The table of all measurements, as a page of the documentation.
struct AccuracyReport {
  var measurements: [Measurement]
  var modes: [MathMode]
  /// How many random arguments each operation was tried with.
  var samples: Int

  /// What is not as promised, a line each.
  var failures: [String] { measurements.compactMap(\.failure) }

  /// The page.
  var markdown: String {
    let types = FloatType.allCases.filter { type in measurements.contains { $0.type == type } }
    return ([introduction, summary(types)] + types.map(table)).joined(separator: "\n\n")
      + failureList + "\n"
  }

  private var introduction: String {
    """
    # The accuracy of kernels' math

    For each operation of MLIR's, element type and math mode, the largest error over all arguments that were
    tried, in units in the last place of the type (ulp): 0.50 is correctly rounded. The truth is
    MPFR's, to 106 bits. Each operation is compiled by itself, for tensors of fixed shape and, but for StableHLO
    and CHLO, of dynamic shape, and runs on this machine's CPU.

    - **Bounds.** accurate: 4 ulp; exact: 1 ulp; what is a choice or an instruction (`sqrt`, remainders, roundings): 0.5
      ulp in both. Where a bound is missed, the figure is bold. `logistic`, `digamma`, `erf_inv`, `bessel_i1e`, `zeta` and
      `polygamma` are formulas of StableHLO's and have no bound; in their ordinary ranges they are as exact as the
      formula, whose elementary functions are the mode's.
    - **Arguments.** f16 and bf16: all 65,536 of a function of one number. Else \(samples.formatted()) random ones: even over
      the function's interesting ranges, over all bit patterns, near zeros, edges of domains, multiples of half pi
      and powers of two, huge ones to 1e22; and special numbers, in every pair.
    - **special**: a result is NaN, an infinity or a zero where C's Annex F has something else, or the reverse.
    - **subnormal**: the figure does not hold where the argument or the result is subnormal: IREE's device takes
      and makes zeros instead.
    - **iree** is IREE \(ToolchainPins.current.iree) alone, which promises nothing.

    `make accuracy` measures anew and writes this page; it fails if a bound is missed.
    """
  }

  private func summary(_ types: [FloatType]) -> String {
    let rows = modes.map { mode in
      [mode.rawValue]
        + types.map { type in
          let all = measurements.filter { $0.mode == mode && $0.type == type }
          // IREE's is held against what Apus promises by default.
          let promise = mode == .iree ? MathMode.accurate : mode
          let bounded = all.filter { $0.function.contract != .decomposed }
          let right = bounded.filter { $0.failure(bound: $0.function.bound(promise)) == nil }
          return "\(right.count) of \(bounded.count)"
        }
    }
    let lines = MarkdownTable.lines(
      header: ["within the bounds (iree: those of accurate)"] + types.map(\.rawValue),
      rows: rows
    )
    return lines.joined(separator: "\n")
  }

  private func table(_ type: FloatType) -> String {
    let ofType = measurements.filter { $0.type == type }
    var names: [String] = []
    for measurement in ofType where names.last != measurement.operation.name {
      names.append(measurement.operation.name)
    }
    let rows = names.map { name in
      ["`\(name)`"]
        + modes.map { mode in
          ofType.first { $0.operation.name == name && $0.mode == mode }.map(cell) ?? ""
        }
    }
    let header = ["operation"] + modes.map(\.rawValue)
    let lines = MarkdownTable.lines(header: header, rows: rows)
    return (["## \(type)", ""] + lines).joined(separator: "\n")
  }

  private func cell(_ measurement: Measurement) -> String {
    guard case .measured(let accuracy) = measurement.outcome else {
      return measurement.mode == .iree ? "does not compile" : "**does not compile**"
    }
    var parts = [accuracy.error.ulpText]
    if measurement.function.contract != .decomposed {
      if accuracy.wrongSpecialValues > 0 { parts.append("special") }
      let bound = measurement.function.bound(measurement.mode) ?? 4
      if accuracy.subnormalError > max(bound, accuracy.error) { parts.append("subnormal") }
    }
    let cell = parts.joined(separator: ", ")
    return measurement.failure == nil ? cell : "**\(cell)**"
  }

  private var failureList: String {
    guard !failures.isEmpty else { return "\n" }
    return "\n\n## Missed\n\n" + failures.map { "- \($0)" }.joined(separator: "\n") + "\n"
  }
}

/// A table in columns that line up, as Markdown has it.
enum MarkdownTable {
  /// The lines of the table.
  static func lines(header: [String], rows: [[String]]) -> [String] {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return [line(header), line(rule)] + rows.map(line)
  }
}
