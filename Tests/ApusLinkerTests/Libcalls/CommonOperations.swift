import ApusMath

@testable import ApusLinker

/// The operations that the table has answers for: those a C, Swift or IREE program is likely to use.
struct CommonOperations {
  private(set) var signatures: [IntrinsicSignature] = []
  private let target: CodeTarget

  /// The operations for a column of the table, without fast-math flags, optimised.
  init(for column: LibcallTable.Column) {
    target = column.target
    let isX86 = column.triple.hasPrefix("x86_64")
    let scalars = Number.scalars.filter { isX86 || $0.type != "x86_fp80" }
    addFunctions(scalars + Number.vectors)
    addSeveralResults(scalars + Number.vectors)
    addIntegerResults(scalars)
    addReductions()
    addConstrained()
    addArithmetic(scalars)
    addConversions(scalars)
    addIntegers()
    addMemory()
  }

  /// A type of numbers, or of vectors of them.
  private struct Number {
    /// What intrinsics' names have: `v4f64`.
    var suffix: String
    /// What LLVM calls it: `<4 x double>`.
    var type: String
    /// The number of elements; nil for a scalar.
    var count: Int?

    static let scalars = FloatType.allCases.map {
      Number(suffix: $0.intrinsicSuffix, type: $0.llvmName)
    }

    static let vectors: [Number] = [
      (FloatType.f32, [2, 4, 8, 16]), (.f64, [2, 4, 8]), (.f16, [4, 8]),
    ].flatMap { element, counts in
      counts.map { (count: Int) -> Number in
        Number(
          suffix: "v\(count)" + element.intrinsicSuffix,
          type: "<\(count) x \(element.llvmName)>",
          count: count
        )
      }
    }

    /// The type of as many 32-bit integers.
    var integers: (suffix: String, type: String) {
      count.map { ("v\($0)i32", "<\($0) x i32>") } ?? ("i32", "i32")
    }
  }

  private mutating func add(
    _ operation: String,
    _ result: String,
    _ operands: [IntrinsicSignature.Operand]
  ) {
    signatures.append(
      IntrinsicSignature(
        operation: operation,
        result: result,
        operands: operands,
        target: target
      )
    )
  }

  private mutating func addFunctions(_ numbers: [Number]) {
    let others: [(String, Int)] = [("llvm.fmuladd", 3)]
    let functions =
      others
      + MathFunction.all.compactMap { function in
        guard [.unary, .binary, .ternary].contains(function.shape),
          let intrinsic = function.intrinsic
        else { return nil }
        return (intrinsic, function.arity)
      }
    for number in numbers {
      let type = number.type
      for (intrinsic, arity) in functions {
        let operands = [IntrinsicSignature.Operand](repeating: .variable(type), count: arity)
        add("\(intrinsic).\(number.suffix)", type, operands)
      }
      let integers = number.integers
      add(
        "llvm.ldexp.\(number.suffix).\(integers.suffix)",
        type,
        [.variable(type), .variable(integers.type)]
      )
      let powi = "llvm.powi.\(number.suffix).i32"
      add(powi, type, [.variable(type), .variable("i32")])
      for exponent in -2...8 where number.count == nil {
        add(powi, type, [.variable(type), .constant("i32 \(exponent)")])
      }
    }
  }

  private mutating func addSeveralResults(_ numbers: [Number]) {
    for number in numbers {
      let (type, integers) = (number.type, number.integers)
      for intrinsic in ["llvm.sincos", "llvm.sincospi", "llvm.modf"]
      where number.count == nil || intrinsic != "llvm.sincospi" {
        add("\(intrinsic).\(number.suffix)", "{ \(type), \(type) }", [.variable(type)])
      }
      add(
        "llvm.frexp.\(number.suffix).\(integers.suffix)",
        "{ \(type), \(integers.type) }",
        [.variable(type)]
      )
    }
  }

  private mutating func addIntegerResults(_ numbers: [Number]) {
    for number in numbers {
      for intrinsic in ["llvm.lround", "llvm.llround", "llvm.lrint", "llvm.llrint"] {
        add("\(intrinsic).i64.\(number.suffix)", "i64", [.variable(number.type)])
      }
      for intrinsic in ["llvm.fptosi.sat", "llvm.fptoui.sat"] {
        for integer in ["i32", "i64", "i128"] {
          add("\(intrinsic).\(integer).\(number.suffix)", integer, [.variable(number.type)])
        }
      }
    }
  }

  private mutating func addReductions() {
    for number in Number.vectors {
      let element = String(number.type.dropFirst().dropLast().split(separator: " ")[2])
      for intrinsic in ["fadd", "fmul"] {
        add(
          "llvm.vector.reduce.\(intrinsic).\(number.suffix)",
          element,
          [.variable(element), .variable(number.type)]
        )
      }
      for intrinsic in ["fmin", "fmax", "fminimum", "fmaximum"] {
        add("llvm.vector.reduce.\(intrinsic).\(number.suffix)", element, [.variable(number.type)])
      }
    }
  }

