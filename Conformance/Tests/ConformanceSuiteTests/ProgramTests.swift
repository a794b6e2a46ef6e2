import Testing

@testable import ConformanceSuite

@Suite struct ProgramTests {
  /// A program with two inputs and two results, in the form of StableHLO's test data.
  private static let text = """
    // RUN: something

    module @jit_main {
      func.func public @main() -> (tensor<2xf32> {jax.result_info = ""}, tensor<2xi1>) {
        %0:2 = call @inputs() : () -> (tensor<2xf32>, tensor<2xf32>)
        %1:2 = call @expected() : () -> (tensor<2xf32>, tensor<2xi1>)
        %2 = stablehlo.add %0#0, %0#1 : tensor<2xf32>
        %3 = stablehlo.compare LT, %0#0, %0#1 : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
        stablehlo.custom_call @check.expect_close(%2, %1#0) {has_side_effect = true} : (tensor<2xf32>, tensor<2xf32>) -> ()
        stablehlo.custom_call @check.expect_eq(%3, %1#1) {has_side_effect = true} : (tensor<2xi1>, tensor<2xi1>) -> ()
        return %2, %3 : tensor<2xf32>, tensor<2xi1>
      }
      func.func private @inputs() -> (tensor<2xf32>, tensor<2xf32>) {
        %cst = stablehlo.constant dense<[1.000000e+00, 0x7F800000]> : tensor<2xf32>
        %cst_0 = stablehlo.constant dense<"0x0000004000000040"> : tensor<2xf32>
        return %cst, %cst_0 : tensor<2xf32>, tensor<2xf32>
      }
      func.func private @expected() -> (tensor<2xf32>, tensor<2xi1>) {
        %cst = stablehlo.constant dense<[3.000000e+00, 0x7F800000]> : tensor<2xf32>
        %c = stablehlo.constant dense<"0x01"> : tensor<2xi1>
        return %cst, %c : tensor<2xf32>, tensor<2xi1>
      }
    }
    """

  @Test func `returns what was checked, and has no check left`() throws {
    let program = try ConformanceProgram(name: "add", text: Self.text[...], inputs: .constants)
    #expect(program.source.contains("@main() -> (tensor<2xf32>, tensor<2xi1>) {"))
    #expect(program.source.contains("    return %2, %3 : tensor<2xf32>, tensor<2xi1>"))
    #expect(!program.source.contains("check."))
    #expect(!program.source.contains("@expected"))
    #expect(program.arguments.isEmpty)
  }

  @Test func `reads what is expected from all forms of a literal`() throws {
    let program = try ConformanceProgram(name: "add", text: Self.text[...], inputs: .constants)
    #expect(program.expected.map(\.bytes) == [[0, 0, 0x40, 0x40, 0, 0, 0x80, 0x7F], [1, 0]])
  }

  @Test func `takes inputs as arguments if asked to`() throws {
    let program = try ConformanceProgram(name: "add", text: Self.text[...], inputs: .arguments)
    #expect(program.source.contains("@main(%argument0: tensor<2xf32>, %argument1: tensor<2xf32>)"))
    #expect(program.source.contains("%0:2 = call @inputs(%argument0, %argument1) :"))
    #expect(!program.source.contains("dense<"))
    #expect(program.arguments.map(\.toolType) == ["2xf32", "2xf32"])
    #expect(program.arguments.last?.bytes == [0, 0, 0, 0x40, 0, 0, 0, 0x40])
  }

  @Test func `reads a check against a constant, and its tolerance`() throws {
    let text = """
      func.func @test() {
        %c = stablehlo.constant dense<5.000000e-01> : tensor<2xbf16>
        %0 = stablehlo.sine %c : tensor<2xbf16>
        %1 = stablehlo.custom_call @check.eq(%c, %0) {max_ulp_difference = 7 : i64} : (tensor<2xbf16>, tensor<2xbf16>) -> tensor<i1>
        return
      }
      """
    let program = try ConformanceProgram(name: "sin", text: text[...], inputs: .constants)
    #expect(program.expected.map(\.bytes) == [[0, 0x3F, 0, 0x3F]])
    #expect(program.tolerance == 7)
    #expect(program.source.contains("return %0 : tensor<2xbf16>"))
  }

  @Test func `says what it cannot read`() {
    let text = "func.func @main() {\n  %0 = stablehlo.custom_call @check.eq(%a, %b)\n  return\n}"
    let error = #expect(throws: ProgramError.self) {
      try ConformanceProgram(name: "x", text: text[...], inputs: .constants)
    }
    #expect(error?.description.hasPrefix("there is no telling what is expected in") == true)
  }
}
