import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// Inputs that were damaged at random: each link ends with 0 or 1, in time, and leaves no output where it
/// fails.
struct MutatedInputTests {
  /// What is damaged, how often, and by which numbers.
  struct Plan: CustomTestStringConvertible, Sendable {
    var name: String
    var count: Int
    var seed: UInt64
    var testDescription: String { name }
  }

  /// 2,000 in all.
  private static let plans = [
    Plan(name: "main.o", count: 600, seed: 1), Plan(name: "fat.o", count: 500, seed: 2),
    Plan(name: "libm.a", count: 600, seed: 3), Plan(name: "text.ll", count: 300, seed: 4),
  ]

  @Test(arguments: plans)
  func `a damaged input ends no link by a signal, and none without an end`(_ plan: Plan)
    async throws
  {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile(
      "double f(double x) { return __builtin_sin(x) + 1; }",
      to: "fat.o",
      as: .fat
    )
    let text = try await runLLVMTool(
      "llvm-dis",
      ["fat.o.bc", "-o", "-"],
      in: try await bitcode(scenario)
    )
    try scenario.folder.write(text, to: "text.ll")
    let original = try scenario.folder.contents(of: plan.name)
    let inputs = ["start.o", "main.o", "fat.o", "libm.a"]
    let names = plan.name == "text.ll" ? inputs.map { $0 == "fat.o" ? "text.ll" : $0 } : inputs

    // Two at a time, each with files of its own.
    try await withThrowingTaskGroup(of: [Outcome].self) { group in
      for worker in 0..<2 {
        group.addTask {
          var random = SeededGenerator(seed: plan.seed * 2 + UInt64(worker))
          var outcomes: [Outcome] = []
          let damaged = "damaged\(worker).\(plan.name)"
          for _ in 0..<plan.count / 2 {
            try scenario.folder.write(Self.damaged(original, &random), to: damaged)
            let output = "program\(worker)"
            let result = try await runTool(
              "/usr/bin/timeout",
              ["10", LinkScenario.linker.string, "-o", output]
                + names.map { $0 == plan.name ? damaged : $0 },
              in: scenario.folder.path
            )
            let hasOutput = scenario.hasFile(output)
            outcomes.append(Outcome(result: result, hasOutput: hasOutput))
            if hasOutput { try scenario.folder.remove(output) }
          }
          return outcomes
        }
      }
      var refused = 0
      for try await outcomes in group {
        for outcome in outcomes {
          let result = outcome.result
          #expect([0, 1].contains(result.status), "exit \(result.status): \(result.error)")
          #expect(outcome.hasOutput == (result.status == 0), "\(result.error)")
          if result.status == 1 {
            refused += 1
            #expect(result.error.hasPrefix("apus-ld: error: "), "\(result.error)")
          }
        }
      }
      // Or the damage is none, or nothing else is looked at, and the test proves nothing.
      #expect(refused > plan.count / 10)
      #expect(refused < plan.count)
    }
  }

  private struct Outcome {
    var result: ToolResult
    var hasOutput: Bool
  }

  /// The folder, with the fat object's bitcode in a file of its own.
  private func bitcode(_ scenario: LinkScenario) async throws -> FilePath {
    try await scenario.compile(
      "double f(double x) { return __builtin_sin(x) + 1; }",
      to: "fat.o.bc"
    )
    return scenario.folder.path
  }

  /// Flips bits, changes bytes, swaps pieces, or cuts off the end.
  private static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard bytes.count > 16 else { break }
      let place = Int.random(in: 0..<bytes.count - 8, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0...2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 3: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      case 4: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      case 5: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
      case 6:
        let other = Int.random(in: 0..<bytes.count - 8, using: &random)
        for index in 0..<8 { bytes.swapAt(place + index, other + index) }
      default:
        if Int.random(in: 0..<3, using: &random) == 0 {
          bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        }
      }
    }
    return bytes
  }
}