  private mutating func addConstrained() {
    let rounding = IntrinsicSignature.Operand.constant(IntrinsicSignature.dynamicRounding)
    let exceptions = IntrinsicSignature.Operand.constant(IntrinsicSignature.strictExceptions)
    let rounded: [(String, Int)] = [
      ("sin", 1), ("cos", 1), ("tan", 1), ("asin", 1), ("acos", 1), ("atan", 1), ("atan2", 2),
      ("sinh", 1), ("cosh", 1), ("tanh", 1), ("exp", 1), ("exp2", 1), ("log", 1), ("log2", 1),
      ("log10", 1), ("pow", 2), ("fma", 3), ("sqrt", 1), ("rint", 1), ("nearbyint", 1),
      ("frem", 2), ("fadd", 2), ("fsub", 2), ("fmul", 2), ("fdiv", 2),
    ]
    let exact: [(String, Int)] = [
      ("floor", 1), ("ceil", 1), ("trunc", 1), ("round", 1), ("roundeven", 1), ("minnum", 2),
      ("maxnum", 2), ("minimum", 2), ("maximum", 2),
    ]
    for number in Number.scalars where ["float", "double"].contains(number.type) {
      let type = number.type
      let prefix = "llvm.experimental.constrained."
      for (functions, modes) in [(rounded, [rounding, exceptions]), (exact, [exceptions])] {
        for (name, arity) in functions {
          let operands = [IntrinsicSignature.Operand](repeating: .variable(type), count: arity)
          add("\(prefix)\(name).\(number.suffix)", type, operands + modes)
        }
      }
      for name in ["powi", "ldexp"] {
        let operands: [IntrinsicSignature.Operand] = [.variable(type), .variable("i32")]
        // The type of the exponent is part of the one's name only.
        let suffix = name == "ldexp" ? "\(number.suffix).i32" : number.suffix
        add("\(prefix)\(name).\(suffix)", type, operands + [rounding, exceptions])
      }
      for (name, modes) in [
        ("lrint", [rounding, exceptions]), ("llrint", [rounding, exceptions]),
        ("lround", [exceptions]), ("llround", [exceptions]),
      ] {
        add("\(prefix)\(name).i64.\(number.suffix)", "i64", [.variable(type)] + modes)
      }
    }
  }

  private mutating func addArithmetic(_ numbers: [Number]) {
    let plain = ["float", "double"]
    for number in numbers + Number.vectors {
      let pair: [IntrinsicSignature.Operand] = [.variable(number.type), .variable(number.type)]
      add("frem \(number.type)", number.type, pair)
      guard !plain.contains(where: number.type.contains) else { continue }
      for word in ["fadd", "fsub", "fmul", "fdiv"] {
        add("\(word) \(number.type)", number.type, pair)
      }
      let truth = number.count.map { "<\($0) x i1>" } ?? "i1"
      for comparison in [
        "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "uno", "ueq", "ugt", "uge", "ult", "ule",
        "une",
      ] {
        add("fcmp \(comparison) \(number.type)", truth, pair)
      }
    }
  }

  private mutating func addConversions(_ numbers: [Number]) {
    let order = ["half", "bfloat", "float", "double", "x86_fp80", "fp128"]
    let usual = ["float", "double"]
    for from in numbers {
      for to in numbers where !(usual.contains(from.type) && usual.contains(to.type)) {
        guard let low = order.firstIndex(of: from.type), let high = order.firstIndex(of: to.type),
          low != high, Set([from.type, to.type]) != ["half", "bfloat"]
        else { continue }
        let word = low < high ? "fpext" : "fptrunc"
        add("\(word) \(from.type) to \(to.type)", to.type, [.variable(from.type)])
      }
      for integer in ["i1", "i8", "i16", "i32", "i64", "i128"]
      where !usual.contains(from.type) || integer == "i128" {
        for word in ["fptosi", "fptoui"] {
          add("\(word) \(from.type) to \(integer)", integer, [.variable(from.type)])
        }
        for word in ["sitofp", "uitofp"] {
          add("\(word) \(integer) to \(from.type)", from.type, [.variable(integer)])
        }
      }
    }
    for count in [4, 8] {
      for wide in ["float", "double"] {
        add(
          "fpext <\(count) x half> to <\(count) x \(wide)>",
          "<\(count) x \(wide)>",
          [.variable("<\(count) x half>")]
        )
        add(
          "fptrunc <\(count) x \(wide)> to <\(count) x half>",
          "<\(count) x half>",
          [.variable("<\(count) x \(wide)>")]
        )
      }
    }
  }

  private mutating func addIntegers() {
    for word in ["sdiv", "udiv", "srem", "urem", "mul"] {
      add("\(word) i128", "i128", [.variable("i128"), .variable("i128")])
    }
    for word in ["smul", "umul"] {
      add(
        "llvm.\(word).with.overflow.i128",
        "{ i128, i1 }",
        [.variable("i128"), .variable("i128")]
      )
    }
  }

  private mutating func addMemory() {
    let lengths: [IntrinsicSignature.Operand] =
      [.variable("i64"), .constant("i64 0")] + (0...10).map { .constant("i64 \(1 << $0)") }
    for length in lengths {
      for name in ["llvm.memcpy.p0.p0.i64", "llvm.memmove.p0.p0.i64"] {
        add(name, "void", [.variable("ptr"), .variable("ptr"), length, .constant("i1 false")])
      }
      add(
        "llvm.memset.p0.i64",
        "void",
        [.variable("ptr"), .variable("i8"), length, .constant("i1 false")]
      )
    }
  }
}
