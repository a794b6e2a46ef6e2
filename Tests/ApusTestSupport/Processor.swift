internal import Foundation

/// The processor that tests run on.
public enum Processor {
  /// Whether it has AVX2 and multiplies and adds in one instruction.
  public static let hasAVX2: Bool = {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    return Set(line.split(separator: " ")).isSuperset(of: ["avx2", "fma"])
  }()
}
