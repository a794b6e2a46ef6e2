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
  private let expectations: ArgumentExpectations

  init(program: Program, signature: FunctionSignature, handle: iree_vm_function_t) {
    self.program = program
    self.signature = signature
    self.handle = handle
    expectations = ArgumentExpectations(signature.arguments.map(\.type))
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
    try Result(programValue: callForOneResult(arguments))
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
    let result = try await program.runtime.invocationThreads.run {
      try callForOneResult(arguments)
    }
    return try Result(programValue: result)
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
    let lists = try invoke(arguments.count) { arguments[$0].programValue }
    defer { program.giveBack(lists) }
    return try (0..<library.api.iree_vm_list_size(lists.results)).map {
      try result(at: $0, in: lists.results)
    }
  }

  /// As ``call(_:)``, without an array for the result, of which there must be one.
  package func callForOneResult(_ arguments: [any ProgramArgument]) throws -> Value {
    let lists = try invoke(arguments.count) { arguments[$0].programValue }
    defer { program.giveBack(lists) }
    let count = library.api.iree_vm_list_size(lists.results)
    guard count == 1 else { throw countMismatch(1, count) }
    return try result(at: 0, in: lists.results)
  }

  // A call of a small program takes some microseconds, so what is done for every one is kept short:
  // in one function, errors made outside of it, and the library's functions called from its table
  // where it lies, since a copy is hundreds of bytes.

  /// Makes the call.
  ///
  /// - Returns: the lists with the results, to be given back to the program.
  @inline(__always)
  private func invoke(_ count: Int, _ argument: (Int) -> Value) throws -> ArgumentLists {
    guard count == signature.arguments.count else { throw argumentCountMismatch(count) }
    let lists = try program.takeLists()
    do {
      for index in 0..<count {
        try push(argument(index), at: index, onto: lists.arguments)
      }
      try check(program.invoke(handle, lists))
      return lists
    } catch {
      program.giveBack(lists)
      throw error
    }
  }

  private func several<First: ProgramResult, Second: ProgramResult, each Rest: ProgramResult>(
    _ results: [Value]
  ) throws -> (First, Second, repeat each Rest) {
    var expected = 2
    for _ in repeat (each Rest).self { expected += 1 }
    guard results.count == expected else { throw countMismatch(expected, results.count) }
    var rest = results.dropFirst(2).makeIterator()
    func next<Result: ProgramResult>(_: Result.Type) throws -> Result {
      guard let value = rest.next() else { throw countMismatch(expected, results.count) }
      return try Result(programValue: value)
    }
    return (
      try First(programValue: results[0]), try Second(programValue: results[1]),
      repeat try next((each Rest).self)
    )
  }

  // MARK: Arguments

  @inline(__always)
  private func push(
    _ value: Value,
    at index: Int,
    onto list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws {
    switch value {
    case .tensor(let tensor): try push(tensor.storage, at: index, onto: list)
    default: try push(number: value, at: index, onto: list)
    }
  }

  @inline(__always)
  private func push(
    _ tensor: BufferView,
    at index: Int,
    onto list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws {
    switch expectations.fit(of: tensor.elementType, tensor.dimensions, at: index) {
    case .fits: try push(unchecked: tensor, at: index, onto: list)
    case .fitsAs(let elementType):
      // IREE compares element types to the bit, so an Int8 tensor must say so where ui8 is wanted.
      let view = try tensor.view(as: elementType, shape: tensor.shape)
      try push(unchecked: view, at: index, onto: list)
    case .misfit: throw mismatch(.tensor(AnyTensor(tensor)), at: index)
    }
  }

  @inline(__always)
  private func push(
    unchecked tensor: BufferView,
    at index: Int,
    onto list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws {
    guard tensor.runtime === program.runtime else { throw strangeTensor(at: index) }
    var reference = library.api.iree_hal_buffer_view_retain_ref(tensor.handle)
    try check(library.api.iree_vm_list_push_ref_move(list, &reference))
  }

  @inline(never)
  private func push(
    number value: Value,
    at index: Int,
    onto list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws {
    var number = iree_vm_value_t()
    switch (value, signature.arguments[index].type) {
    case (.int32(let value), .scalar(.i32)):
      number.type = numericCast(APUS_IREE_VM_VALUE_TYPE_I32)
      number.i32 = value
    case (.int64(let value), .scalar(.i32)):
      // Swift's Int stands for an integer of any width that holds it.
      guard let narrow = Int32(exactly: value) else {
        throw error(
          "argument \(index) (\(signature.arguments[index].name)): expected Int32, got \(value),"
            + " which does not fit"
        )
      }
      number.type = numericCast(APUS_IREE_VM_VALUE_TYPE_I32)
      number.i32 = narrow
    case (.int64(let value), .scalar(.i64)):
      number.type = numericCast(APUS_IREE_VM_VALUE_TYPE_I64)
      number.i64 = value
    case (.float(let value), .scalar(.f32)):
      number.type = numericCast(APUS_IREE_VM_VALUE_TYPE_F32)
      number.f32 = value
    case (.double(let value), .scalar(.f64)):
      number.type = numericCast(APUS_IREE_VM_VALUE_TYPE_F64)
      number.f64 = value
    default:
      throw mismatch(value, at: index)
    }
    try check(library.api.iree_vm_list_push_value(list, &number))
  }

  // MARK: Results

  @inline(__always)
  private func result(
    at index: Int,
    in list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws -> Value {
    if let view = library.api.iree_vm_list_get_buffer_view_retain(list, index) {
      let storage = BufferView(consuming: view, on: program.runtime)
      guard storage.holdsItsShape else { throw impossibleShape(storage.shape, at: index) }
      return .tensor(AnyTensor(storage))
    }
    return try number(at: index, in: list)
  }

  @inline(never)
  private func number(
    at index: Int,
    in list: UnsafeMutablePointer<iree_vm_list_t>
  ) throws -> Value {
    var value = iree_vm_value_t()
    try check(library.api.iree_vm_list_get_value(list, index, &value))
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

  private var library: RuntimeLibrary { program.runtime.library }

  @inline(__always)
  private func check(_ status: iree_status_t?) throws {
    if let status { try fail(status) }
  }

  @inline(never)
  private func fail(_ status: iree_status_t) throws {
    try library.api.check(status, function: name, device: program.runtime.device)
  }

  @inline(never)
  private func argumentCountMismatch(_ count: Int) -> any Error {
    error("expected \(signature.arguments.count) arguments, got \(count); it is \(signature)")
  }

  @inline(never)
  private func mismatch(_ value: Value, at index: Int) -> any Error {
    let argument = signature.arguments[index]
    let expected = argument.type?.swiftDescription ?? "a tensor"
    return error(
      "argument \(index) (\(argument.name)): expected \(expected),"
        + " got \(value.type.swiftDescription)"
    )
  }

  @inline(never)
  private func strangeTensor(at index: Int) -> any Error {
    error("argument \(index) is a tensor of another runtime's device; copy it to this one's")
  }

  @inline(never)
  private func countMismatch(_ expected: Int, _ count: Int) -> any Error {
    error("the function has \(count) results, and \(expected) were asked for")
  }

  @inline(never)
  private func impossibleShape(_ shape: [Int], at index: Int) -> any Error {
    error("result \(index) has the shape \(shape), which is impossible", .outOfRange)
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
