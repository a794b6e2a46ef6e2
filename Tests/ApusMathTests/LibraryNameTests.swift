import ApusMath
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

/// The catalogue against the archives themselves.
@Suite struct LibraryNameTests {
  private static let triple = "/usr/lib/x86_64-linux-gnu"

  private static let architectures = [("x86_64", FloatType.x86FP80), ("aarch64", .f128)]

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// What a library defines for others.
  private func definitions(_ libraries: [String], _ options: String...) async throws
    -> Set<String>
  {
    let output = try await runLLVMTool(
      "llvm-nm",
      ["--defined-only", "--extern-only", "--format=just-symbols"] + options + libraries
    )
    return Set(output.split(separator: "\n").map(String.init))
  }

  /// The names of C's functions of a library, by the catalogue.
  private func names(
    in library: MathLibrary,
    _ types: [FloatType],
    longDouble: FloatType? = .x86FP80
  ) -> Set<String> {
    Set(
      MathFunction.all.flatMap { function in
        types.compactMap { function.name(for: $0, in: library, longDouble: longDouble) }
      }
    )
  }

  /// The archive that the linker script `libm.a` names.
  private static var glibc: String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: triple)) ?? []
    let name = names.first { $0.hasPrefix("libm-") && $0.hasSuffix(".a") }
    return name.map { "\(triple)/\($0)" }
  }

  @Test(.enabled(if: glibc != nil, "glibc's archives are not installed"))
  func `glibc defines every function that the catalogue says it has`() async throws {
    // ldexp and a few others are in the C library proper.
    let defined = try await definitions([try #require(Self.glibc), "\(Self.triple)/libc.a"])
    let named = names(in: .glibc, [.f32, .f64, .x86FP80, .f128])
    #expect(named.subtracting(defined) == [])
    #expect(named.count > 250)
  }

  @Test func `musl defines every function that the catalogue says it has`() async throws {
    for (architecture, longDouble) in Self.architectures {
      let archive = Peers.muslMath(architecture)
      let defined = try await definitions([archive.string])
      let named = names(in: .musl, [.f32, .f64, longDouble], longDouble: longDouble)
      #expect(named.subtracting(defined) == [], "\(archive)")
      #expect(named.count > 170)
    }
  }

  @Test func `what the catalogue says musl lacks is not there`() async throws {
    for (architecture, longDouble) in Self.architectures {
      let archive = Peers.muslMath(architecture)
      let defined = try await definitions([archive.string])
      for function in MathFunction.all {
        for (type, suffix) in [(FloatType.f32, "f"), (.f64, ""), (longDouble, "l")]
        where function.name(for: type, in: .musl, longDouble: longDouble) == nil {
          #expect(!defined.contains(function.name + suffix), "\(function.name)\(suffix)")
        }
      }
    }
  }

  @Test(.enabled(if: exists("\(triple)/libmvec.a"), "libmvec is not installed"))
  func `libmvec has the functions of the catalogue and no others`() async throws {
    let defined = try await definitions(["\(Self.triple)/libmvec.a"])
      .filter { $0.hasPrefix("_ZGV") }
    let functions = MathFunction.all.flatMap { function in
      [FloatType.f32, .f64].flatMap { type in
        VectorISA.allCases.flatMap { function.vectorFunctions(for: type, $0) }
      }
    }
    #expect(functions.count == 2 * 4 * 28)
    let named = Set(functions.map(\.name) + functions.map(\.implementation))
    #expect(named.subtracting(defined) == [])

    // Beside them there are code for older processors and wrappers around narrower functions.
    let others = ["_sse2", "_knl", "_sse_wrapper", "_avx2_wrapper"]
    let rest = defined.subtracting(named).filter { name in
      !others.contains { name.hasSuffix($0) }
    }
    #expect(rest == [])
  }

  @Test(.enabled(if: exists("/lib/x86_64-linux-gnu/libmvec.so.1"), "libmvec is not installed"))
  func `libmvec's shared library exports the public names`() async throws {
    let defined = Set(
      try await definitions(["/lib/x86_64-linux-gnu/libmvec.so.1"], "--dynamic")
        .map { $0.prefix(while: { $0 != "@" }) }
    )
    for function in MathFunction.all {
      for type in [FloatType.f32, .f64] {
        for isa in VectorISA.allCases {
          guard let vector = function.vectorFunction(for: type, isa) else { continue }
          #expect(defined.contains(Substring(vector.name)), "\(vector.name)")
        }
      }
    }
  }

  @Test(.enabled(if: Peers.ocml != nil, "IREE's ROCm library is not installed"))
  func `OCML defines every function that the catalogue says it has`() async throws {
    let defined = try await definitions([try #require(Peers.ocml).string])
    let named = names(in: .ocml, [.f16, .f32, .f64])
    #expect(named.subtracting(defined) == [])
    #expect(named.count > 150)
  }
}
