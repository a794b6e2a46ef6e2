import ArgumentParser

@main
struct Conformance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Run programs that say what they should come to, and count which are right.",
    discussion: """
      The programs are those in Conformance/Programs, or openxla/stablehlo's test data, if
      APUS_STABLEHLO_TESTDATA or --programs names the folder.

      EXAMPLES
        conformance
        conformance --programs stablehlo/stablehlo/testdata --only math --json now.json
        conformance --math iree --json iree.json
        conformance compare iree.json now.json
        conformance describe now.json --known Conformance/KnownFailures/stablehlo.txt
      """,
    subcommands: [RunPrograms.self, CompareReports.self, DescribeReport.self],
    defaultSubcommand: RunPrograms.self
  )
}
