/// The name of a program's function, and the names and types of what it takes and gives.
///
/// IREE keeps it as text in the attribute `iree.abi.declaration`, written for people:
/// `sync func @add(%input0: tensor<4xf32>, %input1: tensor<4xf32>) -> (%output0: tensor<4xf32>)`.
/// This is that text, parsed. An argument's `iree.abi.encoding` (a `tensor<4xui8>` that travels as
/// `tensor<4xi8>`) replaces its type, its `iree.identifier` its name.
public struct FunctionSignature: Hashable, Sendable {
  /// One argument or result.
  public struct Value: Hashable, Sendable {
    /// Its name, without MLIR's `%`; where the program gives none, `input0`, `output0` and so on.
    public var name: String
    /// Its type; nil if the program does not say (its reflection was stripped).
    public var type: ValueType?

    /// A value with a name and, if known, a type.
    public init(name: String, type: ValueType?) {
      self.name = name
      self.type = type
    }
  }

  /// The function's name, without MLIR's `@`.
  public var name: String
  /// The arguments, in order.
  public var arguments: [Value]
  /// The results, in order.
  public var results: [Value]

  /// A signature from its parts.
  public init(name: String, arguments: [Value], results: [Value]) {
    self.name = name
    self.arguments = arguments
    self.results = results
  }

  /// Parses the text of `iree.abi.declaration`, or returns nil if it is not of that form.
  public init?(declaration: String) {
    var parser = DeclarationParser(declaration)
    guard let signature = parser.parseDeclaration() else { return nil }
    self = signature
  }

  /// What a calling convention alone tells: how many arguments and results there are, and the types
  /// of the scalars among them.
  ///
  /// - Parameters:
  ///   - name: the function's name.
  ///   - callingConvention: as in the module's exports, `0` and a letter a value: `0rri_r` takes two
  ///     references and an `i32` and gives a reference (`iree/vm/module.h`, "calling convention").
  ///     Nil is returned for another version, and where values are variadic.
  public init?(name: String, callingConvention: String) {
    guard callingConvention.first == "0" else { return nil }
    let halves = callingConvention.dropFirst().split(
      separator: "_",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    func values(_ letters: Substring, _ prefix: String) -> [Value]? {
      var values: [Value] = []
      for letter in letters where letter != "v" {
        let type: ValueType?
        switch letter {
        case "i": type = .scalar(.i32)
        case "I": type = .scalar(.i64)
        case "f": type = .scalar(.f32)
        case "F": type = .scalar(.f64)
        case "r": type = nil
        default: return nil
        }
        values.append(Value(name: "\(prefix)\(values.count)", type: type))
      }
      return values
    }
    guard let arguments = values(halves[0], "input"),
      let results = values(halves.count > 1 ? halves[1] : "", "output")
    else { return nil }
    self.init(name: name, arguments: arguments, results: results)
  }
}

extension FunctionSignature: CustomStringConvertible {
  /// In Swift's words: `func add(input0: Tensor<Float>[4], input1: Tensor<Float>[4]) -> Tensor<Float>[4]`.
  public var description: String {
    func type(_ value: Value) -> String { value.type?.swiftDescription ?? "?" }
    let arguments = self.arguments.map { "\($0.name): \(type($0))" }.joined(separator: ", ")
    let head = "func \(name)(\(arguments))"
    switch results.count {
    case 0: return head
    case 1: return "\(head) -> \(type(results[0]))"
    default: return "\(head) -> (\(results.map(type).joined(separator: ", ")))"
    }
  }
}

/// A parser of the text that IREE's `WrapEntryPoints` pass writes.
///
/// Any input ends in a signature or nil.
private struct DeclarationParser {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  mutating func parseDeclaration() -> FunctionSignature? {
    for word in ["sync", "async"] where take(word) { break }
    guard take("func"), take("@"), let name = takeName(), take("("),
      let arguments = parseValues(prefix: "input")
    else { return nil }
    var results: [FunctionSignature.Value] = []
    if take("->") {
      guard take("("), let values = parseValues(prefix: "output") else { return nil }
      results = values
    }
    return FunctionSignature(name: name, arguments: arguments, results: results)
  }

  /// `%a: type {attributes}, ...` up to and with the closing parenthesis.
  private mutating func parseValues(prefix: String) -> [FunctionSignature.Value]? {
    var values: [FunctionSignature.Value] = []
    if take(")") { return values }
    repeat {
      guard take("%"), let name = takeName(), take(":"), let text = takeBalanced(until: "{,)")
      else { return nil }
      var value = FunctionSignature.Value(name: name, type: Self.valueType(text))
      if take("{") {
        guard let attributes = takeBalanced(until: "}"), take("}") else { return nil }
        Self.apply(attributes, to: &value)
      }
      values.append(value)
    } while take(",")
    return take(")") ? values : nil
  }

  private static func apply(_ attributes: Substring, to value: inout FunctionSignature.Value) {
    var parser = DeclarationParser(String(attributes))
    repeat {
      guard let name = parser.takeBalanced(until: "=,") else { return }
      guard parser.take("="), let text = parser.takeBalanced(until: ",") else { continue }
      switch name {
      case "iree.abi.encoding": value.type = valueType(text)
      case "iree.identifier": value.name = text.filter { $0 != "\"" }
      default: break
      }
    } while parser.take(",")
  }

  private static func valueType(_ text: Substring) -> ValueType {
    if text.hasPrefix("tensor<"), text.hasSuffix(">"),
      let type = TensorType(parsing: text.dropFirst("tensor<".count).dropLast())
    {
      return .tensor(type)
    }
    if let scalar = ValueType.ScalarType(rawValue: String(text)) { return .scalar(scalar) }
    return text == "index" ? .scalar(.i64) : .opaque(String(text))
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }

  private mutating func take(_ token: String) -> Bool {
    skipBlanks()
    guard rest.hasPrefix(token) else { return false }
    rest = rest.dropFirst(token.count)
    return true
  }

  /// A bare identifier, or a quoted one as MLIR writes names with odd characters.
  private mutating func takeName() -> String? {
    if take("\"") {
      guard let end = rest.firstIndex(of: "\"") else { return nil }
      defer { rest = rest[rest.index(after: end)...] }
      return String(rest[..<end])
    }
    let name = rest.prefix { $0.isLetter || $0.isNumber || "_$.-".contains($0) }
    rest = rest.dropFirst(name.count)
    return name.isEmpty ? nil : String(name)
  }

  /// The text up to a character of `terminators` outside any bracket or string, without the blanks
  /// around it.
  private mutating func takeBalanced(until terminators: String) -> Substring? {
    skipBlanks()
    var depth = 0
    var inString = false
    var previous: Character = " "
    for index in rest.indices {
      let character = rest[index]
      if inString {
        inString = !(character == "\"" && previous != "\\")
      } else if depth == 0, terminators.contains(character) {
        defer { rest = rest[index...] }
        return trimmed(rest[..<index])
      } else if "<([{".contains(character) {
        depth += 1
      } else if ">)]}".contains(character), !(character == ">" && previous == "-") {
        depth -= 1
        if depth < 0 { return nil }
      } else if character == "\"" {
        inString = true
      }
      previous = character
    }
    defer { rest = "" }
    return depth == 0 && !inString ? trimmed(rest) : nil
  }

  private func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
