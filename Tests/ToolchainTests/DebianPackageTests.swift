import Foundation
import Testing

/// How `Scripts/setup` deals with what Debian's packages bring.
@Suite struct DebianPackageTests {
  /// A sandbox in which two packages are missing, each of which brings the file `brought`.
  private func sandbox() throws -> SetupSandbox {
    let sandbox = try SetupSandbox()
    try sandbox.addAptGet()
    let file = sandbox.root.appending(path: "brought").path
    try sandbox.editPins {
      let package = { (name: String, group: String) in
        #"{"name": "\#(name)", "group": "\#(group)", "purpose": "\#(name)ing", "file": "\#(file)"}"#
      }
      let packages = [package("link", "linking"), package("test", "peers")]
      return $0.replacing(
        /"debian": \[/,
        with: #""debian": ["# + packages.joined(separator: ", ") + ", "
      )
    }
    return sandbox
  }

  @Test func `root's setup installs what is missing, and a second one asks for nothing`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.finish(sandbox.startSetup(isRoot: true))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("installed Debian's link\n"))
    let commands = ["update", "install --yes --no-install-recommends link"]
    #expect(try sandbox.aptCommands() == commands)

    let second = try sandbox.finish(sandbox.startSetup(isRoot: true))
    #expect(second.output.hasPrefix("nothing to do: "))
    #expect(try sandbox.aptCommands() == commands)
  }

  @Test func `what only tests need is installed with the peers, in one go`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.finish(sandbox.startSetup(["--peers"], isRoot: true)).status == 0)
    #expect(
      try sandbox.aptCommands() == ["update", "install --yes --no-install-recommends link test"]
    )
  }

  @Test func `another user's setup installs the rest, and names the packages and the command`()
    throws
  {
    let sandbox = try sandbox()
    let outcome = try sandbox.finish(sandbox.startSetup(["--peers"]))
    #expect(outcome.status == 1)
    let file = sandbox.root.appending(path: "brought").path
    #expect(
      outcome.errors == """
        setup: \(file) is missing, for linking
        \(file) is missing, for testing
          install it, on Debian as root: apt-get install --no-install-recommends link test

        """
    )
    #expect(try sandbox.aptCommands() == [])
    #expect(try sandbox.installed().contains("tool-1.0/bin/tool"))
  }

  @Test func `what apt-get complains about is passed on`() throws {
    let sandbox = try sandbox()
    let script = "#!/bin/sh\necho 'E: no link here' >&2\nexit 100\n"
    try Data(script.utf8).write(to: sandbox.root.appending(path: "path/apt-get"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: sandbox.root.appending(path: "path/apt-get").path
    )
    let outcome = try sandbox.finish(sandbox.startSetup(isRoot: true))
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix("setup: apt-get could not install link:\n  E: no link here\n")
    )
  }

  @Test(arguments: [
    ("deb [signed-by=/k] http://a/b c main", "deb-src [signed-by=/k] http://a/b c main"),
    ("deb-src http://a/b c main", ""),
    ("Types: deb deb-src", "Types: deb-src"),
    ("Suites: c c-updates", "Suites: c c-updates"),
    ("# deb is in this comment", "# deb is in this comment"),
    ("", ""),
  ])
  func `lists of packages become lists of sources, in both of apt's formats`(
    line: String,
    expected: String
  ) throws {
    let sandbox = try SetupSandbox()
    let code = "from toolchain.debian import source_line; print(source_line('\(line)'))"
    #expect(try sandbox.evaluate(code) == expected + "\n")
  }
}
