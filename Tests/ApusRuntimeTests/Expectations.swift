import ApusRuntime
import Testing

/// What a call throws, which must be a ``RuntimeError``.
func runtimeError(
  _ sourceLocation: SourceLocation = #_sourceLocation,
  from body: () async throws -> Void
) async throws -> RuntimeError {
  do {
    try await body()
  } catch let error as RuntimeError {
    return error
  }
  Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  throw NothingThrown()
}

/// As above, from a call that blocks.
func runtimeError(
  _ sourceLocation: SourceLocation = #_sourceLocation,
  from body: () throws -> Void
) throws -> RuntimeError {
  do {
    try body()
  } catch let error as RuntimeError {
    return error
  }
  Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  throw NothingThrown()
}

private struct NothingThrown: Error {}
