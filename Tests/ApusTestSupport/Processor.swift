internal import Foundation

/// The processor that tests run on.
public enum Processor {
  /// Whether it has AVX2 and multiplies and adds in one instruction.
  public static let hasAVX2 = features.isSuperset(of: ["avx2", "fma"])

  /// Whether it has the parts of AVX-512 that servers have had from the first.
  public static let hasAVX512 = features.isSuperset(of: [
    "avx512f", "avx512vl", "avx512dq", "avx512bw", "avx512cd",
  ])

  /// LLVM's names of processors whose programs it runs: one with AVX2, one with AVX-512, as far as it has them.
  public static let vectorCPUs =
    (hasAVX2 ? ["haswell"] : []) + (hasAVX512 ? ["skylake-avx512"] : [])

  /// As Linux names them.
  private static let features: Set<String> = {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    return Set(line.split(separator: " ").map(String.init))
  }()
}
