@testable import ApusArtifacts

/// A program in the VM's own dialect that has each of the VM's operations in it at least once,
/// written from the table that is under test.
enum EveryOperation {
  /// Operations that no compiler is asked for: those with a number but no spelling, `block`, which
  /// stands for every label, and two that the compiler of 3.9.0 encodes wrongly.
  ///
  /// It leaves out the condition of `cond_break` (the runtime refuses such a module; so does that of
  /// 3.13.0), and gives `global.load.indirect.f32` the number of the `f64` one.
  private static let unwritten: Set<String> = [
    "block", "cast.si32.f64", "cast.ui32.f64", "cast.f64.si32", "cast.f64.ui32", "cond_break",
    "global.load.indirect.f32",
  ]

  /// Operations that cannot be had from the compiler of a version.
  ///
  /// That of version 17 knows the address of every global, and accesses none indirectly.
  static func unavailable(_ version: VMModuleDescription.BytecodeVersion) -> Set<String> {
    guard version.major == 17 else { return unwritten }
    let names = all(version).map(\.mnemonic)
    return unwritten.union(names.filter { $0.contains(".indirect.") })
  }

  /// The operations that a version of the bytecode has.
  static func all(_ version: VMModuleDescription.BytecodeVersion) -> [VMOpcode] {
    (VMOpcode.core + VMOpcode.floats32 + VMOpcode.floats64)
      .filter { $0.firstVersion <= version.major }
  }

  /// The program.
  ///
  /// Every operation is in a function of its own, on the function's arguments, so that nothing
  /// folds.
  static func source(_ version: VMModuleDescription.BytecodeVersion) -> String {
    var functions: [String] = []
    for (number, opcode) in all(version).enumerated() where !unwritten.contains(opcode.mnemonic) {
      let function = special[opcode.mnemonic] ?? ordinary(opcode)
      let name = "f\(number)"
      functions.append(
        "vm.export @\(name)\n"
          + function.replacing("@self", with: "@\(name)")
      )
    }
    return
      "vm.module @every_operation {\n\(declarations)\n\(functions.joined(separator: "\n"))\n}\n"
  }

  private static let declarations = """
    vm.import private @other.fixed(%a : i32, %b : i64, %c : !vm.buffer) -> i64
    vm.import private @other.many(%a : i32, %b : i64 ...) -> i32
    vm.import private optional @other.absent(%a : i32)
    vm.global.i32 private mutable @gi32 : i32
    vm.global.i64 private mutable @gi64 : i64
    vm.global.f32 private mutable @gf32 : f32
    vm.global.f64 private mutable @gf64 : f64
    vm.global.ref private mutable @gref : !vm.buffer
    vm.rodata private @data dense<[1, 2, 3]> : tensor<3xi8>
    """

  /// The type that the nth part of a mnemonic names, `i32` for what is narrower.
  private static func type(_ part: Substring) -> String {
    switch part {
    case "i8", "i16", "si32", "ui32", "i32": "i32"
    case "si64", "ui64", "i64": "i64"
    case "f32", "f64": String(part)
    default: "!vm.buffer"
    }
  }

  /// Most operations read values of one type, or convert one value to another type.
  private static func ordinary(_ opcode: VMOpcode) -> String {
    let mnemonic = opcode.mnemonic
    let parts = mnemonic.split(separator: ".")
    let types = parts.filter { $0.wholeMatch(of: /(si|ui|i|f)[0-9]+/) != nil }.map(type)
    let operands = opcode.fields.filter { $0 == .use32 || $0 == .use64 || $0 == .useRef }.count
    let names = ["%a", "%b", "%c"].prefix(operands)
    let read = types.first ?? "!vm.buffer"
    let isConversion = ["trunc", "ext", "cast", "bitcast"].contains(parts[0])
    let result =
      isConversion ? types[1] : parts[0] == "cmp" ? "i32" : read
    var arguments = names.map { "\($0) : \(read)" }
    // The distance of a shift is 32 bits wide whatever is shifted.
    if parts[0] == "shl" || parts[0] == "shr" { arguments[1] = "%b : i32" }
    let signature = isConversion ? "\(read) -> \(result)" : read
    return """
      vm.func @self(\(arguments.joined(separator: ", "))) -> \(result) {
        %r = vm.\(mnemonic) \(names.joined(separator: ", ")) : \(signature)
        vm.return %r : \(result)
      }
      """
  }

