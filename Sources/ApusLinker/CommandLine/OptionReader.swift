/// Splits a command line into options with their operands, and inputs.
///
/// The rules are lld's: a long name has one dash or two, its value follows `=` or is the next
/// argument; a short option takes the rest of the argument. Where both could be meant the long name
/// wins, but `-o` keeps whatever begins with it, as in GNU ld.
struct OptionReader {
  /// One word of the command line, with its operand.
  enum Word {
    /// A file.
    case input(String)
    /// An option, how it was written, its operand.
    case option(KnownOption, spelling: String, value: String?)
  }

  private let arguments: [String]
  private var next = 0

  init(_ arguments: [String]) { self.arguments = arguments }

  /// The next word; nil at the end.
  mutating func read() throws(LinkError) -> Word? {
    guard next < arguments.count else { return nil }
    let argument = arguments[next]
    next += 1
    guard !argument.isEmpty else {
      throw LinkError(.invalidArguments, "argument \(next) is empty")
    }
    guard argument.hasPrefix("-"), argument != "-" else { return .input(argument) }
    let hasTwoDashes = argument.hasPrefix("--")
    let body = argument.dropFirst(hasTwoDashes ? 2 : 1)
    if let word = try longOption(body, argument, hasTwoDashes) { return word }
    if !hasTwoDashes, let word = try shortOption(body, argument) { return word }
    throw unknown(argument)
  }

  // MARK: Long options

  private mutating func longOption(
    _ body: Substring,
    _ argument: String,
    _ hasTwoDashes: Bool
  ) throws(LinkError) -> Word? {
    let equals = body.firstIndex(of: "=")
    let name = String(body[..<(equals ?? body.endIndex)])
    let value = equals.map { String(body[body.index(after: $0)...]) }
    guard name.utf8.count > 1 else { return nil }
    if hasTwoDashes, let prefix = OptionTable.numberedOptions.first(where: name.hasPrefix),
      let option = OptionTable.option(named: prefix)
    {
      return .option(option, spelling: argument, value: String(body.dropFirst(prefix.count)))
    }
    guard let option = OptionTable.option(named: name) else { return nil }
    guard hasTwoDashes || option.dashes == .either else {
      try refuseOneDash(name, argument)
      return nil
    }
    switch (option.operand, value) {
    case (.none, nil), (.optional, _), (.joined, .some):
      return .option(option, spelling: argument, value: value)
    case (.either, .some(let value)):
      return .option(option, spelling: argument, value: value)
    case (.either, nil), (.separate, nil):
      return .option(option, spelling: argument, value: try operand(of: argument))
    case (.none, .some), (.separate, .some):
      guard hasTwoDashes else { return nil }
      throw LinkError(.invalidArguments, "'\(argument)': --\(name) takes no '='")
    case (.joined, nil):
      throw LinkError(.invalidArguments, "'\(argument)' needs a value: --\(name)=VALUE")
    }
  }

  /// `-export-dynamic-symbol=x` would silently be the entry `xport-dynamic-symbol=x`.
  private func refuseOneDash(_ name: String, _ argument: String) throws(LinkError) {
    guard let letter = name.first, letter != "o" else { return }
    guard OptionTable.shortOptions[String(letter)]?.operand == .joinedOrSeparate else { return }
    throw LinkError(.invalidArguments, "'\(argument)' is read as -\(letter); write -\(argument)")
  }

  // MARK: Short options

  private mutating func shortOption(
    _ body: Substring,
    _ argument: String
  ) throws(LinkError) -> Word? {
    let isWhole = OptionTable.shortOptions[String(body)] != nil
    let rest = isWhole ? "" : body.dropFirst()
    let letters = String(body.dropLast(rest.count))
    guard let short = OptionTable.shortOptions[letters],
      let option = OptionTable.option(named: short.name)
    else { return nil }
    switch short.operand {
    case .none:
      return rest.isEmpty ? .option(option, spelling: argument, value: nil) : nil
    case .joinedOrSeparate where !rest.isEmpty:
      return .option(option, spelling: argument, value: String(rest))
    case .joinedOrSeparate:
      return .option(option, spelling: argument, value: try operand(of: argument))
    case .separate:
      guard rest.isEmpty else { return nil }
      return .option(option, spelling: argument, value: try operand(of: argument))
    }
  }

  private mutating func operand(of argument: String) throws(LinkError) -> String {
    guard next < arguments.count else {
      throw LinkError(.invalidArguments, "'\(argument)' needs an operand")
    }
    next += 1
    return arguments[next - 1]
  }

  private func unknown(_ argument: String) -> LinkError {
    let body = argument.drop { $0 == "-" }
    let name = String(body.prefix { $0 != "=" })
    var message = "unknown option '\(argument)'"
    if let near = nearestName(to: name, among: OptionTable.longNames) {
      message += "; did you mean '--\(near)'?"
    }
    return LinkError(.invalidArguments, message)
  }
}
