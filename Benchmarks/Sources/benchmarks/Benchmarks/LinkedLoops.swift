import Apus
import Foundation

/// How fast code is that Apus linked, against the same code linked by lld from machine code.
struct LinkedLoops: Benchmark {
  let name = "link-run"
  let summary = "loops over math linked by apus-ld, and by ld.lld from machine code"

  /// Sine alone, and several functions mixed, in one type.
  private static func source(type: String, suffix: String) -> String {
    let pasted = suffix.isEmpty ? "" : "##\(suffix)"
    return """
      #define CALL(name) __builtin_##name\(pasted)
      void mixed(const \(type) *restrict x, \(type) *restrict y, long count) {
        for (long i = 0; i < count; ++i) {
          \(type) v = x[i];
          y[i] = CALL(sin)(v) + CALL(exp)(-v) + CALL(log)(v + 1) + CALL(pow)(v, (\(type))1.7)
              + CALL(fmod)(v, (\(type))0.3) + CALL(floor)(v);
        }
      }
      void sines(const \(type) *restrict x, \(type) *restrict y, long count) {
        for (long i = 0; i < count; ++i) y[i] = CALL(sin)(x[i]);
      }

      """
  }

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let tools = LinkTools(workbench: workbench)
    let peer = "ld.lld, machine code"
    let float = Self.source(type: "float", suffix: "f")
    let double = Self.source(type: "double", suffix: "")
    let isAVX2 = Self.hostHasAVX2
    let processor = isAVX2 ? "-march=haswell" : "-march=native"
    return [
      .time(
        TimeComparison(
          "loop over f32 math",
          against: peer,
          try await Self.compare(
            Loop<Float>(float, "f32", "mixed", with: tools),
            tolerance: 0
          ),
          bound: 1.03
        )
      ),
      .time(
        TimeComparison(
          "loop over f64 math",
          against: peer,
          try await Self.compare(
            Loop<Double>(double, "f64", "mixed", with: tools),
            tolerance: 0
          ),
          bound: 1.03
        )
      ),
      .time(
        TimeComparison(
          "f64 sine of 1,048,576 numbers, libmvec",
          against: peer,
          try await Self.compare(
            Loop<Double>(
              double,
              "vector",
              "sines",
              flags: [processor],
              libraries: [Self.vectorLibrary],
              count: 1 << 20,
              with: tools
            ),
            tolerance: 4 * .ulpOfOne
          ),
          bound: isAVX2 ? 0.25 : nil
        )
      ),
    ]
  }

  /// glibc's vector math functions.
  private static let vectorLibrary: FilePath = "/usr/lib/x86_64-linux-gnu/libmvec.a"

  private static var hostHasAVX2: Bool {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return text.contains(" avx2 ")
  }

  @MainActor
  private static func compare<Element>(
    _ loop: Loop<Element>,
    tolerance: Element
  ) async throws -> PairedTimes {
    try loop.check(tolerance: tolerance)
    return try await PairedRounds(count: 60, repetitions: 2).measure(
      apus: { count in seconds { for _ in 0..<count { loop.run(loop.apus) } } },
      peer: { count in seconds { for _ in 0..<count { loop.run(loop.peer) } } }
    )
  }
}

/// A loop that both sides linked, and the numbers it works on.
@MainActor
private final class Loop<Element: BinaryFloatingPoint> {
  typealias Function =
    @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer, Int) -> Void

  let apus: Function
  let peer: Function
  private let input: [Element]
  private var output: [Element]
  private let name: String

  init(
    _ source: String,
    _ name: String,
    _ symbol: String,
    flags: [String] = [],
    libraries: [FilePath] = [],
    count: Int = 50_000,
    with tools: LinkTools
  ) throws {
    self.name = name
    // Without it, the functions could be replaced by those of the process, and would be.
    let options = ["--no-undefined", "--exclude-libs=ALL"]
    let bitcode = try tools.compile(source, as: "\(name)-bitcode", flags + ["-flto"])
    let native = try tools.compile(source, as: name, flags)
    let links = [
      tools.apus(
        [bitcode, tools.mathLibrary] + libraries,
        to: "\(name)-apus.so",
        options
      ),
      tools.lld([native, tools.mathLibrary], to: "\(name)-lld.so", options),
    ]
    for link in links { _ = try link.seconds() }
    apus = try Self.function(symbol, in: tools.path(ofOutput: "\(name)-apus.so"))
    peer = try Self.function(symbol, in: tools.path(ofOutput: "\(name)-lld.so"))
    input = (0..<count).map { 0.01 + 12 * Element($0) / Element(count) }
    output = Array(repeating: 0, count: count)
  }

  func run(_ function: Function) {
    input.withUnsafeBytes { input in
      output.withUnsafeMutableBytes { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        function(input, output, self.input.count)
      }
    }
  }

  /// Checks that both compute the same.
  ///
  /// - Parameter tolerance: how far two results may be apart.
  func check(tolerance: Element) throws {
    run(apus)
    let ours = output
    run(peer)
    for (index, (a, b)) in zip(ours, output).enumerated() where !(abs(a - b) <= tolerance) {
      throw BenchmarkError("\(name): of \(input[index]), Apus's loop makes \(a), lld's \(b)")
    }
  }

  /// The library stays open: code of it is called until the process ends.
  private static func function(_ name: String, in library: FilePath) throws -> Function {
    guard let handle = dlopen(library.string, RTLD_NOW | RTLD_LOCAL),
      let symbol = dlsym(handle, name)
    else { throw BenchmarkError(dlerror().map { String(cString: $0) } ?? "no \(name)") }
    return unsafeBitCast(symbol, to: Function.self)
  }
}
