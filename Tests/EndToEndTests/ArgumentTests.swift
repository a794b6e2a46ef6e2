import Apus
import ApusTestSupport
import Testing

/// A call reads its arguments and leaves them as they are: tensors are values.
struct ArgumentTests {
  @Test func `a call of arithmetic does not change its arguments`() async throws {
    try await expectUnchanged(
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %0 = stablehlo.add %a, %a : tensor<4xi32>
        return %0 : tensor<4xi32>
      }
      """
    )
  }

  @Test func `a call that returns its argument shares it`() async throws {
    try await expectUnchanged(
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        return %a : tensor<4xi32>
      }
      """
    )
  }

  /// IREE 3.9 computes in place where an operation's result takes the place of an operand that is
  /// not used again, also if that operand is the caller's (iree-org/iree#16168, fixed in 3.12).
  @Test(arguments: [
    (
      "dynamic_update_slice",
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %x = stablehlo.constant dense<77> : tensor<1xi32>
        %at = stablehlo.constant dense<2> : tensor<i32>
        %0 = stablehlo.dynamic_update_slice %a, %x, %at
            : (tensor<4xi32>, tensor<1xi32>, tensor<i32>) -> tensor<4xi32>
        return %0 : tensor<4xi32>
      }
      """
    ),
    (
      "sort",
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %0 = "stablehlo.sort"(%a) ({
        ^bb0(%x: tensor<i32>, %y: tensor<i32>):
          %1 = stablehlo.compare LT, %x, %y : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %1 : tensor<i1>
        }) {dimension = 0 : i64, is_stable = true} : (tensor<4xi32>) -> tensor<4xi32>
        return %0 : tensor<4xi32>
      }
      """
    ),
    (
      "scatter",
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %at = stablehlo.constant dense<[[0], [3]]> : tensor<2x1xi32>
        %what = stablehlo.constant dense<[5, 6]> : tensor<2xi32>
        %0 = "stablehlo.scatter"(%a, %at, %what) ({
        ^bb0(%x: tensor<i32>, %y: tensor<i32>):
          %1 = stablehlo.add %x, %y : tensor<i32>
          stablehlo.return %1 : tensor<i32>
        }) {
          scatter_dimension_numbers = #stablehlo.scatter<
            inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>,
          indices_are_sorted = false, unique_indices = false
        } : (tensor<4xi32>, tensor<2x1xi32>, tensor<2xi32>) -> tensor<4xi32>
        return %0 : tensor<4xi32>
      }
      """
    ),
    (
      "sortthenadd",
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %0 = "stablehlo.sort"(%a) ({
        ^bb0(%x: tensor<i32>, %y: tensor<i32>):
          %1 = stablehlo.compare LT, %x, %y : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %1 : tensor<i1>
        }) {dimension = 0 : i64, is_stable = true} : (tensor<4xi32>) -> tensor<4xi32>
        %1 = stablehlo.add %0, %0 : tensor<4xi32>
        return %1 : tensor<4xi32>
      }
      """
    ),
    (
      "linalg",
      """
      func.func @main(%a: tensor<4xi32>) -> tensor<4xi32> {
        %0 = stablehlo.reshape %a : (tensor<4xi32>) -> tensor<2x2xi32>
        %1 = linalg.matmul ins(%0, %0 : tensor<2x2xi32>, tensor<2x2xi32>) outs(%0 : tensor<2x2xi32>) -> tensor<2x2xi32>
        %2 = stablehlo.reshape %1 : (tensor<2x2xi32>) -> tensor<4xi32>
        return %2 : tensor<4xi32>
      }
      """
    ),
    (
      "add_inplace",
      """
      func.func @main(%a: tensor<4xi32>) -> (tensor<4xi32>, tensor<4xi32>) {
        %x = stablehlo.constant dense<77> : tensor<1xi32>
        %at = stablehlo.constant dense<2> : tensor<i32>
        %0 = stablehlo.dynamic_update_slice %a, %x, %at
            : (tensor<4xi32>, tensor<1xi32>, tensor<i32>) -> tensor<4xi32>
        %1 = stablehlo.add %0, %a : tensor<4xi32>
        return %0, %1 : tensor<4xi32>, tensor<4xi32>
      }
      """
    ),
  ])
  func `a call that computes in place does not change its arguments`(
    operation: String,
    text: String
  ) async throws {
    try await expectUnchanged(text)
  }

  private func expectUnchanged(_ text: String) async throws {
    let program = try await CompiledPrograms.load(text)
    let scalars: [Int32] = [30, 10, 20, 5]
    let tensor = try Tensor(scalars, on: program.runtime)
    let first: [Value] = try await program.functions[0](tensor)
    let result = try first.map { try $0.bytes() }
    #expect(try tensor.scalars() == scalars)
    let second: [Value] = try await program.functions[0](tensor)
    #expect(try second.map { try $0.bytes() } == result)
    #expect(try first.map { try $0.bytes() } == result)
  }
}
