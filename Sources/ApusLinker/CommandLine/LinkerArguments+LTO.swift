// Options about link-time optimisation, as lld spells them and as compilers pass them to LLVM's
// linker plugin.
extension LinkerArguments {
  mutating func applyLTO(
    _ name: String,
    _ value: String,
    spelling: String
  ) throws(LinkError) {
    switch name {
    case "plugin-opt": try applyPluginOption(value, spelling: spelling)
    case "mllvm": applyLLVMOption(value)
    case "lto":
      // ThinLTO's bitcode is bitcode; it is linked as one program all the same.
      guard ["full", "thin"].contains(value) else { throw invalid(spelling, "full or thin") }
    case "lto-O": options.optimizationLevel = try level(value, spelling)
    case "lto-CGO": options.codeGenerationLevel = try level(value, spelling)
    case "save-temps":
      guard Self.temporaries.contains(value) else {
        throw invalid(
          spelling,
          "expected one of " + Self.temporaries.joined(separator: ", ")
        )
      }
      options.savesTemporaries = true
    case "thinlto-jobs":
      guard let count = value == "all" ? 0 : Int(value), count >= 0 else {
        throw invalid(spelling, "a number is expected, or all")
      }
      options.threadCount = count == 0 ? nil : count
      hasJobs = true
    case "lto-partitions":
      guard let count = Int(value), count > 0 else {
        throw invalid(spelling, "a positive number is expected")
      }
      options.partitionCount = count
    default: break
    }
  }

  private static let temporaries = [
    "resolution", "preopt", "promote", "internalize", "import", "opt", "precodegen", "prelink",
    "combinedindex",
  ]

  private func level(_ value: String, _ spelling: String) throws(LinkError) -> Int {
    guard value.utf8.count == 1, let level = Int(value), (0...3).contains(level) else {
      throw invalid(spelling, "the optimization level is 0, 1, 2 or 3")
    }
    return level
  }
}

// MARK: The plugin's options

extension LinkerArguments {
  /// What the plugin calls an option, and what lld does.
  private static let pluginOptions = [
    "cs-profile-generate": "lto-cs-profile-generate", "cs-profile-path": "lto-cs-profile-file",
    "debug-pass-manager": "lto-debug-pass-manager", "disable-verify": "disable-verify",
    "emit-asm": "lto-emit-asm", "emit-llvm": "lto-emit-llvm", "jobs": "thinlto-jobs",
    "lto-partitions": "lto-partitions", "obj-path": "lto-obj-path",
    "opt-remarks-filename": "opt-remarks-filename", "opt-remarks-format": "opt-remarks-format",
    "opt-remarks-hotness-threshold": "opt-remarks-hotness-threshold",
    "opt-remarks-passes": "opt-remarks-passes",
    "opt-remarks-with-hotness": "opt-remarks-with-hotness",
    "sample-profile": "lto-sample-profile", "save-temps": "save-temps",
    "thinlto-emit-imports-files": "thinlto-emit-imports-files",
    "thinlto-index-only": "thinlto-index-only",
    "thinlto-object-suffix-replace": "thinlto-object-suffix-replace",
    "thinlto-prefix-replace": "thinlto-prefix-replace", "time-trace": "time-trace",
  ]

  private mutating func applyPluginOption(
    _ option: String,
    spelling: String
  ) throws(LinkError) {
    let equals = option.firstIndex(of: "=")
    let name = String(option[..<(equals ?? option.endIndex)])
    let value = equals.map { String(option[option.index(after: $0)...]) }
    switch (name, value) {
    case ("-pass-through", _), ("-fresolution", _):
      break  // GCC's, about its own plugin.
    case _ where option.hasPrefix("-"):
      applyLLVMOption(option)
    case ("mcpu", .some(let processor)):
      options.targetCPU = processor
    case ("dwo_dir", .some):
      warnings.append("'\(spelling)' has no effect: debug information stays in the output")
    case ("stats-file", .some):
      warnings.append("'\(spelling)' has no effect: statistics are written by --json")
    case _ where Self.pluginOptions[name] != nil:
      try applyPluginAlias(name, value, spelling: spelling)
    case _ where name.hasPrefix("thinlto"):
      break  // The inputs say themselves whether they are ThinLTO's.
    case _ where name.hasPrefix("O"):
      options.optimizationLevel = try level(String(option.dropFirst()), spelling)
    case _ where option.hasSuffix("/lto-wrapper") || option.hasSuffix("/liblto_plugin.so"):
      break  // GCC's.
    default:
      var message = "unknown option of the plugin '\(spelling)'"
      if let near = nearestName(to: name, among: Self.pluginOptions.keys.sorted()) {
        message += "; did you mean '\(near)'?"
      }
      throw LinkError(.invalidArguments, message)
    }
  }

  private mutating func applyPluginAlias(
    _ name: String,
    _ value: String?,
    spelling: String
  ) throws(LinkError) {
    guard let known = Self.pluginOptions[name].flatMap(OptionTable.option(named:)) else { return }
    switch (known.operand, value) {
    case (.none, .some): throw invalid(spelling, "\(name) takes no value")
    case (.joined, nil), (.either, nil), (.separate, nil):
      throw invalid(spelling, "\(name) needs a value")
    default: try apply(known, spelling: spelling, value: value)
    }
  }

  /// An option of LLVM's command line: `-mattr=+avx2`, `-function-sections=1`.
  private mutating func applyLLVMOption(_ option: String) {
    let body = option.drop { $0 == "-" }
    let name = body.prefix { $0 != "=" }
    let value = String(body.dropFirst(name.count + 1))
    switch name {
    case "mcpu": options.targetCPU = value
    case "mattr":
      options.targetFeatures = [options.targetFeatures, value].compactMap(\.self)
        .joined(separator: ",")
    case "function-sections", "data-sections":
      break  // Every function and variable gets a section of its own.
    default: options.llvmOptions.append(option.hasPrefix("-") ? option : "-" + option)
    }
  }
}
