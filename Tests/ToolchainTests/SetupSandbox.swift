import ApusTestSupport
import Foundation
import SystemPackage

/// A folder of its own in which `Scripts/setup` runs on tiny wheels: a pin file for them, a home to
/// install into, and a stand-in for pip that copies from a folder.
///
/// Nothing outside takes part: `PATH` is empty but for what a test adds, Python runs without its
/// installed packages, and so neither pip, apt-get nor the network can be reached.
final class SetupSandbox {
  /// The sandbox's folder.
  let root: URL
  private let python: URL

  /// How a setup ended.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Makes the wheels `tool`, `library` and `module`, the last one a peer and a Python package.
  ///
  /// - Parameter toolSize: The size in bytes of the tool in the first of them.
  init(toolSize: Int = 1000) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "apus-setup-\(UUID())")
    python = try realPython()
    for folder in ["home", "path", "registry"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: folder),
        withIntermediateDirectories: true
      )
    }
    try runPython(makeWheels, root.path, String(toolSize))
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  var home: URL { root.appending(path: "home") }
  var registry: URL { root.appending(path: "registry") }

  /// Runs `Scripts/setup` with wheels from the registry folder, and without pip.
  func setUpFromFolder(_ arguments: String...) throws -> Outcome {
    try finish(startSetup(arguments + ["--wheels", registry.path], hasPip: false))
  }

  /// Runs `Scripts/setup`, which downloads with the stand-in for pip.
  func setUp(_ arguments: String..., hasPip: Bool = true) throws -> Outcome {
    try finish(startSetup(arguments, hasPip: hasPip))
  }

  /// Starts `Scripts/setup`.
  ///
  /// - Parameters:
  ///   - pipDelay: How many seconds each download takes.
  ///   - isRoot: Whether setup takes its user for root; none of the sandbox depends on who it is.
  func startSetup(
    _ arguments: [String] = [],
    hasPip: Bool = true,
    pipDelay: Double = 0,
    isRoot: Bool = false
  ) throws -> RunningSetup {
    var environment = ["APUS_PINS": root.appending(path: "pins.json").path, "SANDBOX": root.path]
    if hasPip {
      environment["PYTHONPATH"] = root.appending(path: "modules").path
      environment["PIP_DELAY"] = String(pipDelay)
    }
    let code = """
      import os, runpy, sys
      os.geteuid = lambda: \(isRoot ? 0 : 1000)
      sys.argv = ["Scripts/setup", *sys.argv[1:]]
      sys.path[0] = "\(Self.scripts.path)"
      runpy.run_path("\(Self.scripts.path)/setup", run_name="__main__")
      """
    return try start(["-S", "-c", code] + arguments, environment: environment)
  }

  /// What Python code prints that may import the package `toolchain`.
  func evaluate(_ code: String) throws -> String {
    try runPython("import sys; sys.path[0] = '\(Self.scripts.path)'\n" + code)
  }

  private static let scripts = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Scripts").standardizedFileURL

  /// Waits for the end of a setup.
  func finish(_ setup: RunningSetup) throws -> Outcome {
    let result = try setup.tool.wait().result
    return Outcome(status: result.status, output: result.output, errors: result.error)
  }

  /// What Python code prints.
  @discardableResult
  func runPython(_ code: String, _ arguments: String...) throws -> String {
    let outcome = try finish(start(["-S", "-c", code] + arguments, environment: [:]))
    guard outcome.status == 0 else { throw SandboxError(text: outcome.errors) }
    return outcome.output
  }

  private func start(_ arguments: [String], environment: [String: String]) throws -> RunningSetup {
    let own = ["APUS_HOME": home.path, "PATH": root.appending(path: "path").path]
    return RunningSetup(
      tool: try SpawnedTool(
        FilePath(python.path),
        arguments,
        environment: environment.merging(own) { given, _ in given },
        scratch: FilePath(root.path)
      )
    )
  }

  /// Every file, link and folder in the home, by path from there, except those of `peers/python`.
  func installed() throws -> Set<String> {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: home.path)
    return Set(paths.filter { !$0.hasPrefix("peers/python/") })
  }

  /// The requirements that the stand-in for pip was asked for, in order.
  func downloads() throws -> [String] {
    let log = root.appending(path: "pip.log")
    guard FileManager.default.fileExists(atPath: log.path) else { return [] }
    return try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// The wheel of a package in the registry folder.
  func wheel(_ package: String) throws -> URL {
    let names = try FileManager.default.contentsOfDirectory(atPath: registry.path)
    guard let name = names.first(where: { $0.hasPrefix(package + "-") }) else {
      throw SandboxError(text: "no wheel of \(package)")
    }
    return registry.appending(path: name)
  }

  /// Rewrites the pin file.
  func editPins(_ edit: (String) -> String) throws {
    let file = root.appending(path: "pins.json")
    try edit(String(contentsOf: file, encoding: .utf8))
      .write(to: file, atomically: true, encoding: .utf8)
  }

  /// Waits until something is there.
  func wait(for condition: String, until isMet: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while try !isMet() {
      guard ContinuousClock.now < deadline else {
        throw SandboxError(text: "waited in vain for \(condition)")
      }
      usleep(1000)
    }
  }
}

