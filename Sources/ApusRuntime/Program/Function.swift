public import ApusArtifacts
internal import CApusIREERuntime

/// A function of a program, ready to be called like a Swift function.
///
/// ```swift
/// let add = try program.function("add")
/// print(add)                                       // func add(input0: Tensor<Float>[4], ...
/// let sum: Tensor<Float> = try await add(a, b)
/// ```
///
/// In an asynchronous function a call needs `await` and blocks no thread of Swift's pool; elsewhere it
/// is made without, and blocks the thread. ``call(_:)`` blocks everywhere.
///
/// Arguments are checked against the signature before anything runs. Tensors are passed, not copied.
///
/// - Warning: IREE 3.9 may compute in place in an argument that the program uses for the last time, where
///   a result takes the place of an operand: sorts, scatters, updates of slices. The tensor passed then
///   changes. Pass ``Tensor/copied()`` where its old elements are still wanted.
///
/// Thread-safe, as ``Program`` is.
public struct Function: Sendable {
  /// The program it is part of.
  public let program: Program
  /// Its name, and what it takes and gives.
  public let signature: FunctionSignature

  /// Proof of safety: a module's address, which `program` keeps valid, and two numbers.
  nonisolated(unsafe) private let handle: iree_vm_function_t

  init(program: Program, signature: FunctionSignature, handle: iree_vm_function_t) {
    self.program = program
    self.signature = signature
    self.handle = handle
  }

  /// The function's name.
  public var name: String { signature.name }

  // MARK: Calling

  /// Calls the function and returns all its results; blocks the thread until they are there.
  ///
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if the arguments do not fit the signature, and
  ///   whatever the program fails with.
  @discardableResult
  public func callAsFunction(_ arguments: any ProgramArgument...) throws -> [Value] {
    try call(arguments)
  }

  /// Calls the function, which must have one result; blocks the thread until it is there.
  ///
  /// - Throws: ``RuntimeError``, also if the result is of another type than asked for.
  public func callAsFunction<Result: ProgramResult>(
    _ arguments: any ProgramArgument...
  ) throws -> Result {
    try single(call(arguments))
  }

  /// Calls the function, which must have as many results as are asked for; blocks the thread until
  /// they are there.
  ///
  /// - Throws: ``RuntimeError``, also if a result is of another type than asked for.
  public func callAsFunction<First: ProgramResult, Second: ProgramResult, each Rest: ProgramResult>(
    _ arguments: any ProgramArgument...
  ) throws -> (First, Second, repeat each Rest) {
    try several(call(arguments))
  }

  /// Calls the function and returns all its results, without blocking a thread of Swift's pool.
  ///
  /// - Throws: as the blocking form; `CancellationError` if the task was cancelled before the call
  ///   began. A call that has begun runs to its end.
  @discardableResult
  public func callAsFunction(_ arguments: any ProgramArgument...) async throws -> [Value] {
    try await program.runtime.invocationThreads.run { try call(arguments) }
  }

  /// Calls the function, which must have one result, without blocking a thread of Swift's pool.
  ///
  /// - Throws: as the blocking form; `CancellationError` if the task was cancelled before the call
  ///   began.
  public func callAsFunction<Result: ProgramResult>(
    _ arguments: any ProgramArgument...
  ) async throws -> Result {
    try await program.runtime.invocationThreads.run { try single(call(arguments)) }
  }

  /// Calls the function, which must have as many results as are asked for, without blocking a thread
  /// of Swift's pool.
  ///
  /// - Throws: as the blocking form; `CancellationError` if the task was cancelled before the call
  ///   began.
  public func callAsFunction<First: ProgramResult, Second: ProgramResult, each Rest: ProgramResult>(
    _ arguments: any ProgramArgument...
  ) async throws -> (First, Second, repeat each Rest) {
    let results = try await program.runtime.invocationThreads.run { try call(arguments) }
    return try several(results)
  }

  /// Calls the function with arguments in an array, for callers that learn their number at run time;
  /// blocks the thread.
  ///
  /// - Throws: as the call itself.
  public func call(_ arguments: [any ProgramArgument]) throws -> [Value] {
    guard arguments.count == signature.arguments.count else {
      throw error(
        "expected \(signature.arguments.count) arguments, got \(arguments.count); it is \(signature)"
      )
    }
    return try program.withArgumentLists { lists in
      for (index, argument) in arguments.enumerated() {
        try push(argument.programValue, at: index, onto: lists.arguments)
      }
      try program.invoke(handle, lists, name: name)
      return try results(in: lists.results)
    }
  }

  private func single<Result: ProgramResult>(_ results: [Value]) throws -> Result {
    guard results.count == 1 else { throw countMismatch(1, results) }
    return try Result(programValue: results[0])
  }

  private func several<First: ProgramResult, Second: ProgramResult, each Rest: ProgramResult>(
    _ results: [Value]
  ) throws -> (First, Second, repeat each Rest) {
    var expected = 2
    for _ in repeat (each Rest).self { expected += 1 }
    guard results.count == expected else { throw countMismatch(expected, results) }
    var rest = results.dropFirst(2).makeIterator()
    func next<Result: ProgramResult>(_: Result.Type) throws -> Result {
      guard let value = rest.next() else { throw countMismatch(expected, results) }
      return try Result(programValue: value)
    }
    return (
      try First(programValue: results[0]), try Second(programValue: results[1]),
      repeat try next((each Rest).self)
    )
  }

