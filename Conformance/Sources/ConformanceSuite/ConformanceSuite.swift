/// Runs the programs of folders.
public struct ConformanceSuite: Sendable {
  /// Where the programs are.
  public var folders: [ProgramFolder]
  /// Where they should have their inputs from.
  public var inputs: ConformanceProgram.Inputs
  /// Says which programs to run, by name.
  public var isWanted: @Sendable (String) -> Bool

  /// Describes what to run.
  public init(
    folders: [ProgramFolder],
    inputs: ConformanceProgram.Inputs,
    where isWanted: @escaping @Sendable (String) -> Bool
  ) {
    self.folders = folders
    self.inputs = inputs
    self.isWanted = isWanted
  }

  /// Whether a program tests a mathematical function.
  public static func isMath(_ name: String) -> Bool { Subject(ofProgramNamed: name).isMath }

  /// Runs the programs.
  ///
  /// - Parameters:
  ///   - runner: what runs them.
  ///   - jobs: how many at a time.
  ///   - report: is told of each as it is done.
  public func outcomes(
    by runner: ProgramRunner,
    jobs: Int,
    each report: @Sendable (Outcome, _ done: Int, _ all: Int) -> Void
  ) async throws -> [Outcome] {
    let entries = try folders.flatMap { try $0.entries(inputs: inputs, where: isWanted) }
    return try await withThrowingTaskGroup(of: Outcome.self) { group in
      var rest = entries[...]
      func startNext() {
        guard let entry = rest.popFirst() else { return }
        group.addTask {
          switch entry.program {
          case .success(let program): try await runner.outcome(of: program)
          case .failure(let error):
            Outcome(name: entry.name, verdict: .unreadable, reason: "\(error)")
          }
        }
      }
      for _ in 0..<max(jobs, 1) { startNext() }
      var outcomes: [Outcome] = []
      while let outcome = try await group.next() {
        outcomes.append(outcome)
        report(outcome, outcomes.count, entries.count)
        startNext()
      }
      return outcomes
    }
  }
}
