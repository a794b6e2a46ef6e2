/// Expresses functions of complex numbers by those of their parts, where IREE or StableHLO has no formula, or one
/// that loses digits.
struct ComplexFunctions {
  /// Replaces all.
  ///
  /// - Throws: `CompilerError` if one cannot be written down.
  func apply(to module: MLIROperation) throws(CompilerError) {
    for operation in module.descendants {
      let name = operation.name
      guard let formula = Self.formulas[name], let type = operation.results.first?.type?.text,
        let start = type.firstRange(of: "complex<")
      else { continue }
      let element = String(type[start.upperBound...].prefix { $0 != ">" })
      guard element == "f32" || name != "stablehlo.power" else { continue }
      let text = formula(type, type.replacing("complex<\(element)>", with: element), element)
      guard operation.replace(withBodyOfFunction: text) else {
        throw CompilerError(
          .compilationFailed,
          "\(name) of \(type) cannot be replaced by functions of its parts",
          phase: .start
        )
      }
    }
  }

  /// A function's text, for the type of the numbers (`tensor<2xcomplex<f32>>`), of their parts (`tensor<2xf32>`) and
  /// of an element of these (`f32`).
  private typealias Formula = @Sendable (String, String, String) -> String

  private static let formulas: [String: Formula] = [
    "stablehlo.tan": { tangent($0, $1, $2, real: "x", imaginary: "y") },
    "chlo.tan": { tangent($0, $1, $2, real: "x", imaginary: "y") },
    // -i tan(iz): the parts change places, and two changes of sign cancel.
    "stablehlo.tanh": { tangent($0, $1, $2, real: "y", imaginary: "x") },
    "chlo.sinh": { type, part, _ in hyperbolic(type, part, real: "sinh", imaginary: "cosh") },
    "chlo.cosh": { type, part, _ in hyperbolic(type, part, real: "cosh", imaginary: "sinh") },
    "stablehlo.power": { type, part, _ in widePower(type, part) },
  ]

  /// tan(x + iy) = (tan x / cosh² y + i tanh y (1 + tan² x)) / (1 + tan² x tanh² y): Abramowitz and Stegun,
  /// 4.3.51 and 4.3.57, divided by cosh² y.
  private static func tangent(
    _ type: String,
    _ part: String,
    _ element: String,
    real: String,
    imaginary: String
  ) -> String {
    """
    func.func @f(%z: \(type)) -> \(type) {
      %\(real) = stablehlo.real %z : (\(type)) -> \(part)
      %\(imaginary) = stablehlo.imag %z : (\(type)) -> \(part)
      %one = "chlo.constant_like"(%x) <{value = 1.0 : \(element)}> : (\(part)) -> \(part)
      %t = stablehlo.tan %x : \(part)
      %h = stablehlo.tanh %y : \(part)
      %c = chlo.cosh %y : \(part) -> \(part)
      %tt = stablehlo.multiply %t, %t : \(part)
      %th = stablehlo.multiply %t, %h : \(part)
      %thth = stablehlo.multiply %th, %th : \(part)
      %d = stablehlo.add %one, %thth : \(part)
      %cc = stablehlo.multiply %c, %c : \(part)
      %a = stablehlo.divide %t, %cc : \(part)
      %s = stablehlo.add %one, %tt : \(part)
      %b = stablehlo.multiply %h, %s : \(part)
      %tan_x = stablehlo.divide %a, %d : \(part)
      %tan_y = stablehlo.divide %b, %d : \(part)
      %r = stablehlo.complex %tan_\(real), %tan_\(imaginary) : \(type)
      return %r : \(type)
    }
    """
  }

  /// sinh(x + iy) = sinh x cos y + i cosh x sin y, and cosh with the two changing places.
  private static func hyperbolic(
    _ type: String,
    _ part: String,
    real: String,
    imaginary: String
  ) -> String {
    """
    func.func @f(%z: \(type)) -> \(type) {
      %x = stablehlo.real %z : (\(type)) -> \(part)
      %y = stablehlo.imag %z : (\(type)) -> \(part)
      %a = chlo.\(real) %x : \(part) -> \(part)
      %b = stablehlo.cosine %y : \(part)
      %c = chlo.\(imaginary) %x : \(part) -> \(part)
      %d = stablehlo.sine %y : \(part)
      %re = stablehlo.multiply %a, %b : \(part)
      %im = stablehlo.multiply %c, %d : \(part)
      %r = stablehlo.complex %re, %im : \(type)
      return %r : \(type)
    }
    """
  }

  /// In `f64`: the error of the logarithm, times the exponent, is one of the angle.
  private static func widePower(_ type: String, _ part: String) -> String {
    let wide = type.replacing("complex<f32>", with: "complex<f64>")
    let widePart = part.replacing("f32", with: "f64")
    func widen(_ name: String) -> String {
      """
      %r\(name) = stablehlo.real %\(name) : (\(type)) -> \(part)
      %i\(name) = stablehlo.imag %\(name) : (\(type)) -> \(part)
      %wr\(name) = stablehlo.convert %r\(name) : (\(part)) -> \(widePart)
      %wi\(name) = stablehlo.convert %i\(name) : (\(part)) -> \(widePart)
      %w\(name) = stablehlo.complex %wr\(name), %wi\(name) : \(wide)
      """
    }
    return """
      func.func @f(%x: \(type), %y: \(type)) -> \(type) {
        \(widen("x"))
        \(widen("y"))
        %power = stablehlo.power %wx, %wy : \(wide)
        %wre = stablehlo.real %power : (\(wide)) -> \(widePart)
        %wim = stablehlo.imag %power : (\(wide)) -> \(widePart)
        %re = stablehlo.convert %wre : (\(widePart)) -> \(part)
        %im = stablehlo.convert %wim : (\(widePart)) -> \(part)
        %r = stablehlo.complex %re, %im : \(type)
        return %r : \(type)
      }
      """
  }
}
