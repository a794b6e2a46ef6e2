import Apus

/// Linking a file with one `sin` and one `pow`, and one without any math.
struct LinkAgainstLLD: Benchmark {
  let name = "link"
  let summary = "a link that needs sin and pow, and one that needs no math, by apus-ld and ld.lld"

  private static let source = """
    double f(double x) { return __builtin_sin(x) + __builtin_pow(x, 1.7); }

    """
  private static let sourceWithoutMath = """
    int sum(const int *numbers, int count) {
      int result = 0;
      for (int i = 0; i < count; ++i) result += numbers[i];
      return result;
    }

    """

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let tools = LinkTools(workbench: workbench)
    let bitcode = try tools.compile(Self.source, as: "bitcode", ["-flto"])
    let native = try tools.compile(Self.source, as: "native")
    let complete = ["--no-undefined"]
    let fat = complete + ["--fat-lto-objects"]

    let apus = tools.apus([bitcode, tools.mathLibrary], to: "apus.so", complete)
    let inlining = tools.apus(
      [bitcode, tools.mathLibrary],
      to: "inlined.so",
      complete + ["--inline-math=all"]
    )
    let lldNative = tools.lld([native, tools.mathLibrary], to: "native.so", complete)
    let lld = tools.lld([bitcode, tools.mathLibrary], to: "lld.so", fat)
    let lldPlain = tools.lld([bitcode, try tools.mathLibraryOfBitcode()], to: "plain.so", complete)

    let peer = "ld.lld, LTO"
    var findings: [Finding] = [
      .time(
        TimeComparison(
          "link of sin and pow",
          against: "ld.lld, machine code",
          try await Self.compare(apus, lldNative, rounds: 60),
          bound: 2.5
        )
      ),
      .time(
        TimeComparison(
          "link of sin and pow",
          against: peer,
          try await Self.compare(apus, lld, rounds: 15),
          bound: 1.0 / 18
        )
      ),
      .time(
        TimeComparison(
          "link of sin and pow",
          against: "\(peer), libm without machine code",
          try await Self.compare(apus, lldPlain, rounds: 15),
          bound: 1.0 / 18
        )
      ),
      .time(
        TimeComparison(
          "link of sin and pow, --inline-math=all",
          against: peer,
          try await Self.compare(inlining, lld, rounds: 15),
          bound: 1.0 / 5
        )
      ),
    ]
    findings += try await Self.withoutMath(tools)
    let lldMemory = try lld.peakMemory(on: workbench)
    for (link, subject) in [(apus, ""), (inlining, ", --inline-math=all")] {
      findings.append(
        .memory(
          MemoryComparison(
            subject: "peak of the link of sin and pow\(subject)",
            peer: peer,
            apusGrowth: try link.peakMemory(on: workbench),
            peerGrowth: lldMemory,
            bound: lldMemory
          )
        )
      )
    }
    let lldCount = try tools.compiledFunctionCount(lld)
    for (link, subject) in [(apus, ""), (inlining, ", --inline-math=all")] {
      findings.append(
        .count(
          CountComparison(
            subject: "functions compiled for sin and pow\(subject)",
            peer: peer,
            apusCount: try tools.report(link).compiled.count,
            peerCount: lldCount
          )
        )
      )
    }
    return findings
  }

  /// The same line for both linkers, where there is nothing for Apus to do.
  @MainActor
  private static func withoutMath(_ tools: LinkTools) async throws -> [Finding] {
    let object = try tools.compile(sourceWithoutMath, as: "plain", ["-flto"])
    let inputs = [object, tools.mathLibrary]
    let lld = tools.lld(inputs, to: "plain.so")
    let times = try await compare(tools.apus(inputs, to: "plain.so"), lld, rounds: 60)
    var allowance = PairedTimes()
    for (apus, lld) in zip(times.apus, times.peer) {
      allowance.append(apus: apus, peer: lld + 0.01)
    }
    let subject = "link without math"
    return [
      .time(TimeComparison(subject, against: "ld.lld, LTO", times)),
      .time(TimeComparison(subject, against: "ld.lld, LTO, and 10 ms", allowance, bound: 1)),
    ]
  }

  @MainActor
  private static func compare(
    _ apus: Command,
    _ peer: Command,
    rounds: Int
  ) async throws -> PairedTimes {
    try await PairedRounds(count: rounds, repetitions: 1).measure(
      apus: { _ in try apus.seconds() },
      peer: { _ in try peer.seconds() }
    )
  }
}
