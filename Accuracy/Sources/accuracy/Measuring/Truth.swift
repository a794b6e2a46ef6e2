import CExactMath

/// The exact values of a function at its arguments.
struct Truth: Sendable {
  let values: [exact_value]

  /// Nil if CExactMath does not know the function.
  init?(of function: MathFunction, at arguments: ArgumentSet) {
    guard let exact = exact_function_named(function.name),
      Int(exact_function_arity(exact)) == function.parameters.count
    else { return nil }
    values = (0..<arguments.count).map { exact_evaluate(exact, arguments.row($0)) }
  }
}
