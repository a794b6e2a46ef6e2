import ApusMath
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

/// Every function of a math library, in every type.
@Suite struct WholeLibraryTests {
  @Test func `the functions that programs call here are all that musl has`() async throws {
    let archive = try Archive(FileSlice(mapping: Peers.muslMath("x86_64")))
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    let public_ = Set(index.symbols.map(\.name)).filter {
      !$0.hasPrefix("_") && !$0.hasPrefix("fe")
    }
    let called = Set(MathCall.all.map(\.name))
    #expect(called.subtracting(public_) == [])
    // Those left over are variables, older names, and functions that take strings or two types.
    #expect(
      public_.subtracting(called).sorted() == [
        "finite", "finitef", "nan", "nanf", "nanl", "nexttoward", "nexttowardf", "nexttowardl",
        "pow10", "pow10f", "pow10l", "signgam",
      ]
    )
  }

  @Test(arguments: MathCall.all)
  func `a program that calls one function links, and computes what a native link does`(
    call: MathCall
  ) async throws {
    let outcome = try await MathLibraryTable.shared.outcome(of: call)
    #expect(outcome == .same)
  }

  @Test(arguments: [MathLibraryForm.bitcode, .fat], [FloatType.f32, .f64, .x86FP80])
  func `a program that calls every function of a type links, all of it compiled`(
    form: MathLibraryForm,
    type: FloatType
  ) async throws {
    let outcomes = try await MathLibraryTable.shared.outcomes(of: type, in: form, by: .apus)
    #expect(outcomes.filter { $0.value != .same } == [:])
  }

  @Test func `without its fenv, only functions that need it cannot be linked`() async throws {
    let needFenv: Set = ["fmaf", "fmal", "nearbyint", "nearbyintf", "nearbyintl"]
    let calls = MathCall.all.filter { !needFenv.contains($0.name) }
    for outcome in try await MathPrograms.outcomes(of: calls, in: .bitcodeAlone, by: .apus) {
      #expect(outcome == .same)
    }
    for call in MathCall.all.filter({ needFenv.contains($0.name) }) {
      let outcome = try await MathPrograms.outcomes(of: [call], in: .bitcodeAlone, by: .apus)[0]
      guard case .fails(let message) = outcome else {
        Issue.record("\(call.name): \(outcome)")
        continue
      }
      #expect(message.contains("undefined symbol: fe"))
    }
  }

  @Test func `LLVM libc links, and computes what a native link does`() async throws {
    let archive = try await Archive(FileSlice(mapping: MathLibraryForm.llvmLibc.archive))
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    let calls = MathCall.all.filter { index.member(defining: $0.name) != nil }
    #expect(calls.count > 100)
    let outcomes = try await MathPrograms.outcomes(of: calls, in: .llvmLibc, by: .apus)
    #expect(zip(calls, outcomes).filter { $0.1 != .same }.map(\.0.name) == [])
  }

  @Test func `the table in the documentation says what links`() async throws {
    let text = try await MathLibraryTable.shared.text()
    let file = Peers.packageFolder.appending("Documentation/MathLibraryTable.md")
    if ProcessInfo.processInfo.environment["APUS_WRITE_TABLES"] != nil {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
    }
    let written = try String(contentsOfFile: file.string, encoding: .utf8)
    #expect(text == written, "APUS_WRITE_TABLES=1 writes it anew")
  }
}