  /// The operations that are written in their own ways.
  private static let special: [String: String] = {
    var special: [String: String] = [
      "const.ref.zero": constant("vm.const.ref.zero", "!vm.buffer"),
      "const.ref.rodata": constant("vm.const.ref.rodata @data", "!vm.buffer"),
      "global.load.ref": constant("vm.global.load.ref @gref", "!vm.buffer"),
      "global.store.ref": """
      vm.func @self(%a : !vm.buffer) {
        vm.global.store.ref %a, @gref : !vm.buffer
        vm.return
      }
      """,
      "global.load.indirect.ref": """
      vm.func @self() -> !vm.buffer {
        %p = vm.global.address @gref : !util.ptr<!vm.buffer>
        %r = vm.global.load.indirect.ref %p : !util.ptr<!vm.buffer> -> !vm.buffer
        vm.return %r : !vm.buffer
      }
      """,
      "global.store.indirect.ref": """
      vm.func @self(%a : !vm.buffer) {
        %p = vm.global.address @gref : !util.ptr<!vm.buffer>
        vm.global.store.indirect.ref %a, %p : !vm.buffer -> !util.ptr<!vm.buffer>
        vm.return
      }
      """,
      "list.alloc": """
      vm.func @self(%a : i32) -> !vm.list<i32> {
        %r = vm.list.alloc %a : (i32) -> !vm.list<i32>
        vm.return %r : !vm.list<i32>
      }
      """,
      "list.reserve": """
      vm.func @self(%a : !vm.list<i32>, %b : i32) {
        vm.list.reserve %a, %b : (!vm.list<i32>, i32)
        vm.return
      }
      """,
      "list.size": """
      vm.func @self(%a : !vm.list<i32>) -> i32 {
        %r = vm.list.size %a : (!vm.list<i32>) -> i32
        vm.return %r : i32
      }
      """,
      "list.resize": """
      vm.func @self(%a : !vm.list<i32>, %b : i32) {
        vm.list.resize %a, %b : (!vm.list<i32>, i32)
        vm.return
      }
      """,
      "select.ref": """
      vm.func @self(%a : i32, %b : !vm.buffer, %c : !vm.buffer) -> !vm.buffer {
        %r = vm.select.ref %a, %b, %c : !vm.buffer
        vm.return %r : !vm.buffer
      }
      """,
      "switch.ref": """
      vm.func @self(%a : i32, %b : !vm.buffer, %c : !vm.buffer) -> !vm.buffer {
        %r = vm.switch.ref %a[%b, %c] else %b : !vm.buffer
        vm.return %r : !vm.buffer
      }
      """,
      "cast.any.ref": """
      vm.func @self(%a : !vm.ref<?>) -> !vm.buffer {
        %r = vm.cast.any.ref %a : !vm.ref<?> -> !vm.buffer
        vm.return %r : !vm.buffer
      }
      """,
      "buffer.alloc": """
      vm.func @self(%a : i64, %b : i32) -> !vm.buffer {
        %r = vm.buffer.alloc %a, %b : !vm.buffer
        vm.return %r : !vm.buffer
      }
      """,
      "buffer.clone": """
      vm.func @self(%a : !vm.buffer, %b : i64, %c : i64, %d : i32) -> !vm.buffer {
        %r = vm.buffer.clone %a, %b, %c, %d : !vm.buffer -> !vm.buffer
        vm.return %r : !vm.buffer
      }
      """,
      "buffer.length": """
      vm.func @self(%a : !vm.buffer) -> i64 {
        %r = vm.buffer.length %a : !vm.buffer -> i64
        vm.return %r : i64
      }
      """,
      "buffer.copy": """
      vm.func @self(%a : !vm.buffer, %b : i64, %c : !vm.buffer) {
        vm.buffer.copy %a, %b, %c, %b, %b : !vm.buffer -> !vm.buffer
        vm.return
      }
      """,
      "buffer.compare": """
      vm.func @self(%a : !vm.buffer, %b : i64, %c : !vm.buffer) -> i32 {
        %r = vm.buffer.compare %a, %b, %c, %b, %b : !vm.buffer, !vm.buffer
        vm.return %r : i32
      }
      """,
      "buffer.hash": """
      vm.func @self(%a : !vm.buffer, %b : i64) -> i64 {
        %r = vm.buffer.hash %a, %b, %b : !vm.buffer -> i64
        vm.return %r : i64
      }
      """,
      "br": """
      vm.func @self(%a : i32, %b : i64) -> i64 {
        vm.cond_br %a, ^one, ^two
      ^one:
        vm.print "one"(%a) : i32
        vm.br ^next(%b, %a : i64, i32)
      ^two:
        vm.print "two"(%a) : i32
        vm.br ^next(%b, %a : i64, i32)
      ^next(%c : i64, %d : i32):
        vm.return %c : i64
      }
      """,
      "cond_br": """
      vm.func @self(%a : i32, %b : i64, %c : i64) -> i64 {
        vm.cond_br %a, ^next(%b : i64), ^next(%c : i64)
      ^next(%d : i64):
        vm.return %d : i64
      }
      """,
      "br_table": """
      vm.func @self(%a : i32, %b : i32, %c : i32) -> i32 {
        vm.br_table %a {
          default: ^one(%a : i32),
          0: ^two(%b : i32),
          1: ^two(%c : i32)
        }
      ^one(%d : i32):
        vm.return %d : i32
      ^two(%e : i32):
        vm.return %e : i32
      }
      """,
      "call": """
      vm.func @self(%a : i32, %b : i64, %c : !vm.buffer) -> i64 {
        %r = vm.call @other.fixed(%a, %b, %c) : (i32, i64, !vm.buffer) -> i64
        vm.return %r : i64
      }
      """,
      "call.variadic": """
      vm.func @self(%a : i32, %b : i64) -> i32 {
        %r = vm.call.variadic @other.many(%a, [%b, %b, %b]) : (i32, i64 ...) -> i32
        vm.return %r : i32
      }
      """,
      "call.yieldable": """
      vm.func @self(%a : i32, %b : i64, %c : !vm.buffer) -> i64 {
        vm.call.yieldable @other.fixed(%a, %b, %c) : (i32, i64, !vm.buffer) -> ^next(i64)
      ^next(%r : i64):
        vm.return %r : i64
      }
      """,
      "call.variadic.yieldable": """
      vm.func @self(%a : i32, %b : i64) -> i32 {
        vm.call.variadic.yieldable @other.many(%a, %b, %b, %b)
          <segment_sizes = dense<[-1, 3]> : vector<2xi16>, segment_types = [i32, i64]>
          : (i32, i64, i64, i64) -> ^next(i32)
      ^next(%r : i32):
        vm.return %r : i32
      }
      """,
      "discard.refs": """
      vm.func @self(%a : !vm.buffer, %b : !vm.buffer) {
        vm.discard.refs %a, %b : !vm.buffer, !vm.buffer
        vm.return
      }
      """,
      "assign.ref": """
      vm.func @self(%a : !vm.buffer) -> (!vm.buffer, !vm.buffer) {
        %r = vm.assign.ref %a : !vm.buffer -> !vm.buffer
        vm.return %r, %a : !vm.buffer, !vm.buffer
      }
      """,
      "return": """
      vm.func @self() {
        vm.return
      }
      """,
      "fail": """
      vm.func @self(%a : i32) {
        vm.fail %a, "an odd word"
      }
      """,
      "import.resolved": constant("vm.import.resolved @other.absent", "i32"),
      "yield": """
      vm.func @self(%a : i32) -> i32 {
        vm.yield ^next
      ^next:
        vm.return %a : i32
      }
      """,
      "trace": """
      vm.func @self(%a : i32) {
        vm.trace "event"(%a, %a) : i32, i32
        vm.return
      }
      """,
      "print": """
      vm.func @self(%a : i32) {
        vm.print "message"(%a, %a) : i32, i32
        vm.return
      }
      """,
      "break": """
      vm.func @self(%a : i32) -> i32 {
        vm.break ^next(%a : i32)
      ^next(%b : i32):
        vm.return %b : i32
      }
      """,
    ]
    for type in ["i32", "i64", "f32", "f64"] { special.merge(typed(type)) { first, _ in first } }
    for width in ["i8", "i16", "i32", "i64", "f32", "f64"] {
      special.merge(memory(width)) { first, _ in first }
    }
    special.merge(listOfReferences) { first, _ in first }
    return special
  }()

