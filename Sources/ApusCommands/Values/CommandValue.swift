internal import Apus
internal import ApusLauncher
internal import ArgumentParser

/// A value from the command line: text that a function's signature gives its meaning.
struct CommandValue {
  private let text: ArgumentText

  init(parsing text: String) { self.text = ArgumentText(text) }

  /// The value as an argument of the type wanted; of its own type if nothing is known of the function.
  func argument(as type: ValueType?, on runtime: Runtime) throws -> any ProgramArgument {
    try usage { try text.argument(as: type, on: runtime) }
  }

  /// The value to compare a result with.
  func data(like result: TensorData) throws -> TensorData {
    try usage { try text.tensor(expecting: result.elementType) }
  }

  /// Text that is wrong is wrong usage; a file that is wrong is not.
  private func usage<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TensorDataError where error.file == nil && error.cause == nil {
      throw ValidationError("\(error)")
    }
  }
}
