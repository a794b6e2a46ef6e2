// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "apus-accuracy",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "apus", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    // What math functions are, by MPFR.
    .target(
      name: "CExactMath",
      linkerSettings: [.linkedLibrary("mpfr"), .linkedLibrary("gmp")]
    ),

    // How far the functions of compiled programs are from that.
    .executableTarget(
      name: "accuracy",
      dependencies: [
        "CExactMath",
        .product(name: "Apus", package: "apus"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        // The tool, which compiles in a process of its own, and the linker of kernels.
        .product(name: "apus", package: "apus"),
        .product(name: "apus-ld", package: "apus"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)