  /// A function that returns what an expression without operands is.
  private static func constant(_ expression: String, _ type: String) -> String {
    """
    vm.func @self() -> \(type) {
      %r = \(expression) : \(type)
      vm.return %r : \(type)
    }
    """
  }

  /// The operations that there are once for each type of value.
  private static func typed(_ type: String) -> [String: String] {
    let number = type.hasPrefix("f") ? "1.5" : "7"
    return [
      "const.\(type)": constant("vm.const.\(type) \(number)", type)
        .replacing(" : \(type)\n  vm.return", with: "\n  vm.return"),
      "const.\(type).zero": constant("vm.const.\(type).zero", type)
        .replacing(" : \(type)\n  vm.return", with: "\n  vm.return"),
      "global.load.\(type)": constant("vm.global.load.\(type) @g\(type)", type),
      "global.store.\(type)": """
      vm.func @self(%a : \(type)) {
        vm.global.store.\(type) %a, @g\(type) : \(type)
        vm.return
      }
      """,
      "global.load.indirect.\(type)": """
      vm.func @self() -> \(type) {
        %p = vm.global.address @g\(type) : !util.ptr<\(type)>
        %r = vm.global.load.indirect.\(type) %p : !util.ptr<\(type)> -> \(type)
        vm.return %r : \(type)
      }
      """,
      "global.store.indirect.\(type)": """
      vm.func @self(%a : \(type)) {
        %p = vm.global.address @g\(type) : !util.ptr<\(type)>
        vm.global.store.indirect.\(type) %a, %p : \(type) -> !util.ptr<\(type)>
        vm.return
      }
      """,
      "list.get.\(type)": """
      vm.func @self(%a : !vm.list<\(type)>, %b : i32) -> \(type) {
        %r = vm.list.get.\(type) %a, %b : (!vm.list<\(type)>, i32) -> \(type)
        vm.return %r : \(type)
      }
      """,
      "list.set.\(type)": """
      vm.func @self(%a : !vm.list<\(type)>, %b : i32, %c : \(type)) {
        vm.list.set.\(type) %a, %b, %c : (!vm.list<\(type)>, i32, \(type))
        vm.return
      }
      """,
      "select.\(type)": """
      vm.func @self(%a : i32, %b : \(type), %c : \(type)) -> \(type) {
        %r = vm.select.\(type) %a, %b, %c : \(type)
        vm.return %r : \(type)
      }
      """,
      "switch.\(type)": """
      vm.func @self(%a : i32, %b : \(type), %c : \(type)) -> \(type) {
        %r = vm.switch.\(type) %a[%b, %c] else %c : \(type)
        vm.return %r : \(type)
      }
      """,
    ]
  }

