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

  @Test(arguments: unchanging)
  func `proves of ordinary programs that they change nothing`(_ `case`: Case) throws {
    let module = try VMModuleDescription(try IREETools.compile(`case`.source, `case`.flags))
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

  @Test(arguments: changing)
  func `says which function changes what`(_ `case`: Case) throws {
    let module = try VMModuleDescription(try IREETools.compile(`case`.source, `case`.flags))
    #expect(module.stateMutation == `case`.reason)
    #expect(module.mutatesState)
  }

  /// A module in the VM's own dialect, with one function's body to choose.
  private func reason(_ body: String, _ more: String = "") throws -> String? {
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
    let flags = ["--compile-mode=vm", "--iree-vm-bytecode-module-optimize=false"]
    return try VMModuleDescription(try IREETools.compile(source, flags)).stateMutation
  }

  @Test func `lets a function write to memory it made itself`() throws {
    let reason = try reason(
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

  @Test func `does not let it write to an argument or to what a global holds`() throws {
    let argument = try reason("vm.buffer.store.i32 %x, %argument[%n] : i32 -> !vm.buffer")
    #expect(argument == "f writes to memory it did not make (vm.buffer.store.i32)")
    let global = try reason(
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
      """
      %list = vm.global.load.ref @list : !vm.list<i32>
      vm.list.resize %list, %x : (!vm.list<i32>, i32)
      """
    )
    #expect(list == "f writes to memory it did not make (vm.list.resize)")
  }

  @Test func `sees stores to globals through calls and through computed addresses`() throws {
    let helper = """
      vm.func private @helper(%x : i32) attributes {inlining_policy = #util.inline.never} {
        vm.global.store.i32 %x, @number : i32
        vm.return
      }
      """
    let call = try reason("vm.call @helper(%x) : (i32) -> ()", helper)
    #expect(call == "helper stores to a global")
    let indirect = try reason(
      """
      %p = vm.global.address @number : !util.ptr<i32>
      vm.global.store.indirect.i32 %x, %p : i32 -> !util.ptr<i32>
      """
    )
    #expect(indirect == "f stores to a global")
  }

  @Test func `does not mind stores that only the initializer reaches`() throws {
    let reason = try reason(
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

  @Test func `minds a store by a function that is exported as well as called by the initializer`()
    throws
  {
    let reason = try reason(
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
