// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "gate",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "apus", path: "../..")],
  targets: [
    .executableTarget(name: "gate", dependencies: [.product(name: "Apus", package: "apus")])
  ]
)
