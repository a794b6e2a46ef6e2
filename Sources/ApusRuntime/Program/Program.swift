public import ApusArtifacts
internal import CApusIREERuntime
internal import Synchronization
public import SystemPackage

/// A compiled program on a device, ready to be called.
///
/// ```swift
/// let runtime = try Runtime()
/// let program = try Program(contentsOf: "add.vmfb", on: runtime)
/// let add = try program.function("add")
/// let a = try Tensor<Float>([1, 2, 3, 4], on: runtime)
/// let sum: Tensor<Float> = try add(a, a)
/// ```
///
/// A program holds machine code, and loading it runs its initialisers: load only what you trust.
///
/// A program has state: its globals, initialised when it is loaded. Two programs loaded from the same
/// file share none. Thread-safe: calls of a program whose functions change no global run at the same
/// time, calls of one that does are made one after the other.
public final class Program: Sendable {
  /// The device the program was loaded onto.
  public let runtime: Runtime
  /// The names of the modules, in the order given.
  public let moduleNames: [String]

  private let entries: [ProgramLoader.LoadedFunction]
  /// What keeps the modules' bytes in memory.
  private let bytecode: [VMBytecode]
  let name: String

  /// Proof of safety: owned by this object, made before it is shared, released with it.
  ///
  /// Created for concurrent use; where the program writes to its globals, ``invoke(_:)`` takes
  /// ``stateLock``.
  nonisolated(unsafe) let context: UnsafeMutablePointer<iree_vm_context_t>
  /// Held during calls; nil where calls need not exclude each other.
  private let stateLock: StateLock?
  /// Lists that one call at a time can have.
  private let lists: ArgumentLists
  private let listsAreTaken = Atomic(false)

  /// A lock of its own class, so that a program without state has none.
  private final class StateLock: Sendable {
    let mutex = Mutex(())
  }

  /// Loads a program from a `.vmfb` file, which is mapped, not read.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - runtime: the device to load it onto.
  ///   - parameters: files with the parameters that the program asks for.
  /// - Throws: `FileError` if the file cannot be opened; ``RuntimeError`` as ``init(_:on:parameters:)``.
  public convenience init(
    contentsOf path: FilePath,
    on runtime: Runtime,
    parameters: [ParameterArchive] = []
  ) throws {
    try self.init([VMBytecode(contentsOf: path)], on: runtime, parameters: parameters)
  }

  /// Loads a program of one or more modules; a module may import functions of those before it.
  ///
  /// - Parameters:
  ///   - modules: at least one.
  ///   - runtime: the device to load them onto.
  ///   - parameters: files with the parameters that the program asks for.
  /// - Throws: ``RuntimeError``: with `INVALID_ARGUMENT` if the bytes are not a module, or of another
  ///   version of IREE than the runtime's; `INCOMPATIBLE` if its kernels are for another architecture;
  ///   `NOT_FOUND` if a parameter or an imported function is missing.
  public init(
    _ modules: [VMBytecode],
    on runtime: Runtime,
    parameters: [ParameterArchive] = []
  ) throws {
    guard !modules.isEmpty else {
      throw RuntimeError(.invalidArgument, "a program needs at least one module")
    }
    let loader = ProgramLoader(runtime)
    let loaded = try loader.load(modules, parameters: parameters)
    do {
      lists = try ArgumentLists(runtime.library)
    } catch {
      runtime.library.api.iree_vm_context_release(loaded.context)
      throw error
    }

    self.runtime = runtime
    context = loaded.context
    bytecode = modules
    name = modules.map(\.name).joined(separator: ", ")
    moduleNames = loaded.moduleNames
    entries = loaded.functions
    stateLock = loaded.mutatesState ? StateLock() : nil
  }

  deinit {
    lists.release(runtime.library)
    runtime.library.api.iree_vm_context_release(context)
  }

  /// The functions that can be called, in the program's order.
  public var functions: [Function] {
    entries.map { Function(program: self, signature: $0.signature, handle: $0.handle) }
  }

  /// A function by its name.
  ///
  /// - Parameter name: the function's name, or `module.function` where modules share a name.
  /// - Throws: ``RuntimeError`` with `NOT_FOUND`, listing the functions there are.
  public func function(_ name: String) throws -> Function {
    let matches = entries.filter {
      $0.signature.name == name || "\($0.module).\($0.signature.name)" == name
    }
    guard let entry = matches.first else {
      let names = entries.map(\.signature.name).joined(separator: ", ")
      throw RuntimeError(
        .notFound,
        "there is no function '\(name)'; "
          + (names.isEmpty ? "the program has none" : "the program has: \(names)"),
        program: self.name
      )
    }
    guard matches.count == 1 else {
      let names = matches.map { "\($0.module).\($0.signature.name)" }.joined(separator: ", ")
      throw RuntimeError(
        .invalidArgument,
        "'\(name)' names several functions: \(names)",
        program: self.name
      )
    }
    return Function(program: self, signature: entry.signature, handle: entry.handle)
  }

  /// Calls a function with lists that hold its arguments and take its results.
  ///
  /// - Returns: a status that the caller must check.
  @inline(__always)
  func invoke(_ function: iree_vm_function_t, _ lists: ArgumentLists) -> iree_status_t? {
    func call() -> iree_status_t? {
      runtime.invocationSlots.withSlot {
        runtime.library.api.iree_vm_invoke(
          context,
          function,
          numericCast(APUS_IREE_VM_INVOCATION_FLAG_NONE),
          nil,
          lists.arguments,
          lists.results,
          systemAllocator
        )
      }
    }
    guard let stateLock else { return call() }
    var status: iree_status_t?
    stateLock.mutex.withLock { _ in status = call() }
    return status
  }

  /// Empty lists, to be given back: the program's, or new ones while another call has those.
  @inline(__always)
  func takeLists() throws -> ArgumentLists {
    if !listsAreTaken.exchange(true, ordering: .acquiring) { return lists }
    return try ArgumentLists(runtime.library)
  }

  @inline(__always)
  func giveBack(_ lists: ArgumentLists) {
    if lists.arguments == self.lists.arguments {
      lists.clear(runtime.library)
      listsAreTaken.store(false, ordering: .releasing)
    } else {
      lists.release(runtime.library)
    }
  }
}

/// The lists through which a call's arguments and results travel.
struct ArgumentLists: Sendable {
  /// Proof of safety: used by one call at a time.
  nonisolated(unsafe) let arguments: UnsafeMutablePointer<iree_vm_list_t>
  nonisolated(unsafe) let results: UnsafeMutablePointer<iree_vm_list_t>

  init(_ library: RuntimeLibrary) throws(RuntimeError) {
    arguments = try Self.makeList(library)
    do throws(RuntimeError) {
      results = try Self.makeList(library)
    } catch {
      library.api.iree_vm_list_release(arguments)
      throw error
    }
  }

  private static func makeList(
    _ library: RuntimeLibrary
  ) throws(RuntimeError) -> UnsafeMutablePointer<iree_vm_list_t> {
    let api = library.api
    var list: UnsafeMutablePointer<iree_vm_list_t>?
    try api.check(api.iree_vm_list_create(iree_vm_type_def_t(), 8, systemAllocator, &list))
    guard let list else { throw RuntimeError.noResult("iree_vm_list_create") }
    return list
  }

  @inline(__always)
  func clear(_ library: RuntimeLibrary) {
    library.api.iree_vm_list_clear(arguments)
    library.api.iree_vm_list_clear(results)
  }

  func release(_ library: RuntimeLibrary) {
    library.api.iree_vm_list_release(arguments)
    library.api.iree_vm_list_release(results)
  }
}
