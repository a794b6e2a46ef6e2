// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "apus-conformance",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "apus", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // Reads programs that say what they should come to, runs them, judges and reports.
    .target(
      name: "ConformanceSuite",
      dependencies: [
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      // Its tests use what is internal, of a build for release too: there Apus is built already.
      swiftSettings: [.unsafeFlags(["-enable-testing"])]
    ),
    .executableTarget(
      name: "conformance",
      dependencies: [
        "ConformanceSuite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
        // The tool that compiles and runs the programs, and the linker that it needs.
        .product(name: "apus", package: "apus"),
        .product(name: "apus-ld", package: "apus"),
      ]
    ),
    .testTarget(name: "ConformanceSuiteTests", dependencies: ["ConformanceSuite"]),
  ],
  swiftLanguageModes: [.v6]
)
