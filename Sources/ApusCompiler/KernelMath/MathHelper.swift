internal import ApusMath

/// A function that computes a math function for a vector of any width, in the `llvm` dialect.
///
/// It cuts the vector into the widths there are functions for, and is inlined where it is called.
struct MathHelper: Hashable {
  let function: MathFunction
  let type: FloatType
  /// How many values.
  let count: Int
  /// Whether they are a vector: a vector of one value is not a single number.
  let isVector: Bool

  /// Functions of musl's for `double` that are off by more than 1 ulp, and whose `long double` ones are not.
  private static let inexactFunctions: Set<String> = [
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp10", "erfc", "atan2", "hypot",
  ]

  /// What the kernel calls, for what values.
  struct Part: Hashable {
    /// The function's name in its library.
    var symbol: String
    /// Where its first value is.
    var offset: Int
    /// How many values of the vector it takes.
    var used: Int
    /// How many it computes at once.
    var width: Int
    /// The type that it computes in.
    var type: FloatType
  }

  /// The name of the helper: `apus.sin.v16f32`.
  var symbol: String {
    "apus.\(function.name).\(isVector ? "v\(count)" : "")\(type.intrinsicSuffix)"
  }

  /// The calls that compute it; nil if there is no function.
  func parts(on target: KernelMathTarget) -> [Part]? {
    let isExtended =
      type == .f64 && target.hasExtendedPrecision
      && target.mode == .exact && Self.inexactFunctions.contains(function.name)
    let scalarType = isExtended ? FloatType.x86FP80 : type
    let vectors = count > 1 ? target.vectorFunctions(function, type) : []
    var parts: [Part] = []
    var offset = 0
    while offset < count {
      let rest = count - offset
      // A few values left over go into a vector too: it takes less time than two single values.
      if let vector = vectors.first(where: { $0.count <= rest }) ?? vectors.last, rest > 1 {
        let used = min(rest, vector.count)
        parts.append(
          Part(
            symbol: vector.implementation,
            offset: offset,
            used: used,
            width: vector.count,
            type: type
          )
        )
        offset += used
      } else {
        guard let symbol = function.name(for: scalarType, in: .musl) else { return nil }
        parts.append(Part(symbol: symbol, offset: offset, used: 1, width: 1, type: scalarType))
        offset += 1
      }
    }
    return parts
  }

  /// Whether a call of the one part there is does it all.
  func isPlainCall(_ parts: [Part]) -> Bool {
    parts.count == 1 && parts[0].width == count && parts[0].type == type
      && (count > 1 || !isVector) && !isLimitedToAboveOne
  }

  /// Whether arguments below 1 must be dealt with here.
  ///
  /// musl 1.2.3's `acosh` ignores its argument's sign below -1, and libmvec's calls it there.
  private var isLimitedToAboveOne: Bool { function.name == "acosh" }

  /// The type of what the helper takes and gives.
  private var wholeType: String {
    isVector ? "vector<\(count)x\(type.intrinsicSuffix)>" : type.intrinsicSuffix
  }

  private func typeName(_ width: Int, _ type: FloatType) -> String {
    let element = type == .x86FP80 ? "f80" : type.intrinsicSuffix
    return width == 1 ? element : "vector<\(width)x\(element)>"
  }

  /// The declaration of a function that a part calls.
  func declaration(of part: Part) -> String {
    let piece = typeName(part.width, part.type)
    let parameters = Array(repeating: piece, count: function.arity)
    return "llvm.func @\(part.symbol)(\(parameters.joined(separator: ", "))) ->"
      + " \(piece) attributes {\(Self.effects), sym_visibility = \"private\"}\n"
  }

  /// The functions read and write no memory: 0 is LLVM's encoding of `memory(none)`.
  static let effects = #"no_unwind, will_return, passthrough = [["memory", "0"]]"#