  // MARK: Arguments

  private func push(
    _ value: Value,
    at index: Int,
    onto list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws {
    switch (value, signature.arguments[index].type) {
    case (.tensor(let tensor), .tensor(let expected)):
      guard tensor.elementType.matches(expected.elementType), expected.matches(shape: tensor.shape)
      else { throw mismatch(value, at: index) }
      try push(tensor.storage, as: expected.elementType, at: index, onto: list)
    case (.tensor(let tensor), nil):
      try push(tensor.storage, as: tensor.elementType, at: index, onto: list)
    case (.int32(let number), .scalar(.i32)):
      try push(number, onto: list)
    case (.int64(let number), .scalar(.i32)):
      // Swift's Int stands for an integer of any width that holds it.
      guard let narrow = Int32(exactly: number) else {
        throw error(
          "argument \(index) (\(signature.arguments[index].name)): expected Int32, got \(number),"
            + " which does not fit"
        )
      }
      try push(narrow, onto: list)
    case (.int64(let number), .scalar(.i64)):
      var value = iree_vm_value_t()
      value.type = numericCast(APUS_IREE_VM_VALUE_TYPE_I64)
      value.i64 = number
      try check(program.api.iree_vm_list_push_value(list, &value))
    case (.float(let number), .scalar(.f32)):
      var value = iree_vm_value_t()
      value.type = numericCast(APUS_IREE_VM_VALUE_TYPE_F32)
      value.f32 = number
      try check(program.api.iree_vm_list_push_value(list, &value))
    case (.double(let number), .scalar(.f64)):
      var value = iree_vm_value_t()
      value.type = numericCast(APUS_IREE_VM_VALUE_TYPE_F64)
      value.f64 = number
      try check(program.api.iree_vm_list_push_value(list, &value))
    default:
      throw mismatch(value, at: index)
    }
  }

  private func push(_ number: Int32, onto list: UnsafeMutablePointer<iree_vm_list_t>) throws {
    var value = iree_vm_value_t()
    value.type = numericCast(APUS_IREE_VM_VALUE_TYPE_I32)
    value.i32 = number
    try check(program.api.iree_vm_list_push_value(list, &value))
  }

  private func push(
    _ storage: BufferView,
    as elementType: ElementType,
    at index: Int,
    onto list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws {
    guard storage.runtime === program.runtime else {
      throw error(
        "argument \(index) is a tensor of another runtime's device; copy it to this one's"
      )
    }
    // IREE compares element types to the bit, so an Int8 tensor must say so where ui8 is wanted.
    let view =
      storage.elementType == elementType
      ? storage : try storage.view(as: elementType, shape: storage.shape)
    var reference = program.api.iree_hal_buffer_view_retain_ref(view.handle)
    try check(program.api.iree_vm_list_push_ref_move(list, &reference))
  }

  // MARK: Results

  private func results(in list: UnsafeMutablePointer<iree_vm_list_t>) throws -> [Value] {
    let count = program.api.iree_vm_list_size(list)
    var values: [Value] = []
    values.reserveCapacity(count)
    for index in 0..<count {
      values.append(try result(at: index, in: list))
    }
    return values
  }

  private func result(
    at index: Int,
    in list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws -> Value {
    if let view = program.api.iree_vm_list_get_buffer_view_retain(list, index) {
      let storage = BufferView(consuming: view, on: program.runtime)
      guard storage.holdsItsShape else {
        throw error(
          "result \(index) has the shape \(storage.shape), which is impossible",
          .outOfRange
        )
      }
      return .tensor(AnyTensor(storage))
    }
    var value = iree_vm_value_t()
    try check(program.api.iree_vm_list_get_value(list, index, &value))
    switch Int(value.type) {
    case APUS_IREE_VM_VALUE_TYPE_I32: return .int32(value.i32)
    case APUS_IREE_VM_VALUE_TYPE_I64: return .int64(value.i64)
    case APUS_IREE_VM_VALUE_TYPE_F32: return .float(value.f32)
    case APUS_IREE_VM_VALUE_TYPE_F64: return .double(value.f64)
    default:
      throw error("result \(index) is neither a tensor nor a number", .unimplemented)
    }
  }

  // MARK: Errors

  private func check(_ status: iree_status_t?) throws(RuntimeError) {
    try program.api.check(status, function: name, device: program.runtime.device)
  }

  private func mismatch(_ value: Value, at index: Int) -> RuntimeError {
    let argument = signature.arguments[index]
    let expected = argument.type?.swiftDescription ?? "a tensor"
    return error(
      "argument \(index) (\(argument.name)): expected \(expected),"
        + " got \(value.type.swiftDescription)"
    )
  }

  private func countMismatch(_ expected: Int, _ results: [Value]) -> RuntimeError {
    error("the function has \(results.count) results, and \(expected) were asked for")
  }

  private func error(
    _ message: String,
    _ code: RuntimeError.StatusCode = .invalidArgument
  ) -> RuntimeError {
    RuntimeError(code, message, function: name, device: program.runtime.device)
  }
}

extension Function: CustomStringConvertible {
  /// The signature in Swift's words.
  public var description: String { signature.description }
}

extension Program {
  var api: apus_iree_runtime_table { runtime.library.api }
}
