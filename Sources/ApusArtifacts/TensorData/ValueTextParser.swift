import SystemPackage

/// Reads a value as ``ValueText`` describes it.
///
/// Any text ends in a value or an error.
struct ValueTextParser {
  private let text: [UInt8]
  private let memoryLimit: Int

  private struct WrittenType {
    var elementType: ElementType
    var shape: [Int]
    /// Whether the element type has the spelling that only `iree-run-module` uses.
    var isNativeComplex: Bool
  }

  init(_ text: String, memoryLimit: Int) {
    self.text = Array(text.utf8)
    self.memoryLimit = memoryLimit
  }

  mutating func parse(expecting elementType: ElementType?) throws(TensorDataError) -> ValueText {
    let value = trimmed(0..<text.count)
    guard !value.isEmpty else { throw TensorDataError(.text, "there is no value") }
    if text[value.lowerBound] == UInt8(ascii: "@") {
      return .tensor(try readNPY(value, expecting: elementType))
    }
    guard let equals = value.first(where: { text[$0] == UInt8(ascii: "=") }) else {
      return try parseWithoutElements(value)
    }
    let type = try parseType(trimmed(value.lowerBound..<equals))
    let elements = trimmed(equals + 1..<value.upperBound)
    if let first = elements.first, text[first] == UInt8(ascii: "@") {
      return .tensor(try readFile(elements, as: type))
    }
    return .tensor(try parseElements(elements, of: type))
  }

  /// A number, or a type with a shape, which stands for zeros.
  private func parseWithoutElements(_ range: Range<Int>) throws(TensorDataError) -> ValueText {
    let word = string(range)
    if let type = try? parseType(range), !type.shape.isEmpty {
      let byteCount = try byteCount(of: type)
      return .tensor(
        TensorData(
          unchecked: Array(repeating: 0, count: byteCount),
          elementType: type.elementType,
          shape: type.shape
        )
      )
    }
    guard ElementParser.isNumber(word) else {
      throw TensorDataError(
        .text,
        "this is neither a tensor ('4xf32=1,2,3,4'), a number nor a file ('@file.npy')"
      )
    }
    return .number(word)
  }

  // MARK: Types

  private func parseType(_ range: Range<Int>) throws(TensorDataError) -> WrittenType {
    var rest = range
    var shape: [Int] = []
    while let first = rest.first, isDigit(text[first]) {
      let end = rest.first { !isDigit(text[$0]) } ?? rest.upperBound
      guard end < rest.upperBound, text[end] == UInt8(ascii: "x") else {
        throw error(.text, "dimension \(shape.count) is not followed by 'x'", at: end)
      }
      guard let dimension = Int(string(first..<end)) else {
        throw error(.shape, "dimension \(shape.count) does not fit 64 bits", at: first)
      }
      shape.append(dimension)
      rest = end + 1..<rest.upperBound
    }
    let name = string(rest)
    let isNativeComplex = name == "cf64" || name == "cf128"
    if let elementType = isNativeComplex ? ElementType("c" + name.dropFirst(2)) : ElementType(name)
    {
      return WrittenType(elementType: elementType, shape: shape, isNativeComplex: isNativeComplex)
    }
    switch name.utf8.first {
    case UInt8(ascii: "x"):
      throw error(.text, "dimension \(shape.count) is missing", at: rest.lowerBound)
    case UInt8(ascii: "?"):
      throw error(
        .text,
        "dimension \(shape.count) is '?': a value has a size in every dimension",
        at: rest.lowerBound
      )
    case UInt8(ascii: "-"):
      throw error(.shape, "dimension \(shape.count) is negative", at: rest.lowerBound)
    case nil:
      throw error(.text, "there is no element type", at: rest.lowerBound)
    default:
      throw error(
        .elementType,
        "\(quoted(name, limit: 40)) is not an element type",
        at: rest.lowerBound
      )
    }
  }

  private func byteCount(of type: WrittenType) throws(TensorDataError) -> Int {
    let byteCount = try TensorData.byteCount(elementType: type.elementType, shape: type.shape)
    guard byteCount <= memoryLimit else {
      throw TensorDataError(
        .memory,
        "\(TensorType(type.elementType, type.shape)) is \(byteCount) bytes, "
          + "more than this machine's memory of \(memoryLimit)"
      )
    }
    return byteCount
  }

  // MARK: Elements

  private func parseElements(
    _ range: Range<Int>,
    of type: WrittenType
  ) throws(TensorDataError) -> TensorData {
    let byteCount = try byteCount(of: type)
    let size = type.elementType.byteCount ?? 1
    let count = byteCount / size
    var parser = ElementParser(type.elementType)
    parser.readsComplexBytes = type.isNativeComplex

    var scanner = ElementScanner(text, range)
    var bytes: [UInt8] = []
    var found = 0
    while let token = try nextToken(&scanner) {
      // What is too much is counted but not read.
      if found < max(count, 1) {
        do throws(TensorDataError) {
          try parser.append(string(token), to: &bytes)
        } catch {
          throw self.error(
            error.code,
            "element \(found): \(error.message)",
            at: token.lowerBound,
            element: found
          )
        }
      }
      found += 1
    }
    if found == 1, count > 1 {
      bytes.reserveCapacity(byteCount)
      while bytes.count < byteCount {
        bytes += Array(bytes.prefix(min(bytes.count, byteCount - bytes.count, 1 << 20)))
      }
    } else if found != count {
      throw TensorDataError(
        .elementCount,
        "expected \(count) \(count == 1 ? "element" : "elements"), got \(found)"
      )
    }
    return TensorData(unchecked: bytes, elementType: type.elementType, shape: type.shape)
  }

