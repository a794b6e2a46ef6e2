import ApusMath
import Testing

/// A function of a math library for one type, and a program in C that calls it.
struct MathCall: Hashable, Sendable, CustomTestStringConvertible {
  let function: MathFunction
  let type: FloatType
  /// What C calls it: `sinf`.
  let name: String

  var testDescription: String { name }

  /// Every function that musl has, in every type.
  static let all: [MathCall] = MathFunction.all.flatMap { function in
    [FloatType.f32, .f64, .x86FP80].compactMap { type in
      function.name(for: type, in: .musl).map {
        MathCall(function: function, type: type, name: $0)
      }
    }
  }

  /// What C calls the type.
  private var typeName: String {
    switch type {
    case .f32: "float"
    case .f64: "double"
    default: "long double"
    }
  }

  // MARK: Programs

  /// A program whose `run` writes the results of each call, the number of their bytes before them.
  static func program(of calls: [MathCall]) -> String {
    let types = [FloatType.f32, .f64, .x86FP80].filter { type in calls.contains { $0.type == type }
    }
    let numbers = types.compactMap { type in calls.first { $0.type == type }?.numbers }
    let runs = calls.map { call in
      """
        size = results_\(call.name)(to + 8) - (to + 8);
        memcpy(to, &size, 8);
        to += 8 + size;
      """
    }
    return
      (["#include <string.h>"] + numbers + calls.map(\.results) + [
        """
        unsigned long run(char *begin) {
          char *to = begin;
          unsigned long size;
        \(runs.joined(separator: "\n"))
          return to - begin;
        }

        """
      ]).joined(separator: "\n")
  }

  /// The results of each call that a program wrote.
  static func split(_ results: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var rest = results[...]
    while rest.count >= 8 {
      let size = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(8)
      parts.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return parts
  }

  /// Numbers to compute with: those that are special, and others of every magnitude.
  private var numbers: String {
    let prefix = type == .f32 ? "FLT" : type == .f64 ? "DBL" : "LDBL"
    return """
      static const volatile \(typeName) special_\(type.intrinsicSuffix)[] = {
        0, -0.0, 1, -1, 0.5, -0.5, 2, -3, 1.5, 2.5, -2.5, 0.1, -0.7, 3.1415926535897932, 10, -88.5, 710,
        1e5, 1e22, 1e-5, -1e-30, 8388609, 4503599627370497.0, __\(prefix)_MIN__, -__\(prefix)_DENORM_MIN__,
        __\(prefix)_MAX__, -__\(prefix)_MAX__, __builtin_inf(), -__builtin_inf(), __builtin_nan(""),
      };
      static unsigned long state_\(type.intrinsicSuffix) = 1;
      __attribute__((noinline)) static \(typeName) next_\(type.intrinsicSuffix)(void) {
        static const volatile \(typeName) scales[] = {1, 2, 20, 800, 1e-30, 1e-4, 1e6, 1e30};
        unsigned long *state = &state_\(type.intrinsicSuffix);
        *state = *state * 6364136223846793005 + 1442695040888963407;
        \(typeName) number = (\(typeName))(*state >> 8) * 0x1p-55 - 1;
        return number * scales[*state >> 60 & 7];
      }
      __attribute__((noinline)) static char *put_\(type.intrinsicSuffix)(char *to, \(typeName) number) {
        // One NaN is as good as another.
        if (number != number) number = __builtin_nan("");
        return memcpy(to, &number, \(type == .x86FP80 ? "10" : "sizeof number")) + \(size);
      }
      """
  }

  private var size: Int { type == .f32 ? 4 : type == .f64 ? 8 : 10 }

  /// The function that calls it with many numbers.
  private var results: String {
    let suffix = type.intrinsicSuffix
    let put = "to = put_\(suffix)(to, "
    let body: String
    switch (function.shape, function.name) {
    case (.unary, _): body = "\(put)F(x));"
    case (.binary, _): body = "\(put)F(x, y));"
    case (.ternary, _): body = "\(put)F(x, y, z));"
    case (.floatAndInteger, _):
      body = "for (int k = 0; k < 9; ++k) \(put)F(x, integers[k]));"
    case (.integerAndFloat, _):
      body = "for (int k = 3; k < 8; ++k) \(put)F(integers[k], x));"
    case (.toInteger, _): body = "long n = F(x); memcpy(to, &n, 8); to += 8;"
    case (.severalResults, "sincos"):
      body = "\(typeName) s, c; F(x, &s, &c); \(put)s); \(put)c);"
    case (.severalResults, "modf"):
      body = "\(typeName) whole; \(put)F(x, &whole)); \(put)whole);"
    case (.severalResults, "remquo"):
      // Of the quotient, three bits are promised.
      body = "int q = 0; \(put)F(x, y, &q)); *to++ = x == x && y == y ? q & 7 : 0;"
    default:
      // What frexp stores for infinities is anybody's choice.
      body = "int n = 0; \(put)F(x, &n)); *to++ = x - x == 0 ? n : 0;"
    }
    return """
      #if __has_builtin(__builtin_\(name))
      #define F __builtin_\(name)
      #else
      \(prototype)
      #define F \(name)
      #endif
      __attribute__((noinline)) static char *results_\(name)(char *to) {
        static const volatile int integers[] = {-1100, -52, -1, 0, 1, 2, 7, 30, 1100};
        (void)integers;
        enum { count = sizeof special_\(suffix) / sizeof *special_\(suffix) };
        \(loops(body))
        return to;
      }
      #undef F
      """
  }

  private var prototype: String {
    let type = typeName
    switch (function.shape, function.name) {
    case (.unary, _): return "\(type) \(name)(\(type));"
    case (.binary, _): return "\(type) \(name)(\(type), \(type));"
    case (.ternary, _): return "\(type) \(name)(\(type), \(type), \(type));"
    case (.floatAndInteger, _): return "\(type) \(name)(\(type), int);"
    case (.integerAndFloat, _): return "\(type) \(name)(int, \(type));"
    case (.toInteger, _): return "long \(name)(\(type));"
    case (.severalResults, "sincos"): return "void \(name)(\(type), \(type) *, \(type) *);"
    case (.severalResults, "modf"): return "\(type) \(name)(\(type), \(type) *);"
    case (.severalResults, "remquo"): return "\(type) \(name)(\(type), \(type), int *);"
    case (.severalResults, _): return "\(type) \(name)(\(type), int *);"
    }
  }

  /// How many numbers it takes that are not integers.
  private var numberCount: Int {
    switch (function.shape, function.name) {
    case (.binary, _), (_, "remquo"): 2
    case (.ternary, _): 3
    default: 1
    }
  }

  private func loops(_ body: String) -> String {
    let suffix = type.intrinsicSuffix
    var special = ""
    var random = "for (int i = 0; i < 500; ++i) { "
    for (variable, index) in zip(["x", "y", "z"], ["a", "b", "c"]).prefix(numberCount) {
      special += "for (int \(index) = 0; \(index) < count; ++\(index)) { "
      special += "\(typeName) \(variable) = special_\(suffix)[\(index)]; "
      random += "\(typeName) \(variable) = next_\(suffix)(); "
    }
    let ends = String(repeating: " }", count: numberCount)
    return special + body + ends + "\n  " + random + body + " }"
  }
}
