import ApusMath
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

/// Who links which function of musl's libm, found out by linking and running.
actor MathLibraryTable {
  static let shared = MathLibraryTable()

  private var single: [MathCall: Task<MathPrograms.Outcome, any Error>] = [:]
  private var batches: [Batch: Task<[MathCall: MathPrograms.Outcome], any Error>] = [:]

  private struct Batch: Hashable {
    var type: FloatType
    var form: MathLibraryForm
    var linker: MathPrograms.TestedLinker
  }

  /// A program that calls one function, with the library that setup builds.
  func outcome(of call: MathCall) async throws -> MathPrograms.Outcome {
    let task =
      single[call]
      ?? Task { try await MathPrograms.outcomes(of: [call], in: .fat, by: .apus)[0] }
    single[call] = task
    return try await task.value
  }

  /// One program that calls every function of a type; everything is compiled from bitcode.
  func outcomes(
    of type: FloatType,
    in form: MathLibraryForm,
    by linker: MathPrograms.TestedLinker
  ) async throws -> [MathCall: MathPrograms.Outcome] {
    let batch = Batch(type: type, form: form, linker: linker)
    let task =
      batches[batch]
      ?? Task {
        let calls = MathCall.all.filter { $0.type == type }
        let outcomes = try await MathPrograms.outcomes(
          of: calls,
          in: form,
          by: linker,
          "--inline-math=all"
        )
        return Dictionary(uniqueKeysWithValues: zip(calls, outcomes))
      }
    batches[batch] = task
    return try await task.value
  }

  // MARK: Text

  /// The table, in Markdown.
  func text() async throws -> String {
    let lldAlone = try await Self.outcomeOfLLDWithoutFenv()
    var rows: [String] = []
    for call in MathCall.all {
      let cells = [
        try await outcome(of: call),
        try await outcomes(of: call.type, in: .fat, by: .apus)[call],
        try await outcomes(of: call.type, in: .bitcode, by: .apus)[call],
        try await outcomes(of: call.type, in: .fat, by: .lld)[call],
        try await outcomes(of: call.type, in: .bitcode, by: .lld)[call],
        lldAlone,
      ]
      rows.append("| `\(call.name)` | " + cells.map(Self.cell).joined(separator: " | ") + " |")
    }
    return """
      # Who links libm

      Every function of musl's libm, called through its builtin where clang has one, compiled with
      `-O2 -flto -fno-math-errno` and linked to a shared library. *yes*: it links, and computes what a native
      link by lld computes, bit for bit, for some 500 to 27,000 arguments.

      - **apus**: one program for each function, the library as fat objects.
      - **apus, all**: one program for each type that calls every function; `--inline-math=all` compiles
        everything from the fat objects' bitcode.
      - **apus, bitcode**: the same, the library as bitcode.
      - **lld, fat** and **lld, bitcode**: the same programs linked by lld 22, with `--fat-lto-objects`, and with the
        library as bitcode.
      - **lld, alone**: lld 22 and the bitcode without the functions of `fenv.h`, which musl keeps in another folder.
        lld extracts every function of the library that LLVM could call, so that no program links. Apus links
        all but the five that need them: `fmaf`, `fmal`, `nearbyint`, `nearbyintf` and `nearbyintl`.

      This file is written by a test: `APUS_WRITE_TABLES=1 swift test --filter WholeLibraryTests`.

      | function | apus | apus, all | apus, bitcode | lld, fat | lld, bitcode | lld, alone |
      |--|--|--|--|--|--|--|
      \(rows.joined(separator: "\n"))

      """
  }

  private static func cell(_ outcome: MathPrograms.Outcome?) -> String {
    switch outcome {
    case .same: "yes"
    case .different: "other results"
    case .fails(let message): message
    case nil: "?"
    }
  }

  /// What lld makes of a program that calls nothing, where the library has no fenv.
  private static func outcomeOfLLDWithoutFenv() async throws -> MathPrograms.Outcome {
    let fixture = try LinkFixture()
    try await fixture.compile("int run(void) { return 0; }", to: "nothing.o")
    let result = try await fixture.linkWithLLD(
      "nothing.so",
      ["-shared", "--no-undefined", "nothing.o", MathLibraryForm.bitcodeAlone.archive.string]
    )
    return result.status == 0 ? .same : .fails(MathPrograms.firstError(result.error))
  }
}

/// Programs that call math functions, linked in several ways and run.
enum MathPrograms {
  /// Who links.
  enum TestedLinker {
    case apus
    case lld
  }

  /// What came of a function.
  enum Outcome: Hashable {
    /// The results are those of a native link.
    case same
    /// They are not.
    case different
    /// There is no program.
    case fails(String)
  }

  /// Links a program that calls the functions, and compares its results with those of a native link.
  static func outcomes(
    of calls: [MathCall],
    in form: MathLibraryForm,
    by linker: TestedLinker,
    _ options: String...
  ) async throws -> [Outcome] {
    await places.take()
    do {
      let outcomes = try await linkAndRun(calls, in: form, by: linker, options)
      await places.giveBack()
      return outcomes
    } catch {
      await places.giveBack()
      throw error
    }
  }

  /// How many programs are made at a time.
  private static let places = Places(3)

  private static func linkAndRun(
    _ calls: [MathCall],
    in form: MathLibraryForm,
    by linker: TestedLinker,
    _ options: [String]
  ) async throws -> [Outcome] {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(MathCall.program(of: calls), to: "calls.o", as: .fat)
    let library = try await form.archive.string
    let common = ["-shared", "-Bsymbolic", "--no-undefined", program]
    var systemLibraries: [String] = []
    if form == .llvmLibc {
      // It leaves errno and division of 128-bit integers to others.
      for name in ["libc.so.6", "libgcc.a"] {
        systemLibraries.append(try await InputFixture.systemLibrary(name).string)
      }
    }

    let nativeLibrary = form == .llvmLibc ? form : .machineCode
    let native = try await fixture.linkWithLLD(
      "native.so",
      common + [nativeLibrary.archive.string] + systemLibraries
    )
    try #require(native.status == 0, "\(native.error)")

    switch linker {
    case .apus:
      do {
        try fixture.link("linked.so", common + [library] + systemLibraries + options)
      } catch {
        return calls.map { _ in .fails("\(error)") }
      }
    case .lld:
      let result = try await fixture.linkWithLLD(
        "linked.so",
        common + [library, "--fat-lto-objects"]
      )
      guard result.status == 0 else {
        return calls.map { _ in .fails(firstError(result.error)) }
      }
    }
    let expected = try await MathCall.split(fixture.results(of: "native.so"))
    let results = try await MathCall.split(fixture.results(of: "linked.so"))
    try #require(results.count == calls.count && expected.count == calls.count)
    return zip(results, expected).map { $0 == $1 ? .same : .different }
  }

  /// The first thing that lld complains of, without its name.
  static func firstError(_ messages: String) -> String {
    let line = messages.split(separator: "\n").first { $0.contains("error: ") } ?? "?"
    return line.split(separator: "error: ", maxSplits: 1).last.map(String.init) ?? String(line)
  }
}

/// Lets a few at a time do something: a test for every function would start a compiler for every function.
private actor Places {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func giveBack() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
