import Apus
import Foundation

/// Compiling a model of 50 kernels, with math in each and without any.
struct ModelCompilation: Benchmark {
  let name = "compile-model"
  let summary = "compiling 50 kernels by apus compile, and by iree-compile with the same flags"

  private static let layerCount = 50

  /// Products of matrices, each of another size and with a function of the result.
  private static func model(hasMath: Bool) -> String {
    let functions = ["tanh", "exponential", "logistic", "sine", "log_plus_one"]
    var text = ""
    var parameters: [String] = ["%x0: tensor<64x64xf32>"]
    for layer in 0..<layerCount {
      let (rows, columns) = (64 + 8 * layer, 72 + 8 * layer)
      let result = "tensor<64x\(columns)xf32>"
      parameters.append("%w\(layer): tensor<\(rows)x\(columns)xf32>")
      text += """
          %p\(layer) = stablehlo.dot_general %x\(layer), %w\(layer), contracting_dims = [1] x [0]
            : (tensor<64x\(rows)xf32>, tensor<\(rows)x\(columns)xf32>) -> \(result)
          %x\(layer + 1) = stablehlo.\(hasMath ? functions[layer % functions.count] : "abs")
            %p\(layer) : \(result)

        """
    }
    let result = "tensor<64x\(64 + 8 * layerCount)xf32>"
    return """
      func.func @model(\(parameters.joined(separator: ", "))) -> \(result) {
      \(text)  return %x\(layerCount) : \(result)
      }
      """
  }

  func measure(on workbench: Workbench) async throws -> [Finding] {
    var findings: [Finding] = []
    for (hasMath, bound) in [(true, 1.25), (false, 1.05)] {
      let subject = hasMath ? "with math" : "without math"
      let source = workbench.folder.appending(hasMath ? "math.mlir" : "plain.mlir")
      try Data(Self.model(hasMath: hasMath).utf8).write(to: URL(fileURLWithPath: source.string))
      let ours = workbench.folder.appending("model-apus.vmfb")
      let theirs = workbench.folder.appending("model-iree.vmfb")
      let times = try await PairedRounds(count: 6, repetitions: 1).measure(
        apus: { _ in
          try seconds {
            try workbench.output(
              of: workbench.apus,
              [
                "compile", source.string, "-o", ours.string, "--quiet", "--target-cpu",
                workbench.compilerOptions.targetCPU,
              ]
            )
          }
        },
        peer: { _ in
          try seconds {
            try workbench.output(
              of: workbench.toolchain.ireeCompile,
              [source.string, "-o", theirs.string] + workbench.compilerOptions.flags
            )
          }
        }
      )
      findings.append(
        .time(
          TimeComparison(
            "compile of 50 kernels \(subject)",
            against: "iree-compile",
            times,
            bound: bound
          )
        )
      )
      let sizes = try [ours, theirs].map { path in
        try Data(contentsOf: URL(fileURLWithPath: path.string)).count
      }
      findings.append(
        .memory(
          MemoryComparison(
            subject: "size of 50 kernels \(subject)",
            peer: "iree-compile",
            apusGrowth: sizes[0],
            peerGrowth: sizes[1],
            bound: sizes[1]
          )
        )
      )
    }
    return findings
  }
}
