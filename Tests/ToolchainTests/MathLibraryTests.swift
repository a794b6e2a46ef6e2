import ApusNativeLibrary
import Foundation
import SystemPackage
import Testing

private let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)

private let isInstalled =
  ProcessInfo.processInfo.environment["APUS_REQUIRE_ALL_TESTS"] == "1"
  || FileManager.default.fileExists(atPath: toolchain.mathLibrary(architecture: "x86_64").string)

/// The math library that is installed.
@Suite(.enabled(if: isInstalled, "run 'make setup'"))
struct MathLibraryTests {
  private static func library(_ architecture: String) -> String {
    toolchain.mathLibrary(architecture: architecture).string
  }

  /// musl's own assembly for x86-64: what the x87 unit does in an instruction or two.
  private static let assembly: [String: Set<String>] = [
    "x86_64": [
      "__invtrigl.o", "acosl.o", "asinl.o", "atan2l.o", "atanl.o", "ceill.o", "exp2l.o", "expl.o",
      "expm1l.o", "fenv.o", "floorl.o", "log10l.o", "log1pl.o", "log2l.o", "logl.o", "truncl.o",
    ],
    "aarch64": ["fenv.o"],
  ]

  @Test(arguments: ["x86_64", "aarch64"])
  func `every object has machine code, and bitcode unless it was written in assembly`(
    architecture: String
  ) throws {
    let listing = try ArchiveListing(readingWithBinutils: Self.library(architecture))
    #expect(listing.members.count == 239)
    #expect(listing.members(with: ".text") == listing.members)
    let bitcode = Set(listing.members(with: ".llvm.lto"))
    #expect(Set(listing.members).subtracting(bitcode) == Self.assembly[architecture])
  }

  @Test(arguments: ["x86_64", "aarch64"])
  func `the index finds each function in the member that defines it`(architecture: String) throws {
    let index = try ArchiveListing(readingWithBinutils: Self.library(architecture)).index
    for (function, member) in [
      "sin": "sin", "powf": "powf", "sinl": "sinl", "sincos": "sincos",
      "__fpclassify": "__fpclassify",
      "pow10": "exp10", "fegetround": "fenv", "signgam": "signgam",
    ] {
      #expect(index[function] == "\(member).o")
    }
    for function in ["memcpy", "memset", "printf", "__errno_location", "cexp"] {
      #expect(index[function] == nil)
    }
  }

  @Test func `what it leaves undefined is, on aarch64, arithmetic with floats of 128 bits`() throws
  {
    #expect(try ArchiveListing.undefinedSymbols(in: Self.library("x86_64")) == [])
    let undefined = try ArchiveListing.undefinedSymbols(in: Self.library("aarch64"))
    #expect(undefined.isSuperset(of: ["__addtf3", "__multf3", "__extenddftf2"]))
    #expect(undefined.filter { $0.wholeMatch(of: /__[a-z]+tf[a-z]*[23]?/) == nil } == [])
  }
}
