/// A program that says what its result should be, as openxla/stablehlo's test data do.
///
/// Such a program has a function without arguments that computes something from constants and hands
/// it, with what it should be, to a check:
///
/// ```mlir
/// func.func public @main() -> (tensor<4xf32> …) {
///   %0 = call @inputs() : () -> tensor<4xf32>
///   %1 = call @expected() : () -> tensor<4xf32>
///   %2 = stablehlo.sine %0 : tensor<4xf32>
///   stablehlo.custom_call @check.expect_close(%2, %1) {…} : (tensor<4xf32>, tensor<4xf32>) -> ()
///   return %2 : tensor<4xf32>
/// }
/// ```
///
/// No compiler but StableHLO's interpreter knows the checks. Here they are cut out, and the function
/// returns what they would have been given; what it should be is read from the text.
public struct ConformanceProgram: Sendable {
  /// The file's path in its folder, without `.mlir`; the module's number behind a `#` where a file
  /// has several.
  public let name: String
  /// The program to compile: a function `main` that returns what was checked.
  let source: String
  /// What `main` takes; none, unless asked for.
  let arguments: [TensorLiteral]
  /// What `main` should return.
  let expected: [TensorLiteral]
  /// How many units in the last place the program allows, if it says so.
  let tolerance: Double?

  /// Where a program has its inputs from.
  public enum Inputs: String, Sendable, CaseIterable, Codable {
    /// From constants, as the file has it. IREE computes at load, or already at compile time.
    case constants
    /// From arguments with the same values.
    case arguments
  }

  /// Reads a module with checks.
  ///
  /// - Parameters:
  ///   - name: what to call it.
  ///   - text: the module.
  ///   - inputs: where the program should have its inputs from.
  init(name: String, text: Substring, inputs: Inputs) throws {
    self.name = name
    var functions = ModuleText(text)
    let checks = try functions.removeChecks()
    expected = checks.map(\.expected)
    tolerance = checks.compactMap(\.tolerance).max()
    arguments = inputs == .arguments ? try functions.turnInputsIntoArguments() : []
    functions.setSignature(arguments: arguments, results: checks)
    source = functions.text
  }
}

/// The lines of a module, with the functions that matter here.
private struct ModuleText {
  private var lines: [Substring]

  init(_ text: Substring) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("//") }
  }

  var text: String { lines.joined(separator: "\n") }

  /// The lines from a function's first to its closing brace.
  private func function(where isIt: (Substring) -> Bool) -> Range<Int>? {
    guard
      let first = lines.firstIndex(where: { $0.trimmedStart.hasPrefix("func.func ") && isIt($0) })
    else { return nil }
    let indentation = lines[first].prefix { $0 == " " }
    let last = lines[first...].firstIndex { $0 == indentation + "}" } ?? lines.endIndex - 1
    return first..<last + 1
  }

  private func function(named name: String) -> Range<Int>? {
    function { $0.contains(" @\(name)(") }
  }

  /// The constants that a function defines, by name.
  private func constants(in range: Range<Int>) throws -> [Substring: TensorLiteral] {
    var constants: [Substring: TensorLiteral] = [:]
    for line in lines[range] {
      let line = line.trimmedStart
      guard let name = line.before(" = stablehlo.constant dense<"),
        let literal = try TensorLiteral(line.dropFirst(name.count + " = stablehlo.constant ".count))
      else { continue }
      constants[name] = literal
    }
    return constants
  }

  /// What a function that only returns constants returns.
  private func results(ofFunctionNamed name: String) throws -> [TensorLiteral] {
    guard let range = function(named: name) else { return [] }
    let constants = try constants(in: range)
    guard let line = lines[range].last(where: { $0.trimmedStart.hasPrefix("return ") }),
      let operands = line.trimmedStart.dropFirst("return ".count).before(" : ")
    else { return [] }
    return try operands.split(separator: ", ").map {
      guard let constant = constants[$0] else {
        throw ProgramError("@\(name) returns \($0), which is not a constant")
      }
      return constant
    }
  }

  /// Cuts out the checks and what only they use.
  ///
  /// - Returns: what was checked, in order.
  mutating func removeChecks() throws -> [Check] {
    guard let main = function(where: { $0.contains("() ") && !$0.contains(" private ") }) else {
      throw ProgramError("there is no function without arguments")
    }
    let expectations = try results(ofFunctionNamed: "expected")
    var known = try constants(in: main)
    var isCheck: Set<Int> = []
    for (index, line) in zip(main, lines[main]) {
      guard let results = line.trimmedStart.before(" = call @expected()") else { continue }
      isCheck.insert(index)
      let name = results.before(":") ?? results
      for (number, expectation) in expectations.enumerated() {
        known[results == name ? name : "\(name)#\(number)"] = expectation
      }
    }
    var checks: [Check] = []
    for (index, line) in zip(main, lines[main]) {
      guard let check = try Check(line.trimmedStart, known: known) else { continue }
      isCheck.insert(index)
      checks.append(check)
    }
    guard !checks.isEmpty else { throw ProgramError("nothing is checked") }
    isCheck.formUnion(function(named: "expected") ?? 0..<0)
    lines = lines.indices.filter { !isCheck.contains($0) }.map { lines[$0] }
    return checks
  }

  /// Makes `@inputs` return what it is given.
  ///
  /// - Returns: what to give it; nothing if the program has no such function.
  mutating func turnInputsIntoArguments() throws -> [TensorLiteral] {
    let inputs = try results(ofFunctionNamed: "inputs")
    guard !inputs.isEmpty, let range = function(named: "inputs") else { return [] }
    let types = inputs.map(\.type).joined(separator: ", ")
    let names = inputs.indices.map { "%argument\($0)" }
    let parameters = zip(names, inputs).map { "\($0): \($1.type)" }.joined(separator: ", ")
    lines.replaceSubrange(
      range,
      with: [
        "  func.func private @inputs(\(parameters)) -> (\(types)) {",
        "    return \(names.joined(separator: ", ")) : \(types)",
        "  }",
      ]
    )
    for (index, line) in lines.enumerated() {
      guard let results = line.before(" = call @inputs()") else { continue }
      lines[index] =
        "\(results) = call @inputs(\(names.joined(separator: ", "))) : (\(types)) -> (\(types))"
    }
    return inputs
  }

  /// Renames the function with the checks to `main`, and sets what it takes and returns.
  mutating func setSignature(arguments: [TensorLiteral], results: [Check]) {
    guard let main = function(where: { $0.contains("() ") && !$0.contains(" private ") }) else {
      return
    }
    let parameters = arguments.enumerated().map { "%argument\($0): \($1.type)" }
    let types = results.map(\.expected.type).joined(separator: ", ")
    lines[main.lowerBound] =
      "  func.func public @main(\(parameters.joined(separator: ", "))) -> (\(types)) {"
    let values = results.map(\.value).joined(separator: ", ")
    if let last = lines[main].lastIndex(where: { $0.trimmedStart.hasPrefix("return") }) {
      lines[last] = "    return \(values) : \(types)"
    }
  }
}

