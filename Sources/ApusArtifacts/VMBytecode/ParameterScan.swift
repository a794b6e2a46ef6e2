/// Finds the parameters of a program: the weights that lie outside of the module.
///
/// The program asks for them by calls to `io_parameters`, each for any number of parameters of one
/// scope. A call has four buffers: the scope's name; a table of where each key lies in the keys'
/// text (two 32-bit numbers, offset and length); that text; and the spans to move (three 64-bit
/// numbers: offset in the parameter, offset in the buffer, length).
struct ParameterScan {
  private struct Name: Hashable {
    var scope: String?
    var key: String
  }

  private let module: VMBytecodeModule
  private var places: [Name: Int] = [:]
  private(set) var parameters: [VMModuleDescription.Parameter] = []
  private(set) var omissions: [VMModuleDescription.Omission] = []

  init(_ module: VMBytecodeModule) { self.module = module }

  /// Looks at an instruction, with what is known in front of it.
  mutating func visit(
    _ instruction: borrowing VMInstruction,
    _ facts: borrowing VMRegisterFacts,
    in function: Int
  ) {
    guard case .imported(let ordinal) = instruction.callee, instruction.opcode.effect == .calls,
      module.imports.indices.contains(ordinal)
    else { return }
    let name = module.imports[ordinal].name
    guard case .movesParameters(let places) = module.knownImport(ordinal)?.purpose else {
      if name.hasPrefix("io_parameters.") {
        omit("\(name) is not a function this build knows", function)
      }
      return
    }
    let scope: String?
    switch facts.fact(places.scope, of: instruction.uses) {
    case .null: scope = nil
    case .rodata(let segment): scope = module.text(ofSegment: segment)
    default: return omit("the scope that \(name) is called with cannot be told", function)
    }
    guard let table = bytes(of: places.keyTable, instruction, facts),
      let text = bytes(of: places.keyData, instruction, facts)
    else { return omit("the keys that \(name) is called with cannot be told", function) }
    let spans = bytes(of: places.spans, instruction, facts)
    do {
      try add(scope, table, text, spans, writes: places.writes)
    } catch {
      omit("the keys that \(name) is called with: \(error)", function)
    }
  }

  private func bytes(
    of argument: Int,
    _ call: borrowing VMInstruction,
    _ facts: borrowing VMRegisterFacts
  ) -> ByteWindow? {
    guard case .rodata(let segment) = facts.fact(argument, of: call.uses),
      module.segments.indices.contains(segment), !module.segments[segment].isCompressed
    else { return nil }
    return module.segments[segment].bytes
  }

  /// Adds the parameters of one call.
  ///
  /// Without spans (the program computes them), their sizes are not known.
  private mutating func add(
    _ scope: String?,
    _ table: ByteWindow,
    _ text: ByteWindow,
    _ spans: ByteWindow?,
    writes: Bool
  ) throws(VMBytecodeError) {
    let keyByteCount = 8
    let spanByteCount = 24
    let count = min(table.count / keyByteCount, spans.map { $0.count / spanByteCount } ?? .max)
    for index in 0..<count {
      let place = index * keyByteCount
      let offset = try table.unsigned(UInt32.self, at: place, "a key's offset")
      let length = try table.unsigned(UInt32.self, at: place + 4, "a key's length")
      try module.budget.charge(64 + length, "the keys of the parameters")
      let key = try text.window(at: offset, count: length, "a key").text
      var end: UInt64?
      if let spans {
        let start = try spans.integer(UInt64.self, at: index * spanByteCount, "a span")
        let size = try spans.integer(UInt64.self, at: index * spanByteCount + 16, "a span")
        let (sum, overflow) = start.addingReportingOverflow(size)
        end = overflow ? nil : sum
      }
      // The runtime takes no scope and an empty one for the same.
      note(Name(scope: scope?.isEmpty == true ? nil : scope, key: key), end: end, writes: writes)
    }
  }

  private mutating func note(_ name: Name, end: UInt64?, writes: Bool) {
    if let place = places[name] {
      let known = parameters[place].byteCount
      parameters[place].byteCount = known.flatMap { known in end.map { max(known, $0) } }
      parameters[place].isRead = parameters[place].isRead || !writes
      parameters[place].isWritten = parameters[place].isWritten || writes
      return
    }
    places[name] = parameters.count
    parameters.append(
      .init(
        scope: name.scope,
        key: name.key,
        byteCount: end,
        isRead: !writes,
        isWritten: writes
      )
    )
  }

  private mutating func omit(_ message: String, _ function: Int) {
    omissions.append(
      .init(function: function, message: "\(message), in \(module.displayName(of: function))")
    )
  }
}
