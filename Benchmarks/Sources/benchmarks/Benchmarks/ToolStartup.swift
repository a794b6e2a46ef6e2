import Apus
import Foundation

/// Running a small program with a tool, from the start of the process to its end.
struct ToolStartup: Benchmark {
  let name = "startup"
  let summary = "apus run of a compiled and of a cached program, and iree-run-module"

  private static let arguments = ["--input=4xf32=1,2,3,4", "--input=4xf32=10,20,30,40"]

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.add_mlir, as: "add")
    let source = workbench.folder.appending("add.mlir")
    try Data(PackageResources.add_mlir).write(to: URL(fileURLWithPath: source.string))
    let rounds = PairedRounds(count: 40, repetitions: 1)
    var findings: [Finding] = []
    for (model, subject) in [(program, "add.vmfb"), (source, "add.mlir, cached")] {
      let times = try await rounds.measure(
        apus: { _ in
          try seconds {
            try workbench.output(
              of: workbench.apus,
              ["run", model.string] + Self.arguments,
              environment: ["SWIFT_BACKTRACE": "enable=no"]
            )
          }
        },
        peer: { _ in
          try seconds {
            try workbench.output(
              of: workbench.toolchain.ireeTool("iree-run-module"),
              ["--module=\(program)"] + Self.arguments
            )
          }
        }
      )
      findings.append(
        .time(TimeComparison("apus run \(subject)", against: "iree-run-module", times))
      )
    }
    return findings
  }
}
