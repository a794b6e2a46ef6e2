import Apus
import ApusTestSupport
import Testing

/// What a call does to its arguments.
@Suite struct ArgumentTests {
  private let scalars: [Int32] = [30, 10, 20, 5]

  @Test(arguments: [
    """
    func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
      %0 = stablehlo.add %a, %a : tensor<4xi32>
      return %0 : tensor<4xi32>
    }
    """,
    """
    func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
      return %a : tensor<4xi32>
    }
    """,
  ])
  func `a call leaves its arguments as they are`(_ text: String) async throws {
    let program = try await CompiledPrograms.load(text)
    let tensor = try Tensor(scalars, on: program.runtime)
    let first: Tensor<Int32> = try await program.functions[0](tensor)
    let result = try first.scalars()
    #expect(try tensor.scalars() == scalars)
    let second: Tensor<Int32> = try await program.functions[0](tensor)
    #expect(try second.scalars() == result)
    #expect(try first.scalars() == result)
  }

  /// IREE 3.9 computes in place where an operation's result takes the place of an operand that is
  /// not used again, also if that operand is the caller's (iree-org/iree#16168, fixed in 3.12).
  ///
  /// Should this fail with a newer version, the warnings in `Function` and the README can go.
  @Test(arguments: [
    (
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %0 = "stablehlo.sort"(%a) ({
        ^bb0(%x: tensor<i32>, %y: tensor<i32>):
          %1 = stablehlo.compare LT, %x, %y : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %1 : tensor<i1>
        }) {dimension = 0 : i64, is_stable = true} : (tensor<4xi32>) -> tensor<4xi32>
        return %0 : tensor<4xi32>
      }
      """, [5, 10, 20, 30] as [Int32]
    ),
    (
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %x = stablehlo.constant dense<77> : tensor<1xi32>
        %at = stablehlo.constant dense<2> : tensor<i32>
        %0 = stablehlo.dynamic_update_slice %a, %x, %at
            : (tensor<4xi32>, tensor<1xi32>, tensor<i32>) -> tensor<4xi32>
        return %0 : tensor<4xi32>
      }
      """, [30, 10, 77, 5]
    ),
  ])
  func `a call that computes in place changes its argument, and a copy protects it`(
    _ text: String,
    _ expected: [Int32]
  ) async throws {
    let program = try await CompiledPrograms.load(text)
    let tensor = try Tensor(scalars, on: program.runtime)
    let ofCopy: Tensor<Int32> = try await program.functions[0](tensor.copied())
    #expect(try ofCopy.scalars() == expected)
    #expect(try tensor.scalars() == scalars)

    let ofTensor: Tensor<Int32> = try await program.functions[0](tensor)
    #expect(try ofTensor.scalars() == expected)
    #expect(try tensor.scalars() == expected)
  }
}
