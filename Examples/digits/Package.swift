// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "digits",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "apus", path: "../..")],
  targets: [
    .executableTarget(name: "digits", dependencies: [.product(name: "Apus", package: "apus")])
  ]
)