/// A line that checks a value.
private struct Check {
  /// The name of the value.
  let value: String
  /// What it should be.
  let expected: TensorLiteral
  /// How many units in the last place it may be off, if the check says so.
  let tolerance: Double?

  /// Reads a line; nil if it is not a check.
  init?(_ line: Substring, known: [Substring: TensorLiteral]) throws {
    tolerance = line.after("max_ulp_difference = ").flatMap { Double($0.prefix { $0.isNumber }) }
    // `check.eq` has a result, which nobody reads.
    let call = line.hasPrefix("%") ? line.after(" = ") ?? line : line
    if call.hasPrefix("stablehlo.custom_call @check."), let list = call.after("(")?.before(")") {
      let operands = list.split(separator: ", ")
      // `check.eq` has the constant first, the others have it last.
      guard operands.count == 2,
        let position = [1, 0].first(where: { known[operands[$0]] != nil }),
        let expected = known[operands[position]]
      else { throw ProgramError("there is no telling what is expected in '\(line.prefix(80))'") }
      value = String(operands[1 - position])
      self.expected = expected
    } else if line.hasPrefix("\"check."), let operand = line.after("(")?.before(")"),
      let literal = try line.after("value = ").flatMap({ try TensorLiteral($0) })
    {
      value = String(operand)
      expected = literal
    } else {
      return nil
    }
  }
}

extension TensorLiteral {
  /// Reads `dense<…> : tensor<…>` at the start of a line; nil if that is not there.
  fileprivate init?(_ text: Substring) throws(ProgramError) {
    guard text.hasPrefix("dense<"), let elements = text.before("> : tensor<"),
      let rest = text.dropFirst(elements.count).after("> : ")
    else { return nil }
    try self.init(elements: elements.dropFirst("dense<".count), type: rest.upToBalancedEnd)
  }
}

extension Substring {
  fileprivate var trimmedStart: Substring { drop { $0 == " " } }

  /// What stands before the first occurrence of a text; nil if it does not occur.
  fileprivate func before(_ text: String) -> Substring? {
    utf8.firstRange(of: text.utf8).map { self[..<$0.lowerBound] }
  }

  /// What stands behind the first occurrence of a text; nil if it does not occur.
  fileprivate func after(_ text: String) -> Substring? {
    utf8.firstRange(of: text.utf8).map { self[$0.upperBound...] }
  }

  /// What it begins with, up to where each `<` has its `>`.
  fileprivate var upToBalancedEnd: Substring {
    var depth = 0
    for index in indices {
      if self[index] == "<" { depth += 1 }
      if self[index] == ">" {
        depth -= 1
        if depth == 0 { return self[...index] }
      }
    }
    return self
  }
}
