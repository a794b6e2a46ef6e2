import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct OptionTableTests {
  /// A value that each option accepts, where any word will not do.
  private static let values = [
    "--format": "elf", "--lto": "full", "--lto-O": "2", "--lto-CGO": "2", "--save-temps": "opt",
    "--plugin-opt=O": "1", "--plugin-opt=jobs": "2", "--thinlto-jobs": "2", "--threads": "2",
    "--lto-partitions": "2", "--plugin-opt=lto-partitions": "2",
    "--rsp-quoting": "posix", "--unresolved-symbols": "report-all", "--defsym": "a=b",
    "--remap-inputs": "a=b", "--remap-inputs-file": "/dev/null", "-b": "elf",
    "--hash-style": "gnu", "--image-base": "0x1000", "--error-limit": "1", "-O": "1",
    "--split-stack-adjust-size": "1", "--time-trace-granularity": "1",
  ]

  /// One form of `ld.lld --help`, such as `--Map=<value>`, as arguments.
  private func arguments(for form: Substring) -> [String] {
    // `--shuffle-sections=<section-glob>=<seed>`: from the first mark on it is the value.
    let literals = ["=glob": 4, "=file": 4]
    let literal = literals.first { form.hasSuffix($0.key) }?.value
    let end = form.firstIndex { "<[".contains($0) }
    guard let end = end ?? literal.map({ form.index(form.endIndex, offsetBy: -$0) }) else {
      return [String(form)]
    }
    let prefix = form[..<end]
    let name = prefix.hasSuffix("=") || prefix.hasSuffix(" ") ? prefix.dropLast() : prefix
    let value = Self.values[String(name)] ?? "x"
    return prefix.hasSuffix(" ") ? [String(name), value] : [prefix + value]
  }

  @Test func `every option that lld lists is known, with its arity`() async throws {
    let help = try await runTool(LLVMTools.path("ld.lld"), ["--help"])
    let forms = help.output.split(separator: "\n").filter { $0.hasPrefix("  -") }.map { line in
      // The description begins after two spaces, or on the next line.
      let form = line.dropFirst(2)
      let words = form.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      let takesNext = words.count > 1 && (words[1].hasPrefix("<") || words[1].hasPrefix("["))
      return takesNext ? form[..<words[1].endIndex] : words[0]
    }
    #expect(forms.count > 300)
    for form in forms {
      let option = arguments(for: form)
      let addsInput = form.hasPrefix("--library=") || form.hasPrefix("--library ")
      let count = addsInput || form.hasPrefix("-l ") ? 2 : 1
      do throws(LinkError) {
        let found = inputs(of: try LinkerArguments(option + ["in.o"]))
        #expect(found.count == count, "\(form) as \(option)")
        #expect(found.last?.source == .file("in.o"), "\(form) as \(option)")
      } catch {
        let isKnown = error.code == .unsupported || error.message.contains(" without --")
        #expect(isKnown, "\(form) as \(option): \(error)")
      }
    }
  }

  @Test(arguments: [
    "-d", "-g", "--no-add-needed", "-no-keep-memory", "-stats", "-rpath-link=x", "-G0",
    "--no-call-graph-profile-sort", "--mips-got-size=1", "--thinlto-single-module=x",
    "--disable-verify", "--Ttext-segment=0", "--plugin-opt=thinlto", "--lto-obj-path=x",
  ])
  func `options that lld does not list are known, too`(option: String) {
    do throws(LinkError) {
      let found = inputs(of: try LinkerArguments([option, "in.o"]))
      #expect(found.count == 1)
    } catch {
      #expect(error.code == .unsupported, "\(error)")
    }
  }

  @Test func `nothing is both known here and unknown to lld, but Apus's own`() async throws {
    let folder = try TemporaryFolder()
    let own = [
      "explain", "time-phases", "keep-intrinsics", "json", "quiet", "inline-math", "vector-library",
    ]
    for name in OptionTable.longNames where !own.contains(name) {
      let option = try #require(OptionTable.option(named: name))
      // lld complains of the value, or of there being no input, but not of the option.
      var words = ["--" + name]
      switch option.operand {
      case .joined: words = ["--\(name)="]
      case .either: words = ["--\(name)=x"]
      case .separate: words = ["--\(name)", "x"]
      case .none, .optional: break
      }
      if OptionTable.numberedOptions.contains(name) { words = ["--\(name)1"] }
      let isOfValues = ["icf", "plugin-opt", "format"].contains(name)
      if isOfValues || name == "chroot" { continue }
      // --reproduce and others write a file beside where they run.
      let result = try await runTool(LLVMTools.path("ld.lld"), words, in: folder.path)
      #expect(!result.error.contains("unknown argument"), "\(words): \(result.error)")
    }
  }
}

func inputs(of arguments: LinkerArguments) -> [LinkOptions.Input] { inputs(of: arguments.options) }

func inputs(of options: LinkOptions) -> [LinkOptions.Input] {
  options.items.compactMap { if case .input(let input) = $0 { input } else { nil } }
}

func nativeOptions(of arguments: LinkerArguments) -> [[String]] {
  arguments.options.items.compactMap {
    if case .nativeOption(let words) = $0 { words } else { nil }
  }
}
