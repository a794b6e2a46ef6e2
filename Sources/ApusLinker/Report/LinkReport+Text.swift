// A report for people (`--explain`, `--time-phases`) and for programs (`--json`).

extension LinkReport {
  /// What was lowered, extracted, compiled and inlined, and why; lines of text.
  public var explanation: String {
    guard !wasHandedOver else {
      return "lld did the whole link: no function of a library was to be compiled or inlined\n"
    }
    var lines: [String] = []
    func list(_ title: String, _ entries: [String]) {
      guard !entries.isEmpty else { return }
      lines.append("\(title):")
      lines += entries.map { "  \($0)" }
    }
    list(
      "lowered",
      lowerings.map {
        "\($0.intrinsic) in function '\($0.function)' of \($0.file) to \($0.callee): \($0.reason)"
      }
    )
    list(
      "extracted",
      extractions.map { member in
        "\(member.member) for \(member.symbol), first needed by \(member.reference)"
          + (member.isMachineCode ? "; taken as machine code" : "; taken as bitcode")
          + (member.round > 0 ? "; found in round \(member.round)" : "")
      }
    )
    list("inlined, or not needed after all", inlinedFunctions)
    list("compiled", compiledFunctions)
    list("compiled by themselves, and kept for later links", functionsCompiledAlone)
    switch rounds {
    case 0: lines.append("the output is to be linked again: it has no code that was generated here")
    case 1: lines.append("code was generated once\(inParts)")
    default: lines.append("code was generated \(rounds) times\(inParts)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var inParts: String { partitions > 1 ? ", in \(partitions) parts side by side" : "" }

  /// How long each phase took; lines of text.
  public var phaseTimes: String {
    let total = phases.map(\.duration).reduce(.zero, +)
    let rows = phases.map { ($0.phase.rawValue, $0.duration) } + [("total", total)]
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, duration in
      let padding = String(repeating: " ", count: width - name.count)
      return "\(name)\(padding)  \(milliseconds(duration)) ms\n"
    }.joined()
  }

  /// The report as a line of JSON.
  ///
  /// Written by hand because Foundation's encoder would take longer to load than many a link takes.
  public var json: String {
    let extracted = extractions.map { member in
      object([
        ("member", string(member.member)), ("symbol", string(member.symbol)),
        ("reference", string(member.reference)), ("isMachineCode", "\(member.isMachineCode)"),
        ("round", "\(member.round)"),
      ])
    }
    let lowered = lowerings.map { lowering in
      object([
        ("intrinsic", string(lowering.intrinsic)), ("function", string(lowering.function)),
        ("file", string(lowering.file)), ("callee", string(lowering.callee)),
        ("reason", string(lowering.reason)),
      ])
    }
    let times = phases.map { ($0.phase.rawValue, milliseconds($0.duration)) }
    return object([
      ("wasHandedOver", "\(wasHandedOver)"), ("rounds", "\(rounds)"),
      ("partitions", "\(partitions)"),
      ("extracted", array(extracted)), ("lowered", array(lowered)),
      ("inlined", array(inlinedFunctions.map(string))),
      ("compiled", array(compiledFunctions.map(string))),
      ("compiledAlone", array(functionsCompiledAlone.map(string))),
      ("milliseconds", object(times)),
    ]) + "\n"
  }
}

/// With three digits after the point.
private func milliseconds(_ duration: Duration) -> String {
  let microseconds = duration / .microseconds(1)
  let whole = Int(microseconds.rounded())
  let fraction = String(whole % 1000)
  return "\(whole / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
}

private func object(_ fields: [(String, String)]) -> String {
  "{" + fields.map { "\(string($0)):\($1)" }.joined(separator: ",") + "}"
}

private func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }

/// A string in JSON's quotes.
private func string(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
