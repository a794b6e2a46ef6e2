import Testing

@testable import ApusLauncher

@Suite struct LauncherArgumentsTests {
  @Test func `values follow their option, or an equals sign`() throws {
    let arguments = try LauncherArguments([
      "--input", "4xf32=1", "--input=i32=5", "--output", "-", "--function", "f", "--workers=2",
      "--parameters", "model=w.irpa", "--device", "local-sync", "--bench",
    ])
    #expect(arguments.inputs == ["4xf32=1", "i32=5"])
    #expect(arguments.outputs == ["-"])
    #expect(arguments.function == "f")
    #expect(arguments.workers == 2)
    #expect(arguments.parameters == ["model=w.irpa"])
    #expect(arguments.device == "local-sync")
    #expect(arguments.measures)
    #expect(!arguments.checks)
  }

  @Test(
    arguments: [
      (["--input"], "--input wants a value"),
      (["--bench=1"], "--bench takes no value"),
      (["--workers", "two"], "--workers wants a number, and 'two' is none"),
      (["4xf32=1"], "'4xf32=1' is not known; --help lists what is"),
      (["--inputs", "x"], "'--inputs' is not known; --help lists what is"),
      ([""], "'' is not known; --help lists what is"),
    ]
  )
  func `what means nothing is refused`(arguments: [String], message: String) throws {
    let error = try #require(throws: LauncherArguments.UsageError.self) {
      try LauncherArguments(arguments)
    }
    #expect(error.message == message)
  }

  @Test func `a number has the digits asked for`() {
    #expect(CallTiming.fixed(0, digits: 3) == "0.000")
    #expect(
      CallTiming.fixed(1.0005, digits: 3) == "1.000"
        || CallTiming.fixed(1.0005, digits: 3) == "1.001"
    )
    #expect(CallTiming.fixed(12.0499, digits: 2) == "12.05")
    #expect(CallTiming.fixed(999.9999, digits: 3) == "1000.000")
    #expect(CallTiming.fixed(40765.16, digits: 1) == "40765.2")
    #expect(CallTiming.fixed(.infinity, digits: 1) == "inf")
  }
}
