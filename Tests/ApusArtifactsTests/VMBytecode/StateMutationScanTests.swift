import Testing

@testable import ApusArtifacts

/// Whether calls may run at the same time: only programs that provably change nothing may.
@Suite(.enabled(if: IREETools.areExpected, IREETools.reason))
struct StateMutationScanTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var source: String
    var reason: String
    var flags = IREETools.processor
  }

  static let unchanging = [
    Case(testDescription: "no state", source: Programs.add, reason: ""),
    Case(testDescription: "several functions", source: Programs.severalKernels, reason: ""),
    Case(testDescription: "a large constant", source: Programs.largeConstant, reason: ""),
    Case(testDescription: "parameters", source: Programs.parameters, reason: ""),
    Case(testDescription: "prepared weights", source: Programs.preparedWeights, reason: ""),
    Case(
      testDescription: "packed weights",
      source: Programs.preparedWeights,
      reason: "",
      flags: IREETools.processor + ["--iree-opt-data-tiling"]
    ),
    Case(testDescription: "a loop", source: Programs.matmulLoop, reason: ""),
    Case(
      testDescription: "asynchronous functions",
      source: Programs.severalKernels,
      reason: "",
      flags: IREETools.processor + ["--iree-execution-model=async-external"]
    ),
    Case(
      testDescription: "a GPU",
      source: Programs.severalKernels,
      reason: "",
      flags: ["--iree-hal-target-device=cuda", "--iree-cuda-target=sm_80"]
    ),
  ]

  @Test(arguments: unchanging, IREETools.Compiler.all)
  func `proves of ordinary programs that they change nothing`(
    _ `case`: Case,
    _ compiler: IREETools.Compiler
  ) throws {
    let bytes = try IREETools.compile(`case`.source, `case`.flags, with: compiler)
    let module = try VMModuleDescription(bytes)
    #expect(module.stateMutation == nil)
    #expect(!module.mutatesState)
  }

  static let changing = [
    Case(
      testDescription: "a number",
      source: Programs.counter,
      reason: "next stores to a global"
    ),
    Case(
      testDescription: "a tensor that is replaced",
      source: Programs.accumulator,
      reason: "step keeps a !hal.buffer that can be changed in a global"
    ),
    Case(
      testDescription: "a tensor that is updated in place",
      source: Programs.cacheInPlace,
      reason: "__init keeps a !hal.buffer that can be changed in a global"
    ),
    Case(
      testDescription: "another module's function",
      source: """
        func.func private @sensor.read() -> i32
        func.func @f() -> i32 {
          %0 = func.call @sensor.read() : () -> i32
          return %0 : i32
        }
        """,
      reason: "f calls sensor.read, which may do anything"
    ),
  ]

  @Test(arguments: changing, IREETools.Compiler.all)
  func `says which function changes what`(_ `case`: Case, _ compiler: IREETools.Compiler) throws {
    let bytes = try IREETools.compile(`case`.source, `case`.flags, with: compiler)
    let module = try VMModuleDescription(bytes)
    #expect(module.stateMutation == `case`.reason)
    #expect(module.mutatesState)
  }

  /// A module in the VM's own dialect, with one function's body to choose.
  private func reason(
    _ compiler: IREETools.Compiler,
    _ body: String,
    _ more: String = ""
  ) throws -> String? {
    let source = """
      vm.module @m {
        vm.global.ref private mutable @buffer : !vm.buffer
        vm.global.ref private mutable @list : !vm.list<i32>
        vm.global.i32 private mutable @number : i32
        vm.rodata private @data dense<[1, 2, 3]> : tensor<3xi8>
        vm.export @f
        vm.func private @f(%x : i32, %n : i64, %argument : !vm.buffer) {
          \(body)
          vm.return
        }
        \(more)
      }
      """
    let bytes = try IREETools.compile(source, IREETools.verbatim, with: compiler)
    return try VMModuleDescription(bytes).stateMutation
  }

  @Test(arguments: IREETools.Compiler.all)
  func `lets a function write to memory it made itself`(_ compiler: IREETools.Compiler) throws {
    let reason = try reason(
      compiler,
      """
      %size = vm.const.i64 16
      %alignment = vm.const.i32 4
      %own = vm.buffer.alloc %size, %alignment : !vm.buffer
      vm.buffer.store.i32 %x, %own[%n] : i32 -> !vm.buffer
      vm.buffer.copy %argument, %n, %own, %n, %n : !vm.buffer -> !vm.buffer
      %list = vm.list.alloc %x : (i32) -> !vm.list<i32>
      vm.list.set.i32 %list, %x, %x : (!vm.list<i32>, i32, i32)
      """
    )
    #expect(reason == nil)
  }

  @Test(arguments: IREETools.Compiler.all)
  func `does not let it write to an argument or to what a global holds`(
    _ compiler: IREETools.Compiler
  ) throws {
    let argument = try reason(compiler, "vm.buffer.store.i32 %x, %argument[%n] : i32 -> !vm.buffer")
    #expect(argument == "f writes to memory it did not make (vm.buffer.store.i32)")
    let global = try reason(
      compiler,
      """
      %size = vm.const.i64 16
      %alignment = vm.const.i32 4
      %own = vm.buffer.alloc %size, %alignment : !vm.buffer
      %shared = vm.global.load.ref @buffer : !vm.buffer
      vm.buffer.copy %own, %n, %shared, %n, %n : !vm.buffer -> !vm.buffer
      """
    )
    #expect(global == "f writes to memory it did not make (vm.buffer.copy)")
    let list = try reason(
      compiler,
      """
      %list = vm.global.load.ref @list : !vm.list<i32>
      vm.list.resize %list, %x : (!vm.list<i32>, i32)
      """
    )
    #expect(list == "f writes to memory it did not make (vm.list.resize)")
  }

  @Test(arguments: IREETools.Compiler.all)
  func `sees stores to globals through calls and through computed addresses`(
    _ compiler: IREETools.Compiler
  ) throws {
    let helper = """
      vm.func private @helper(%x : i32) attributes {inlining_policy = #util.inline.never} {
        vm.global.store.i32 %x, @number : i32
        vm.return
      }
      """
    let call = try reason(compiler, "vm.call @helper(%x) : (i32) -> ()", helper)
    // Later compilers leave the names of functions that are not exported out of the source map.
    let name = compiler.bytecodeVersion.major == 15 ? "helper" : "function 1"
    #expect(call == "\(name) stores to a global")
    let indirect = try reason(
      compiler,
      """
      %p = vm.global.address @number : !util.ptr<i32>
      vm.global.store.indirect.i32 %x, %p : i32 -> !util.ptr<i32>
      """
    )
    #expect(indirect == "f stores to a global")
  }

  @Test(arguments: IREETools.Compiler.all)
  func `does not mind stores that only the initializer reaches`(_ compiler: IREETools.Compiler)
    throws
  {
    let reason = try reason(
      compiler,
      "",
      """
      vm.func private @helper(%x : i32) attributes {inlining_policy = #util.inline.never} {
        vm.global.store.i32 %x, @number : i32
        vm.return
      }
      vm.export @__init
      vm.func private @__init() {
        %x = vm.const.i32 7
        vm.call @helper(%x) : (i32) -> ()
        vm.return
      }
      """
    )
    #expect(reason == nil)
  }

  @Test(arguments: IREETools.Compiler.all)
  func `minds a store by a function that is exported as well as called by the initializer`(
    _ compiler: IREETools.Compiler
  ) throws {
    let reason = try reason(
      compiler,
      "",
      """
      vm.export @helper
      vm.func private @helper(%x : i32) attributes {inlining_policy = #util.inline.never} {
        vm.global.store.i32 %x, @number : i32
        vm.return
      }
      vm.export @__init
      vm.func private @__init() {
        %x = vm.const.i32 7
        vm.call @helper(%x) : (i32) -> ()
        vm.return
      }
      """
    )
    #expect(reason == "helper stores to a global")
  }
}
