package import ApusArtifacts
package import ApusRuntime

extension Program {
  /// The function that a command line means.
  ///
  /// - Parameters:
  ///   - name: its name; nil for the only one there is.
  ///   - subject: what messages call the program.
  /// - Throws: ``LaunchFailure`` if there is none, or a choice; `RuntimeError` for an unknown name.
  package func function(chosen name: String?, of subject: String) throws -> Function {
    if let name { return try function(name) }
    let functions = functions
    guard let only = functions.first, functions.count == 1 else {
      let names = functions.map(\.name).joined(separator: ", ")
      throw LaunchFailure(
        functions.isEmpty
          ? "\(subject) has no function to call"
          : "\(subject) has \(functions.count) functions; choose one with --function: \(names)"
      )
    }
    return only
  }
}

extension Function {
  /// The arguments that a command line gives, as the signature wants them.
  ///
  /// - Parameters:
  ///   - inputs: the values of `--input`.
  ///   - parse: makes an argument of one of them, of the type wanted.
  /// - Throws: ``LaunchFailure`` for another number of inputs; what `parse` throws.
  package func arguments(
    _ inputs: [String],
    parse: (String, ValueType?) throws -> any ProgramArgument
  ) throws -> [any ProgramArgument] {
    let expected = signature.arguments
    guard inputs.count == expected.count else {
      throw LaunchFailure(
        "\(name) takes \(expected.count) arguments, and \(inputs.count) were given with --input;"
          + " it is \(self)"
      )
    }
    return try zip(inputs, expected).map { try parse($0, $1.type) }
  }
}
