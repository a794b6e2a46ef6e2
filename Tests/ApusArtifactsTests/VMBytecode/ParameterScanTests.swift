import Testing

@testable import ApusArtifacts

/// The parameters found in programs of the real compiler.
@Suite(.enabled(if: IREETools.areExpected, IREETools.reason))
struct ParameterScanTests {
  @Test(arguments: IREETools.Compiler.all)
  func `finds each parameter with its scope, its key and its size`(_ compiler: IREETools.Compiler)
    throws
  {
    let module = try VMModuleDescription(try IREETools.compile(Programs.parameters, with: compiler))
    let found = module.parameters.map {
      "\($0.scope ?? "-")::\($0.key) \($0.byteCount ?? 0)"
    }
    #expect(
      found.sorted() == [
        "-::alone 16384", "model::w0 16384", "model::w1 8192", "other::w2 16384",
      ]
    )
    #expect(module.parameters.allSatisfy { $0.isRead && !$0.isWritten })
    #expect(module.omissions == [])
  }

  @Test(arguments: IREETools.Compiler.all)
  func `finds none in a program that has its weights in it`(_ compiler: IREETools.Compiler) throws {
    let module = try VMModuleDescription(
      try IREETools.compile(Programs.largeConstant, with: compiler)
    )
    #expect(module.parameters == [])
    #expect(!module.dependencies.contains { $0.name == "io_parameters" })
  }

  @Test(arguments: IREETools.Compiler.all)
  func `finds what is gathered into one buffer, once for each key`(_ compiler: IREETools.Compiler)
    throws
  {
    // Many small parameters are gathered, not loaded one by one.
    let count = 40
    let globals = (0..<count).map { index in
      let parameter = "#flow.parameter.named<\"m\"::\"w\(index)\">"
      return "util.global private @w\(index) = \(parameter) : tensor<\(index + 1)xf32>"
    }
    let loads = (0..<count).map {
      """
      %w\($0) = util.global.load @w\($0) : tensor<\($0 + 1)xf32>
      %b\($0) = util.optimization_barrier %w\($0) : tensor<\($0 + 1)xf32>
      """
    }
    let source = """
      \(globals.joined(separator: "\n"))
      func.func @f(%x: tensor<1xf32>) -> tensor<1xf32> {
        \(loads.joined(separator: "\n"))
        %r = arith.addf %b0, %x : tensor<1xf32>
        return %r : tensor<1xf32>
      }
      """
    let flags = IREETools.processor + ["--iree-stream-resource-memory-model=discrete"]
    let module = try VMModuleDescription(try IREETools.compile(source, flags, with: compiler))
    let sizes = Dictionary(
      uniqueKeysWithValues: module.parameters.map { ($0.key, $0.byteCount) }
    )
    #expect(sizes.count == count)
    for index in 0..<count { #expect(sizes["w\(index)"] == UInt64(index + 1) * 4) }
  }

  /// A call with operands of our choice.
  private static func calling(
    _ function: String,
    scope: String = "%scope",
    keys: String = "%keys",
    spans: String = "%spans"
  ) -> String {
    let buffer = "!vm.ref<!hal.buffer>"
    let fence = "!vm.ref<!hal.fence>"
    let (fourth, fifth, types) =
      function == "gather"
      ? (scope, "%b", "!vm.buffer, \(buffer)") : ("%b", scope, "\(buffer), !vm.buffer")
    let all =
      "!vm.ref<!hal.device>, i64, \(fence), \(fence), \(types), "
      + "!vm.buffer, !vm.buffer, !vm.buffer"
    let declared = all.split(separator: ", ").enumerated().map { "%a\($0) : \($1)" }
    return """
      vm.module @m {
        vm.import private @io_parameters.\(function)(\(declared.joined(separator: ", ")))
        vm.rodata private @scope "s"
        vm.rodata private @none ""
        vm.rodata private @table dense<[0, 1, 1, 2, 0, 1]> : tensor<6xi32>
        vm.rodata private @broken dense<[0, 1, 1, 3]> : tensor<4xi32>
        vm.rodata private @text "abb"
        vm.rodata private @lengths dense<[0, 0, 16, 8, 0, 8, 4, 16, 100]> : tensor<9xi64>
        vm.export @f
        vm.func @f(%d : !vm.ref<!hal.device>, %w : \(fence), %b : \(buffer), %x : !vm.buffer) {
          %zero = vm.const.i64.zero
          %null = vm.const.ref.zero : !vm.buffer
          %scope = vm.const.ref.rodata @scope : !vm.buffer
          %none = vm.const.ref.rodata @none : !vm.buffer
          %keys = vm.const.ref.rodata @table : !vm.buffer
          %broken = vm.const.ref.rodata @broken : !vm.buffer
          %text = vm.const.ref.rodata @text : !vm.buffer
          %spans = vm.const.ref.rodata @lengths : !vm.buffer
          vm.call @io_parameters.\(function)(
            %d, %zero, %w, %w, \(fourth), \(fifth), \(keys), %text, \(spans)) : (\(all)) -> ()
          vm.return
        }
      }
      """
  }

  private func module(_ compiler: IREETools.Compiler, _ source: String) throws
    -> VMModuleDescription
  {
    let bytes = try IREETools.compile(source, ["--compile-mode=vm"], with: compiler)
    return try VMModuleDescription(bytes)
  }

  @Test(arguments: IREETools.Compiler.all)
  func `needs a parameter to be as long as the furthest byte of it that is moved`(
    _ compiler: IREETools.Compiler
  ) throws {
    let module = try module(compiler, Self.calling("gather"))
    #expect(module.parameters.map(\.key) == ["a", "bb"])
    #expect(module.parameters.map(\.byteCount) == [104, 16])
    #expect(module.parameters.map(\.scope) == ["s", "s"])
  }

  @Test(arguments: IREETools.Compiler.all)
  func `tells parameters that are written from those that are read`(_ compiler: IREETools.Compiler)
    throws
  {
    let module = try module(compiler, Self.calling("scatter"))
    #expect(module.parameters.map(\.scope) == ["s", "s"])
    #expect(module.parameters.allSatisfy { $0.isWritten && !$0.isRead })
    #expect(module.stateMutation == "f writes parameters")
  }

  @Test(arguments: ["%null", "%none"], IREETools.Compiler.all)
  func `takes an empty scope for none`(_ scope: String, _ compiler: IREETools.Compiler) throws {
    let module = try module(compiler, Self.calling("gather", scope: scope))
    #expect(module.parameters.map(\.scope) == [nil, nil])
  }

  @Test(arguments: IREETools.Compiler.all)
  func `knows no size if the spans are computed`(_ compiler: IREETools.Compiler) throws {
    let module = try module(compiler, Self.calling("gather", spans: "%x"))
    #expect(module.parameters.map(\.key) == ["a", "bb"])
    #expect(module.parameters.map(\.byteCount) == [nil, nil])
    #expect(module.omissions == [])
  }

  @Test(arguments: IREETools.Compiler.all)
  func `says that keys or scopes are computed`(_ compiler: IREETools.Compiler) throws {
    let keys = try module(compiler, Self.calling("gather", keys: "%x"))
    #expect(keys.parameters == [])
    #expect(
      keys.omissions.map(\.message)
        == ["the keys that io_parameters.gather is called with cannot be told, in f"]
    )
    let scope = try module(compiler, Self.calling("gather", scope: "%x"))
    #expect(
      scope.omissions.map(\.message)
        == ["the scope that io_parameters.gather is called with cannot be told, in f"]
    )
  }

  @Test(arguments: IREETools.Compiler.all)
  func `says that a key lies outside of the text`(_ compiler: IREETools.Compiler) throws {
    let module = try module(compiler, Self.calling("gather", keys: "%broken"))
    #expect(module.parameters.map(\.key) == ["a"])
    let message = try #require(module.omissions.first?.message)
    #expect(message.contains("truncated: a key needs 3 bytes where 2 are left"))
  }
}
