internal import ApusPackaging
internal import ArgumentParser
internal import Foundation
internal import SystemPackage

struct BundleRuntimeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle-runtime",
    abstract: "Make IREE's runtime one object, to be linked into programs.",
    discussion: """
      Takes the distribution from IREE's release page,
      iree-dist-3.9.0-linux-x86_64.tar.xz, packed or unpacked. A program that is
      linked with the object needs no shared library of IREE. Nothing in the
      program's source or manifest changes:

        swift build -Xlinker ~/.cache/apus/iree-static-3.9.0/x86_64/lib/apus-iree-runtime.o

      EXAMPLES
        apus bundle-runtime --dist iree-dist-3.9.0-linux-x86_64.tar.xz
        apus bundle-runtime --dist iree-dist -o runtime --shared
      """
  )

  @Option(
    help: ArgumentHelp(
      "The distribution: a tarball or a folder. (default: what APUS_IREE_DIST names)",
      valueName: "path"
    )
  )
  var dist: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The folder to fill. (default: a folder of the toolchain's)",
      valueName: "folder"
    )
  )
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The processor the distribution must be for: x86_64 or aarch64. (default: this machine's)",
      valueName: "name"
    )
  )
  var architecture: String?

  @Flag(help: "Make a shared library too, for APUS_IREE_RUNTIME.")
  var shared = false

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let named = dist ?? environment["APUS_IREE_DIST"] ?? ""
    guard !named.isEmpty else {
      throw ValidationError("no distribution given: use --dist, or set APUS_IREE_DIST")
    }
    let standard = RuntimeBundle(architecture: architecture, environment: environment)
    let processor = standard.folder.lastComponent?.string
    let bundle = output.map { RuntimeBundle(at: FilePath($0)) } ?? standard
    try await IREEDistribution.with(
      FilePath(named),
      architecture: processor,
      scratch: bundle.folder
    ) { distribution in
      try await bundle.make(from: distribution, sharedLibrary: shared, environment: environment)
    }
    Terminal.output.write("\(bundle.object)\n")
    if shared { Terminal.output.write("\(bundle.sharedLibrary)\n") }
  }
}
