import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// Links that must fail: with one clear error, and without touching anything.
extension LinkScenario {
  /// A library of one bitcode function, `libm.a`, and `main.o`, bitcode whose intrinsic calls it.
  ///
  /// Links of them are not left to lld.
  static func withMath() async throws -> LinkScenario {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x + 1; }", to: "sin.o")
    try await scenario.archive("libm.a", "sin.o")
    try await scenario.compile(
      "volatile double x = 1; int test(void) { return __builtin_sin(x) != 2; }",
      to: "main.o"
    )
    return scenario
  }

  /// Links, and expects exit status 1, one error that has all the words, no output where none was and the
  /// same output where one was.
  func expectRefusal(
    _ words: String...,
    linking arguments: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    func link() async throws -> ToolResult {
      try await runTool(
        Self.linker,
        (arguments.contains("-o") ? [] : ["-o", "program"]) + arguments,
        in: folder.path
      )
    }
    let before = folder.names
    let result = try await link()
    #expect(result.status == 1, "\(result.error)", sourceLocation: sourceLocation)
    #expect(
      result.error.hasPrefix("apus-ld: error: "),
      "\(result.error)",
      sourceLocation: sourceLocation
    )
    #expect(
      result.error.ranges(of: "apus-ld: ").count == 1,
      "\(result.error)",
      sourceLocation: sourceLocation
    )
    for word in words {
      #expect(
        result.error.contains(word),
        "'\(word)' is not in: \(result.error)",
        sourceLocation: sourceLocation
      )
    }
    #expect(folder.names == before, sourceLocation: sourceLocation)
    guard !arguments.contains("-o") else { return }

    try folder.write("what was there before", to: "program")
    #expect(try await link().status == 1, sourceLocation: sourceLocation)
    #expect(folder.names.contains("program"), "the output is gone", sourceLocation: sourceLocation)
    if folder.names.contains("program") {
      #expect(
        try folder.contents(of: "program") == Array("what was there before".utf8),
        sourceLocation: sourceLocation
      )
      try folder.remove("program")
    }
  }
}

extension TemporaryFolder {
  /// Removes a file of the folder.
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: file(name).string)
  }
}