/// A setup that was started.
struct RunningSetup {
  let tool: SpawnedTool

  /// Ends it without a chance to clean up.
  ///
  /// Its children live on.
  func killAtOnce() throws {
    kill(tool.processIdentifier, SIGKILL)
    _ = try tool.wait()
  }
}

struct SandboxError: Error {
  var text: String
}

/// The interpreter behind whatever `python3` on `PATH` is.
private func realPython() throws -> URL {
  let lines = try printedLines("python3", "-c", "import sys; print(sys.executable)")
  guard let path = lines.first else { throw SandboxError(text: "python3 is missing") }
  return URL(filePath: path)
}

/// The lines that a tool on `PATH` prints.
func printedLines(_ arguments: String...) throws -> [String] {
  let folder = try TemporaryFolder()
  let result = try SpawnedTool("/usr/bin/env", arguments, scratch: folder.path).wait().result
  guard result.status == 0 else {
    throw SandboxError(text: "\(arguments[0]) failed: \(result.error)")
  }
  return result.output.split(separator: "\n").map(String.init)
}

/// Python that makes wheels, their pin file, and the stand-in for pip.
private let makeWheels = #"""
  import hashlib, json, os, platform, sys, zipfile

  root, tool_size = sys.argv[1], int(sys.argv[2])
  python = f"cp{sys.version_info[0]}{sys.version_info[1]}"
  tag = f"{python}-{python}-manylinux_2_28_{platform.machine()}"

  def wheel(name, members):
      file = f"{name}-1.0-{tag}.whl"
      path = os.path.join(root, "registry", file)
      with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
          for member, (content, mode) in members.items():
              info = zipfile.ZipInfo(member)
              info.external_attr = (0o100000 | mode) << 16
              info.compress_type = zipfile.ZIP_DEFLATED
              archive.writestr(info, content)
      with open(path, "rb") as archive:
          return {"file": file, "sha256": hashlib.sha256(archive.read()).hexdigest()}

  def part(name, kind, group, folder, package):
      return {"name": name, "kind": kind, "group": group, "folder": folder,
              "purpose": name + "ing", "packages": [{"version": "1.0", **package}]}

  tool = wheel("tool", {"data/tool": (b"t" * tool_size, 0o755), "data/unwanted": (b"u", 0o644)})
  library = wheel("library", {"data/library.so": (b"l" * 100, 0o644)})
  module = wheel("module", {"module.py": (b"answer = 42\n", 0o644)})
  pins = {
      "iree": "1.0",
      "parts": [
          part("tool", "files", "needed", "tool-1.0",
               {"name": "tool", "files": {"data/tool": "bin/tool"},
                "links": {"lib/tool": "../bin/tool"}, "wheels": [tool]}),
          part("library", "files", "needed", "library-1.0",
               {"name": "library", "files": {"data/library.so": "lib/library.so"},
                "wheels": [library]}),
          part("python", "python", "peers", "peers/python",
               {"name": "module", "wheels": [module]}),
      ],
      "llvm": {"version": "1", "folder": "/nowhere", "library": "libLLVM.so.1"},
      "debian": [{"name": "libc6", "group": "needed", "purpose": "everything",
                  "library": "libc.so.6"}],
  }
  with open(os.path.join(root, "pins.json"), "w") as file:
      json.dump(pins, file)

  os.makedirs(os.path.join(root, "modules/pip"))
  open(os.path.join(root, "modules/pip/__init__.py"), "w").close()
  with open(os.path.join(root, "modules/pip/__main__.py"), "w") as file:
      file.write('''if True:
          import glob, os, shutil, sys, time
          sandbox, requirement = os.environ["SANDBOX"], sys.argv[2]
          with open(sandbox + "/pip.log", "a") as log:
              log.write(requirement + "\\n")
          destination = sys.argv[sys.argv.index("--dest") + 1]
          name = requirement.replace("==", "-")
          [wheel] = glob.glob(f"{sandbox}/registry/{name}-*.whl")
          with open(os.environ["TMPDIR"] + "/half", "w") as half:
              half.write("half of it")
          time.sleep(float(os.environ["PIP_DELAY"]))
          shutil.copy(wheel, destination)
      ''')
  """#
