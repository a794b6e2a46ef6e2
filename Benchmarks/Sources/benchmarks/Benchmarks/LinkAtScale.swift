import Apus
import ApusLinker
import Foundation

/// Linking up to 500 objects with ten functions each, which use 60 math functions among them.
struct LinkAtScale: Benchmark {
  let name = "link-scale"
  let summary = "500 objects with math by apus-ld, without a libm by ld.lld; 50 to 5,000 functions"

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let tools = LinkTools(workbench: workbench)
    let objects = try GeneratedProgram(objectCount: 500).compile(with: tools)
    let apus = tools.apus(objects + [tools.mathLibrary], to: "scale.so")
    let lld = tools.lld(objects, to: "scale-lld.so")
    let times = try await PairedRounds(count: 8, repetitions: 1).measure(
      apus: { _ in try apus.seconds() },
      peer: { _ in try lld.seconds() }
    )
    let total = TimeComparison(
      "link of 500 objects, 60 math functions",
      against: "ld.lld, LTO, without libm",
      times,
      bound: 1
    )
    return [.time(total)] + (try Self.phases(objects, tools))
  }

  /// How the time that each phase takes for a function grows with the number of functions.
  ///
  /// LLVM's passes take the same work for a function of many, and more time: what they work on is no longer in
  /// the caches. How much that is, lld's passes show, on the same objects.
  @MainActor
  private static func phases(_ objects: [FilePath], _ tools: LinkTools) throws -> [Finding] {
    let counts = [50, 500, 5000]
    var samples: [Int: [[String: Double]]] = [:]
    var lldSamples: [Int: [[String: Double]]] = [:]
    // The first round warms up.
    for round in 0...7 {
      for count in counts {
        let part = Array(objects.prefix(count / GeneratedProgram.functionsPerObject))
        let phases = try tools.report(tools.apus(part + [tools.mathLibrary], to: "scale.so"))
        let passes = try tools.milliseconds(ofPassesIn: tools.lld(part, to: "scale-lld.so"))
        guard round > 0 else { continue }
        samples[count, default: []].append(phases.milliseconds)
        lldSamples[count, default: []].append(passes)
      }
    }
    var findings: [Finding] = []
    for (smaller, larger) in zip(counts, counts.dropFirst()) {
      for phase in LinkPhase.allCases {
        findings.append(
          growth(
            of: phase.rawValue,
            samples,
            from: smaller,
            to: larger,
            bound: larger == counts.last ? 1.25 : nil
          )
        )
      }
      for (pass, label) in [("opt", "optimize of ld.lld"), ("codegen", "emitObject of ld.lld")] {
        findings.append(
          growth(of: pass, as: label, lldSamples, from: smaller, to: larger, bound: nil)
        )
      }
    }
    return findings
  }

  /// The time for a function of a large program as a multiple of that for one of a smaller.
  private static func growth(
    of phase: String,
    as label: String? = nil,
    _ samples: [Int: [[String: Double]]],
    from smaller: Int,
    to larger: Int,
    bound: Double?
  ) -> Finding {
    var times = PairedTimes()
    for (a, b) in zip(samples[larger] ?? [], samples[smaller] ?? []) {
      times.append(apus: perFunction(a[phase], larger), peer: perFunction(b[phase], smaller))
    }
    let whole = Spread(times.apus).median * Double(larger)
    return .time(
      TimeComparison(
        "\(label ?? phase), a function of \(larger)",
        against: "a function of \(smaller)",
        times,
        // What takes no time at all may take twice as long.
        bound: whole >= 0.002 ? bound : nil
      )
    )
  }

  /// Seconds, at least a clock's tick.
  private static func perFunction(_ milliseconds: Double?, _ count: Int) -> Double {
    max(milliseconds ?? 0, 0.001) / 1000 / Double(count)
  }
}

/// C whose functions use 60 math functions in turn and call each other across files.
///
/// Functions depend on each other within each fifty only, so that a larger program is the same thing more
/// often.
struct GeneratedProgram {
  static let functionsPerObject = 10
  var objectCount: Int

  private static let unary = [
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "exp2", "log",
    "log2", "log10", "cbrt", "expm1", "log1p", "erf", "erfc", "asinh", "acosh", "atanh", "tgamma",
    "floor", "round",
  ]
  private static let binary = ["pow", "atan2", "fmod", "hypot", "fmax"]
  /// Each as an expression of x and y.
  private static let expressions = ["", "f"].flatMap { type in
    unary.map { "__builtin_\($0)\(type)(x)" } + binary.map { "__builtin_\($0)\(type)(x, y)" }
  }

  /// The text of an object's source.
  func source(ofObject object: Int) -> String {
    let first = object * Self.functionsPerObject
    return (first..<first + Self.functionsPerObject).map { number in
      let expression = Self.expressions[number % Self.expressions.count]
      // Every seventh: in this file or the next.
      guard number % 50 < 43 else {
        return "double f\(number)(double x, double y) { return x * y + \(expression); }\n"
      }
      return """
        double f\(number + 7)(double, double);
        double f\(number)(double x, double y) {
          double z = \(expression);
          return y > \(number % 17) ? f\(number + 7)(y, z) : z;
        }

        """
    }.joined()
  }

  /// Compiles all sources to bitcode.
  func compile(with tools: LinkTools) throws -> [FilePath] {
    let folder = tools.workbench.folder.appending("scale")
    try FileManager.default.createDirectory(
      atPath: folder.string,
      withIntermediateDirectories: true
    )
    for object in 0..<objectCount {
      let path = folder.appending("\(object).c").string
      try Data(source(ofObject: object).utf8).write(to: URL(fileURLWithPath: path))
    }
    try tools.workbench.output(
      of: "/bin/sh",
      [
        "-c", "cd \"$1\" && shift && ls *.c | xargs -n 25 -P \"$@\"", "sh", folder.string,
        String(tools.workbench.coreCount), tools.workbench.toolchain.clang.string, "-flto", "-c",
      ] + LinkTools.compilerFlags
    )
    return (0..<objectCount).map { folder.appending("\($0).o") }
  }
}
