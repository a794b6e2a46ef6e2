import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct LinkerArgumentsTests {
  @Test func `an option that only lld understands goes to lld, in lld's spelling`() throws {
    let arguments = try LinkerArguments([
      "a.o", "-hash-style", "gnu", "--build-id", "-z", "now", "-znow", "-O1", "-rpath=/x", "-s",
    ])
    #expect(
      arguments.options.items == [
        .input(LinkOptions.Input(.file("a.o"))),
        .nativeOption(["--hash-style=gnu"]), .nativeOption(["--build-id"]),
        .nativeOption(["-z", "now"]), .nativeOption(["-z", "now"]), .nativeOption(["-O1"]),
        .nativeOption(["--rpath=/x"]), .nativeOption(["--strip-all"]),
      ]
    )
  }
}
