// swift-tools-version: 6.1
import PackageDescription

// Targets stand in the order of the data: declarations of the native libraries, the nouns that cross
// stages, one library a stage, the stages joined, the commands. Imports only ever point upwards here;
// Documentation/Architecture.md draws it.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "apus",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Apus", targets: ["Apus"]),
    .library(name: "ApusCompiler", targets: ["ApusCompiler"]),
    .library(name: "ApusLinker", targets: ["ApusLinker"]),
    .library(name: "ApusPackaging", targets: ["ApusPackaging"]),
    .library(name: "ApusRuntime", targets: ["ApusRuntime"]),
    .executable(name: "apus", targets: ["apus"]),
    .executable(name: "apus-launcher", targets: ["apus-launcher"]),
    .executable(name: "apus-ld", targets: ["apus-ld"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // The C API used of each native library, declared once. No logic, and nothing to link.
    .target(name: "CApusIREECompiler"),
    .target(name: "CApusIREERuntime"),
    .target(name: "CApusLLVM"),

    // A device for the thread that calls, where IREE's runtime was built without.
    .target(name: "CApusSyncDevice", dependencies: ["CApusIREERuntime"]),

    // Which CPUs a process may run on.
    .target(name: "CApusAffinity"),

    // Finds, opens and checks native libraries.
    .target(
      name: "ApusNativeLibrary",
      dependencies: [.product(name: "SystemPackage", package: "swift-system")],
      resources: [.embedInCode("toolchain.json")],
      swiftSettings: strict
    ),

    // What one stage hands to the next: programs as bytes, signatures, element types.
    .target(
      name: "ApusArtifacts",
      dependencies: [
        .product(name: "ComplexModule", package: "swift-numerics"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),

    // The math functions there are, as data.
    .target(name: "ApusMath", swiftSettings: strict),

    // MLIR to VM bytecode.
    .target(
      name: "ApusCompiler",
      dependencies: [
        "ApusArtifacts", "ApusMath", "ApusNativeLibrary", "CApusIREECompiler",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),

    // LLVM's C API with owners, for the linker.
    .target(
      name: "ApusLLVM",
      dependencies: [
        "ApusNativeLibrary", "CApusLLVM",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),

    // Bitcode, objects and archives to an object, a library or a program.
    .target(
      name: "ApusLinker",
      dependencies: [
        "ApusArtifacts", "ApusLLVM", "ApusMath", "ApusNativeLibrary",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),

    // VM bytecode to results.
    .target(
      name: "ApusRuntime",
      dependencies: [
        "ApusArtifacts", "ApusNativeLibrary", "CApusAffinity", "CApusIREERuntime",
        "CApusSyncDevice",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),

    // The stages joined: compile and run in one call, the cache of compiled programs, the toolchain.
    .target(
      name: "Apus",
      dependencies: [
        "ApusArtifacts", "ApusCompiler", "ApusNativeLibrary", "ApusRuntime",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),

    // What a packaged program does when it is started; `apus-launcher` is one without a program.
    .target(
      name: "ApusLauncher",
      dependencies: [
        "ApusArtifacts", "ApusRuntime",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(name: "apus-launcher", dependencies: ["ApusLauncher"]),

    // The runtime, and programs with it, made into one file to deploy.
    .target(
      name: "ApusPackaging",
      dependencies: [
        "ApusArtifacts", "ApusNativeLibrary", "CApusIREERuntime",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),

    // The command-line tool; `apus` itself only starts it.
    .target(
      name: "ApusCommands",
      dependencies: [
        "Apus", "ApusArtifacts", "ApusCompiler", "ApusLauncher", "ApusLinker", "ApusPackaging",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(name: "apus", dependencies: ["ApusCommands"], swiftSettings: strict),

    // The linker under a linker's command line.
    .executableTarget(
      name: "apus-ld",
      dependencies: ["ApusLinker", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict
    ),

    // Tests. Folders mirror those of the sources.
    .target(
      name: "ApusTestSupport",
      dependencies: [
        "Apus",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/ApusTestSupport"
    ),
    .testTarget(name: "ABITests", dependencies: ["ApusTestSupport"]),
    .testTarget(name: "ApusArtifactsTests", dependencies: ["ApusArtifacts", "ApusTestSupport"]),
    .testTarget(name: "ApusCommandsTests", dependencies: ["ApusTestSupport", "apus"]),
    .testTarget(
      name: "ApusCompilerTests",
      dependencies: ["ApusCompiler", "ApusMath", "ApusTestSupport", "apus"]
    ),
    .testTarget(
      name: "ApusLLVMTests",
      dependencies: [
        "ApusLLVM", "ApusNativeLibrary", "ApusTestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    .testTarget(
      name: "ApusLinkerTests",
      dependencies: [
        "ApusLLVM", "ApusLinker", "ApusMath", "ApusNativeLibrary", "ApusTestSupport", "apus-ld",
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    .testTarget(name: "ApusMathTests", dependencies: ["ApusMath", "ApusTestSupport"]),
    .testTarget(
      name: "ApusNativeLibraryTests",
      dependencies: ["ApusNativeLibrary", "ApusTestSupport"]
    ),
    .testTarget(
      name: "ApusLauncherTests",
      dependencies: ["ApusLauncher", "ApusTestSupport"]
    ),
    .testTarget(
      name: "ApusPackagingTests",
      dependencies: [
        "Apus", "ApusArtifacts", "ApusPackaging", "ApusTestSupport", "apus",
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    .testTarget(
      name: "ApusRuntimeTests",
      dependencies: [
        "Apus", "ApusTestSupport", .product(name: "ComplexModule", package: "swift-numerics"),
      ]
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Apus", "ApusTestSupport", .product(name: "ComplexModule", package: "swift-numerics"),
      ]
    ),
    .testTarget(name: "StressTests", dependencies: ["Apus", "ApusTestSupport"]),
    .testTarget(name: "ApusTests", dependencies: ["Apus", "ApusTestSupport"]),
    .testTarget(
      name: "ToolchainTests",
      dependencies: [
        "ApusNativeLibrary", "ApusTestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
