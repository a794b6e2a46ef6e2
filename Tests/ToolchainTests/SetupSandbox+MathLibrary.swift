import ApusNativeLibrary
import Foundation
import SystemPackage

// A tiny musl, and a stand-in for apt-get that brings it. What compiles it is real.

extension SetupSandbox {
  /// Adds the part `math library` to the pins: three functions, one of them in assembly for x86-64.
  func addMathLibrary() throws {
    try addAptGet()
    for tool in ["ar", "sed"] { try addTool(tool) }
    let clang = ToolchainFolder(environment: [:]).clang
    try runPython(makeMathLibrary, root.path, clang.string)
  }

  /// Puts a stand-in for apt-get on `PATH`, which logs what it is asked for.
  ///
  /// It brings the source package `musl`, and the file `brought` for any other package.
  func addAptGet() throws {
    let script = """
      #!/bin/sh
      echo "$@" >> "$SANDBOX/apt.log"
      case "$*" in
        *" source "*) exec /bin/cp "$SANDBOX/registry/musl_1.0.orig.tar.gz" . ;;
        *" install "*) : > "$SANDBOX/brought" ;;
      esac
      """
    let file = root.appending(path: "path/apt-get")
    try Data(script.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  /// What apt-get was asked for, without its settings.
  func aptCommands() throws -> [String] {
    let log = root.appending(path: "apt.log")
    guard FileManager.default.fileExists(atPath: log.path) else { return [] }
    return try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map {
      String($0).replacing(#/-o \S+ ?|-qq /#, with: "")
    }
  }

  /// The math library of an architecture.
  func mathLibrary(_ architecture: String) -> URL {
    home.appending(path: "libm-1.0/\(architecture)/libm.a")
  }

  private func addTool(_ name: String) throws {
    let link = root.appending(path: "path/\(name)").path
    let tool = ["/usr/bin", "/bin"].map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let tool else { throw SandboxError(text: "\(name) is missing") }
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: tool)
  }
}

/// Python that makes musl's source archive and the part's pins.
private let makeMathLibrary = #"""
  import hashlib, io, json, os, sys, tarfile

  root, clang = sys.argv[1:]
  files = {
      "COPYRIGHT": "none\n",
      "tools/mkalltypes.sed": "s/^TYPEDEF/typedef/\n",
      "include/alltypes.h.in": "TYPEDEF double double_t;\n",
      "arch/x86_64/bits/alltypes.h.in": "TYPEDEF long arch_t;\n",
      "arch/aarch64/bits/alltypes.h.in": "TYPEDEF long arch_t;\n",
      "include/math.h": "#include <bits/alltypes.h>\n#define twice(x) \\\n  double_it(x);\n"
                        "static inline int inlined(int x) { return x; }\n"
                        "double_t one(double);\ndouble_t two(double), extra (void) ;\n"
                        "extern int sign;\ndouble_t three(\n  double);\n",
      "src/math/one.c": "#include <math.h>\ndouble_t one(double x) { return x + 1; }\n"
                        "double_t extra(void) { return 0; }\n",
      "src/math/two.c": "#include <math.h>\ndouble_t two(double x) { return x + 2; }\n",
      "src/math/three.c": "#include <math.h>\ndouble_t three(double x) { return x + 3; }\n",
      "src/math/x86_64/two.s": ".globl two\n.type two,@function\ntwo: ret\n",
      "src/math/x86_64/notes.txt": "not a source",
      "src/string/memcpy.c": "not taken",
  }
  path = os.path.join(root, "registry/musl_1.0.orig.tar.gz")
  with tarfile.open(path, "w:gz") as archive:
      for name, text in files.items():
          member = tarfile.TarInfo("musl-1.0/" + name)
          member.size = len(text.encode())
          archive.addfile(member, io.BytesIO(text.encode()))
  with open(path, "rb") as archive:
      digest = hashlib.sha256(archive.read()).hexdigest()

  pin_file = os.path.join(root, "pins.json")
  with open(pin_file) as file:
      pins = json.load(file)
  pins["parts"].append({
      "name": "math library", "kind": "built", "group": "linking", "purpose": "linking math",
      "folder": "libm-1.0", "packages": [],
      "source": {"name": "musl", "version": "1.0", "file": "musl_1.0.orig.tar.gz",
                 "sha256": digest},
      "build": {"compiler": clang, "folders": ["src/math"],
                "targets": {"x86_64": "x86_64-linux-gnu", "aarch64": "aarch64-linux-gnu"},
                "flags": ["-O1", "-flto", "-ffat-lto-objects", "-nostdinc"]},
  })
  with open(pin_file, "w") as file:
      json.dump(pins, file)
  """#