  /// The operations that read and write the memory of a buffer, of one width.
  private static func memory(_ width: String) -> [String: String] {
    let type = width == "i8" || width == "i16" ? "i32" : width
    var operations = [
      "buffer.fill.\(width)": """
      vm.func @self(%a : !vm.buffer, %b : i64, %c : \(type)) {
        vm.buffer.fill.\(width) %a, %b, %b, %c : \(type) -> !vm.buffer
        vm.return
      }
      """,
      "buffer.store.\(width)": """
      vm.func @self(%a : !vm.buffer, %b : i64, %c : \(type)) {
        vm.buffer.store.\(width) %c, %a[%b] : \(type) -> !vm.buffer
        vm.return
      }
      """,
    ]
    for sign in type == width ? [""] : [".s", ".u"] {
      operations["buffer.load.\(width)\(sign)"] = """
        vm.func @self(%a : !vm.buffer, %b : i64) -> \(type) {
          %r = vm.buffer.load.\(width)\(sign) %a[%b] : !vm.buffer -> \(type)
          vm.return %r : \(type)
        }
        """
    }
    return operations
  }

  private static let listOfReferences = [
    "list.get.ref": """
    vm.func @self(%a : !vm.list<!vm.buffer>, %b : i32) -> !vm.buffer {
      %r = vm.list.get.ref %a, %b : (!vm.list<!vm.buffer>, i32) -> !vm.buffer
      vm.return %r : !vm.buffer
    }
    """,
    "list.set.ref": """
    vm.func @self(%a : !vm.list<!vm.buffer>, %b : i32, %c : !vm.buffer) {
      vm.list.set.ref %a, %b, %c : (!vm.list<!vm.buffer>, i32, !vm.buffer)
      vm.return
    }
    """,
  ]
}
