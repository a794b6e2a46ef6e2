// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "great-circle",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "apus", path: "../..")],
  targets: [
    .executableTarget(
      name: "great-circle",
      dependencies: [.product(name: "Apus", package: "apus")]
    )
  ]
)
