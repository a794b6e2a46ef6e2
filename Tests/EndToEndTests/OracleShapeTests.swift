import Apus
import ApusTestSupport
import Testing

/// Programs that move, contract and search data, held bit for bit against `iree-run-module` 3.9.0.
@Suite(.enabled(if: Peers.areInstalled, "needs the peers: Scripts/setup --peers"))
struct OracleShapeTests {
  @Test(arguments: [[0, 0], [0, 3], [3, 0], [1, 1], [2, 1], [5, 7], [129, 65]])
  func `dimensions known at run time only`(shape: [Int]) async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>)
          -> (tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>) {
        %zero = stablehlo.constant dense<1.5> : tensor<f32>
        %0 = stablehlo.add %a, %b : tensor<?x?xf32>
        %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.maximum across dimensions = [1]
            : (tensor<?x?xf32>, tensor<f32>) -> tensor<?xf32>
        %2 = stablehlo.transpose %0, dims = [1, 0] : (tensor<?x?xf32>) -> tensor<?x?xf32>
        return %0, %1, %2 : tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>
      }
      """
    )
    let results = try await oracle.expectSameResults(
      nil,
      oracle.random(shape[0], shape[1]),
      oracle.random(shape[0], shape[1], seed: 2)
    )
    let shapes = results.map { value in
      if case .tensor(let tensor) = value { tensor.shape } else { [-1] }
    }
    #expect(shapes == [shape, [shape[0]], [shape[1], shape[0]]])
  }

  @Test(arguments: [[1, 1, 1], [17, 33, 65], [128, 100, 3], [255, 257, 129]])
  func `a matrix product of odd size`(size: [Int]) async throws {
    let (m, k, n) = (size[0], size[1], size[2])
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<\(m)x\(k)xf32>, %b: tensor<\(k)x\(n)xf32>) -> tensor<\(m)x\(n)xf32> {
        %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
            : (tensor<\(m)x\(k)xf32>, tensor<\(k)x\(n)xf32>) -> tensor<\(m)x\(n)xf32>
        return %0 : tensor<\(m)x\(n)xf32>
      }
      """
    )
    let a: Tensor<Float> = try oracle.random(m, k).typed()
    let b: Tensor<Float> = try oracle.random(k, n, seed: 2).typed()
    let results = try await oracle.expectSameResults(nil, a, b)
    // And it is a matrix product.
    let product = try Tensor<Float>(programValue: results[0]).scalars()
    let (left, right) = (try a.scalars(), try b.scalars())
    let (row, column) = (m - 1, n / 2)
    let element = (0..<k).map { Double(left[row * k + $0]) * Double(right[$0 * n + column]) }
      .reduce(0, +)
    #expect(abs(Double(product[row * n + column]) - element) < 1e-4)
  }

  @Test func `a batch of matrix products of i8 with sums in i32`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<3x5x40xi8>, %b: tensor<3x40x6xi8>) -> tensor<3x5x6xi32> {
        %0 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1]
            : (tensor<3x5x40xi8>, tensor<3x40x6xi8>) -> tensor<3x5x6xi32>
        return %0 : tensor<3x5x6xi32>
      }
      """
    )
    try await oracle.expectSameResults(
      nil,
      oracle.random(3, 5, 40, of: .i8),
      oracle.random(3, 40, 6, of: .i8, seed: 2)
    )
  }

  @Test func `a convolution with stride, padding and groups`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%image: tensor<2x11x9x4xf32>, %kernel: tensor<3x3x2x6xf32>)
          -> tensor<2x6x5x6xf32> {
        %0 = stablehlo.convolution(%image, %kernel)
            dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
            window = {stride = [2, 2], pad = [[1, 1], [1, 1]], rhs_dilate = [1, 1]}
            {batch_group_count = 1 : i64, feature_group_count = 2 : i64}
            : (tensor<2x11x9x4xf32>, tensor<3x3x2x6xf32>) -> tensor<2x6x5x6xf32>
        return %0 : tensor<2x6x5x6xf32>
      }
      """
    )
    try await oracle.expectSameResults(
      nil,
      oracle.random(2, 11, 9, 4),
      oracle.random(3, 3, 2, 6, seed: 2)
    )
  }

  @Test func `a gather of rows, with indices out of range clamped`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%table: tensor<10x6xf32>, %rows: tensor<2x4xi32>) -> tensor<2x4x6xf32> {
        %0 = "stablehlo.gather"(%table, %rows) {
          dimension_numbers = #stablehlo.gather<
            offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0],
            index_vector_dim = 2>,
          slice_sizes = array<i64: 1, 6>, indices_are_sorted = false
        } : (tensor<10x6xf32>, tensor<2x4xi32>) -> tensor<2x4x6xf32>
        return %0 : tensor<2x4x6xf32>
      }
      """
    )
    let table: Tensor<Float> = try oracle.random(10, 6).typed()
    let rows: [Int32] = [3, 0, 9, 3, -5, 10, .max, 1]
    let results = try await oracle.expectSameResults(
      nil,
      table,
      try Tensor(rows, shape: [2, 4], on: oracle.runtime)
    )
    let all = try table.scalars()
    let expected = rows.flatMap { row in
      let row = Int(min(max(row, 0), 9))
      return all[(6 * row)..<(6 * row + 6)]
    }
    #expect(try Tensor<Float>(programValue: results[0]).scalars() == expected)
  }

  @Test func `a scatter that adds where indices repeat`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%into: tensor<8xi32>, %at: tensor<5x1xi32>, %what: tensor<5xi32>)
          -> tensor<8xi32> {
        %0 = "stablehlo.scatter"(%into, %at, %what) ({
        ^bb0(%a: tensor<i32>, %b: tensor<i32>):
          %1 = stablehlo.add %a, %b : tensor<i32>
          stablehlo.return %1 : tensor<i32>
        }) {
          scatter_dimension_numbers = #stablehlo.scatter<
            inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>,
          indices_are_sorted = false, unique_indices = false
        } : (tensor<8xi32>, tensor<5x1xi32>, tensor<5xi32>) -> tensor<8xi32>
        return %0 : tensor<8xi32>
      }
      """
    )
    let results = try await oracle.expectSameResults(
      nil,
      try Tensor<Int32>([1, 2, 3, 4, 5, 6, 7, 8], on: oracle.runtime),
      try Tensor<Int32>([0, 3, 3, 7, 0], shape: [5, 1], on: oracle.runtime),
      try Tensor<Int32>([10, 20, 30, 40, 50], on: oracle.runtime)
    )
    #expect(
      try Tensor<Int32>(programValue: results[0]).scalars() == [61, 2, 3, 54, 5, 6, 7, 48]
    )
  }

  @Test func `a stable sort of keys that carries values along`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%keys: tensor<100xi8>, %values: tensor<100xf32>)
          -> (tensor<100xi8>, tensor<100xf32>) {
        %0:2 = "stablehlo.sort"(%keys, %values) ({
        ^bb0(%a: tensor<i8>, %b: tensor<i8>, %c: tensor<f32>, %d: tensor<f32>):
          %1 = stablehlo.compare LT, %a, %b : (tensor<i8>, tensor<i8>) -> tensor<i1>
          stablehlo.return %1 : tensor<i1>
        }) {dimension = 0 : i64, is_stable = true}
            : (tensor<100xi8>, tensor<100xf32>) -> (tensor<100xi8>, tensor<100xf32>)
        return %0#0, %0#1 : tensor<100xi8>, tensor<100xf32>
      }
      """
    )
    let keys: Tensor<Int8> = try oracle.random(100, of: .i8).typed()
    let sorted = try keys.scalars().sorted()
    let results = try await oracle.expectSameResults(nil, keys, oracle.random(100, seed: 2))
    #expect(try Tensor<Int8>(programValue: results[0]).scalars() == sorted)
  }

  @Test func `a reduction of pairs: the largest and where it is`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<6x50xf32>) -> (tensor<6xf32>, tensor<6xi32>) {
        %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
        %zero = stablehlo.constant dense<0> : tensor<i32>
        %at = stablehlo.iota dim = 1 : tensor<6x50xi32>
        %0:2 = stablehlo.reduce(%a init: %low), (%at init: %zero) across dimensions = [1]
            : (tensor<6x50xf32>, tensor<6x50xi32>, tensor<f32>, tensor<i32>)
            -> (tensor<6xf32>, tensor<6xi32>)
         reducer(%x: tensor<f32>, %y: tensor<f32>) (%i: tensor<i32>, %j: tensor<i32>) {
          %1 = stablehlo.compare GE, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
          %2 = stablehlo.select %1, %x, %y : tensor<i1>, tensor<f32>
          %3 = stablehlo.select %1, %i, %j : tensor<i1>, tensor<i32>
          stablehlo.return %2, %3 : tensor<f32>, tensor<i32>
        }
        return %0#0, %0#1 : tensor<6xf32>, tensor<6xi32>
      }
      """
    )
    let a: Tensor<Float> = try oracle.random(6, 50).typed()
    let results = try await oracle.expectSameResults(nil, a)
    let scalars = try a.scalars()
    let largest = (0..<6).compactMap { row in
      (0..<50).max { scalars[50 * row + $0] < scalars[50 * row + $1] }
    }
    #expect(try Tensor<Int32>(programValue: results[1]).scalars().map(Int.init) == largest)
  }

  @Test func `slices whose place is known at run time only`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<5x6xf32>, %b: tensor<2x2xf32>, %i: tensor<i64>, %j: tensor<i64>)
          -> (tensor<5x6xf32>, tensor<3x8xf32>) {
        %zero = stablehlo.constant dense<9.0> : tensor<f32>
        %0 = stablehlo.dynamic_update_slice %a, %b, %i, %j
            : (tensor<5x6xf32>, tensor<2x2xf32>, tensor<i64>, tensor<i64>) -> tensor<5x6xf32>
        %1 = stablehlo.dynamic_slice %0, %j, %i, sizes = [1, 3]
            : (tensor<5x6xf32>, tensor<i64>, tensor<i64>) -> tensor<1x3xf32>
        %2 = stablehlo.pad %1, %zero, low = [1, 2], high = [1, 1], interior = [0, 1]
            : (tensor<1x3xf32>, tensor<f32>) -> tensor<3x8xf32>
        return %0, %2 : tensor<5x6xf32>, tensor<3x8xf32>
      }
      """
    )
    for (i, j) in [(1, 2), (4, -1), (100, 5)] as [(Int64, Int64)] {
      try await oracle.expectSameResults(
        nil,
        oracle.random(5, 6),
        oracle.random(2, 2, seed: 2),
        try Tensor(scalar: i, on: oracle.runtime),
        try Tensor(scalar: j, on: oracle.runtime)
      )
    }
  }

  @Test func `a million elements over several workers`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<1024x1024xf32>) -> (tensor<1024x1024xf32>, tensor<1024xf32>) {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %0 = stablehlo.logistic %a : tensor<1024x1024xf32>
        %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0]
            : (tensor<1024x1024xf32>, tensor<f32>) -> tensor<1024xf32>
        return %0, %1 : tensor<1024x1024xf32>, tensor<1024xf32>
      }
      """
    )
    try await oracle.expectSameResults(nil, oracle.random(1024, 1024))
  }
}