  /// The helper's text.
  func definition(_ parts: [Part]) -> String {
    let whole = wholeType
    let names = (0..<function.arity).map { "%x\($0)" }
    var lines = ["%none = llvm.mlir.poison : \(whole)"]
    var result = "%none"
    for (index, part) in parts.enumerated() {
      let arguments = names.enumerated().map { argument(part, index, $0, $1, &lines) }
      let piece = typeName(part.width, part.type)
      let types = arguments.map { _ in piece }
      lines.append(
        "%v\(index) = llvm.call @\(part.symbol)(\(arguments.joined(separator: ", ")))"
          + " : (\(types.joined(separator: ", "))) -> \(piece)"
      )
      result = insert(part, index, into: result, &lines)
    }
    if isLimitedToAboveOne {
      func constant(_ text: String) -> String {
        isVector ? "dense<\(text)> : \(whole)" : "\(text) : \(whole)"
      }
      let conditions = isVector ? "vector<\(count)xi1>" : "i1"
      let nan = type == .f32 ? "0x7FC00000" : "0x7FF8000000000000"
      lines += [
        "%one = llvm.mlir.constant(\(constant("1.0"))) : \(whole)",
        "%nan = llvm.mlir.constant(\(constant(nan))) : \(whole)",
        #"%below = llvm.fcmp "olt" %x0, %one : \#(whole)"#,
        "%limited = llvm.select %below, %nan, \(result) : \(conditions), \(whole)",
      ]
      result = "%limited"
    }
    lines.append("llvm.return \(result) : \(whole)")
    let parameters = names.map { "\($0): \(whole)" }.joined(separator: ", ")
    return "llvm.func internal @\(symbol)(\(parameters)) -> \(whole) attributes"
      + " {always_inline, \(Self.effects), sym_visibility = \"private\"} {\n"
      + lines.joined(separator: "\n") + "\n}\n"
  }

  /// Cuts a part's values out of a parameter.
  private func argument(
    _ part: Part,
    _ index: Int,
    _ number: Int,
    _ parameter: String,
    _ lines: inout [String]
  ) -> String {
    var value = parameter
    let whole = wholeType
    if part.width > 1 {
      // Places beyond the last value repeat it: whatever is computed there takes no other path.
      let lanes = (0..<part.width).map { part.offset + min($0, part.used - 1) }
      value = "%a\(index)_\(number)"
      lines.append("\(value) = llvm.shufflevector \(parameter), \(parameter) \(lanes) : \(whole)")
    } else if isVector {
      let place = "%p\(index)_\(number)"
      value = "%a\(index)_\(number)"
      lines.append("\(place) = llvm.mlir.constant(\(part.offset) : i32) : i32")
      lines.append("\(value) = llvm.extractelement \(parameter)[\(place) : i32] : \(whole)")
    }
    guard part.type != type else { return value }
    let wide = "%b\(index)_\(number)"
    let types = "\(typeName(part.width, type)) to \(typeName(part.width, part.type))"
    lines.append("\(wide) = llvm.fpext \(value) : \(types)")
    return wide
  }

  /// Puts a part's values into a vector.
  ///
  /// - Returns: the vector with them.
  private func insert(
    _ part: Part,
    _ index: Int,
    into before: String,
    _ lines: inout [String]
  ) -> String {
    let whole = wholeType
    let piece = typeName(part.width, type)
    var value = "%v\(index)"
    if part.type != type {
      lines.append(
        "%n\(index) = llvm.fptrunc \(value) : \(typeName(part.width, part.type)) to \(piece)"
      )
      value = "%n\(index)"
    }
    guard isVector else { return value }
    let after = "%r\(index)"
    if part.width == 1 {
      lines.append("%i\(index) = llvm.mlir.constant(\(part.offset) : i32) : i32")
      lines.append(
        "\(after) = llvm.insertelement \(value), \(before)[%i\(index) : i32] : \(whole)"
      )
    } else {
      let range = part.offset..<part.offset + part.used
      let spread = (0..<count).map { range.contains($0) ? $0 - part.offset : -1 }
      let merge = (0..<count).map { range.contains($0) ? count + $0 : $0 }
      lines.append("%w\(index) = llvm.shufflevector \(value), \(value) \(spread) : \(piece)")
      lines.append("\(after) = llvm.shufflevector \(before), %w\(index) \(merge) : \(whole)")
    }
    return after
  }
}