  private func nextToken(
    _ scanner: inout ElementScanner
  ) throws(TensorDataError) -> Range<Int>? {
    do throws(ElementScanner.Complaint) {
      return try scanner.next()
    } catch {
      throw self.error(.text, error.message, at: error.position)
    }
  }

  // MARK: Files

  private func path(_ range: Range<Int>) throws(TensorDataError) -> FilePath {
    let name = range.dropFirst()
    guard !name.isEmpty else {
      throw error(.text, "no file name follows '@'", at: range.upperBound)
    }
    // FilePath traps on it.
    guard let nul = name.first(where: { text[$0] == 0 }) else {
      return FilePath(string(name))
    }
    throw error(.text, "a file name cannot hold a NUL character", at: nul)
  }

  private func readNPY(
    _ range: Range<Int>,
    expecting elementType: ElementType?
  ) throws(TensorDataError) -> TensorData {
    let path = try path(range)
    if path.extension == "bin" {
      throw TensorDataError(
        .text,
        "a file of bare elements needs a type: '4xf32=@\(path.lastComponent?.string ?? "")'"
      )
    }
    return try TensorData(contentsOfNPY: path, expecting: elementType)
  }

  private func readFile(
    _ range: Range<Int>,
    as type: WrittenType
  ) throws(TensorDataError) -> TensorData {
    let path = try path(range)
    guard path.extension == "npy" else {
      return try TensorData(
        elementType: type.elementType,
        shape: type.shape,
        contentsOfRaw: path
      )
    }
    let data = try TensorData(contentsOfNPY: path, expecting: type.elementType)
    guard data.elementType.matches(type.elementType), data.shape == type.shape else {
      throw TensorDataError(
        data.shape == type.shape ? .elementType : .shape,
        "expected \(TensorType(type.elementType, type.shape)), the file holds "
          + data.type.description,
        file: path
      )
    }
    return TensorData(unchecked: data.bytes, elementType: type.elementType, shape: type.shape)
  }

  // MARK: Characters

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first(where: { !ElementScanner.isBlank(text[$0]) }),
      let last = range.last(where: { !ElementScanner.isBlank(text[$0]) })
    else { return range.upperBound..<range.upperBound }
    return first..<last + 1
  }

  private func error(
    _ code: TensorDataError.Code,
    _ message: String,
    at position: Int,
    element: Int? = nil
  ) -> TensorDataError {
    TensorDataError(
      code,
      message,
      column: string(0..<position).count + 1,
      elementIndex: element
    )
  }
}

/// Cuts the elements of a value apart.
private struct ElementScanner {
  struct Complaint: Error {
    var message: String
    var position: Int
  }

  private let text: [UInt8]
  private var rest: Range<Int>
  private var openBrackets: [Int] = []
  /// Whether an element, or the end of a row, stands before the next comma.
  private var isAfterElement = false

  init(_ text: [UInt8], _ range: Range<Int>) {
    self.text = text
    rest = range
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

  /// Where the next element stands, or nil at the end.
  mutating func next() throws(Complaint) -> Range<Int>? {
    while let position = rest.first {
      let byte = text[position]
      switch byte {
      case _ where Self.isBlank(byte): break
      case UInt8(ascii: ","):
        guard isAfterElement else {
          throw Complaint(message: "no element stands before this comma", position: position)
        }
        isAfterElement = false
      case UInt8(ascii: "["):
        openBrackets.append(position)
        isAfterElement = false
      case UInt8(ascii: "]"):
        guard openBrackets.popLast() != nil else {
          throw Complaint(message: "this ']' closes no bracket", position: position)
        }
        isAfterElement = true
      default:
        let end = try endOfElement(from: position)
        rest = end..<rest.upperBound
        isAfterElement = true
        return position..<end
      }
      rest = position + 1..<rest.upperBound
    }
    if let open = openBrackets.last {
      throw Complaint(message: "this '[' is not closed", position: open)
    }
    return nil
  }

  private func endOfElement(from start: Int) throws(Complaint) -> Int {
    if text[start] == UInt8(ascii: "(") {
      guard let close = rest.first(where: { text[$0] == UInt8(ascii: ")") }) else {
        throw Complaint(message: "this '(' is not closed", position: start)
      }
      return close + 1
    }
    return rest.first { position in
      let byte = text[position]
      return Self.isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[")
        || byte == UInt8(ascii: "]")
    } ?? rest.upperBound
  }
}
