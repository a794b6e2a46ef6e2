// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "apus-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "apus", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    // The call that Apus's is compared with: C over the same library.
    .target(name: "CIREELoop"),

    // What keeps threads on a CPU.
    .target(name: "CAffinity"),

    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CAffinity",
        "CIREELoop",
        .product(name: "Apus", package: "apus"),
        .product(name: "ApusLinker", package: "apus"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        // The tool, whose start-up is measured.
        .product(name: "apus", package: "apus"),
        // The linker, which is measured as a program.
        .product(name: "apus-ld", package: "apus"),
      ],
      resources: [
        .embedInCode("Peers/peer.py"),
        .embedInCode("Programs/add.mlir"),
        .embedInCode("Programs/matmul.mlir"),
        .embedInCode("Programs/parameters.mlir"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)
