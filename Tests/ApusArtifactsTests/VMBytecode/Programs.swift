/// Programs for the tests, small and each with one thing to find.
enum Programs {
  static let add = """
    func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
      %0 = arith.addf %a, %b : tensor<4xf32>
      return %0 : tensor<4xf32>
    }
    """

  /// A loop, a dynamic shape, a parameter, and a result that is a number.
  static let matmulLoop = """
    util.global private @w = #flow.parameter.named<"model"::"w"> : tensor<64x64xf32>
    func.func @f(%x: tensor<?x64xf32>) -> (tensor<?x64xf32>, index) {
      %zero = arith.constant 0.0 : f32
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c10 = arith.constant 10 : index
      %w = util.global.load @w : tensor<64x64xf32>
      %d = tensor.dim %x, %c0 : tensor<?x64xf32>
      %r = scf.for %i = %c0 to %c10 step %c1 iter_args(%a = %x) -> tensor<?x64xf32> {
        %e = tensor.empty(%d) : tensor<?x64xf32>
        %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
        %y = linalg.matmul ins(%a, %w : tensor<?x64xf32>, tensor<64x64xf32>)
          outs(%f : tensor<?x64xf32>) -> tensor<?x64xf32>
        scf.yield %y : tensor<?x64xf32>
      }
      return %r, %d : tensor<?x64xf32>, index
    }
    """

  /// Two functions, four kernels.
  static let severalKernels = """
    func.func @softmax(%x: tensor<8x128xf32>) -> tensor<8x128xf32> {
      %e = tensor.empty() : tensor<8x128xf32>
      %0 = linalg.softmax dimension(1) ins(%x : tensor<8x128xf32>)
        outs(%e : tensor<8x128xf32>) -> tensor<8x128xf32>
      return %0 : tensor<8x128xf32>
    }
    func.func @product(%x: tensor<16x16xf64>, %y: tensor<16x16xf64>) -> tensor<16x16xf64> {
      %zero = arith.constant 0.0 : f64
      %e = tensor.empty() : tensor<16x16xf64>
      %f = linalg.fill ins(%zero : f64) outs(%e : tensor<16x16xf64>) -> tensor<16x16xf64>
      %0 = linalg.matmul ins(%x, %y : tensor<16x16xf64>, tensor<16x16xf64>)
        outs(%f : tensor<16x16xf64>) -> tensor<16x16xf64>
      %1 = linalg.matmul ins(%0, %y : tensor<16x16xf64>, tensor<16x16xf64>)
        outs(%f : tensor<16x16xf64>) -> tensor<16x16xf64>
      return %1 : tensor<16x16xf64>
    }
    """

  /// Parameters in two scopes and in none; one of them changed by the program.
  static let parameters = """
    util.global private @w0 = #flow.parameter.named<"model"::"w0"> : tensor<64x64xf32>
    util.global private @w1 = #flow.parameter.named<"model"::"w1"> : tensor<64x32xf32>
    util.global private @w2 = #flow.parameter.named<"other"::"w2"> : tensor<64x64xf32>
    util.global private @w3 = #flow.parameter.named<"alone"> : tensor<64x64xf32>
    func.func @f(%x: tensor<64x64xf32>, %y: tensor<64x32xf32>)
        -> (tensor<64x64xf32>, tensor<64x32xf32>) {
      %w0 = util.global.load @w0 : tensor<64x64xf32>
      %w1 = util.global.load @w1 : tensor<64x32xf32>
      %w2 = util.global.load @w2 : tensor<64x64xf32>
      %w3 = util.global.load @w3 : tensor<64x64xf32>
      %0 = arith.addf %x, %w0 : tensor<64x64xf32>
      %1 = arith.mulf %0, %w2 : tensor<64x64xf32>
      %2 = arith.addf %1, %w3 : tensor<64x64xf32>
      %3 = arith.addf %y, %w1 : tensor<64x32xf32>
      return %2, %3 : tensor<64x64xf32>, tensor<64x32xf32>
    }
    """

  /// Weights that are prepared once, when the program is loaded.
  static let preparedWeights = """
    util.global private @w = #flow.parameter.named<"model"::"w"> : tensor<256x256xf32>
    util.global private @c : tensor<256x256xf32>
    util.initializer {
      %w = util.global.load @w : tensor<256x256xf32>
      %e = tensor.empty() : tensor<256x256xf32>
      %t = linalg.transpose ins(%w : tensor<256x256xf32>) outs(%e : tensor<256x256xf32>)
        permutation = [1, 0]
      %s = arith.addf %t, %w : tensor<256x256xf32>
      util.global.store %s, @c : tensor<256x256xf32>
      util.return
    }
    func.func @f(%x: tensor<256x256xf32>) -> tensor<256x256xf32> {
      %zero = arith.constant 0.0 : f32
      %c = util.global.load @c : tensor<256x256xf32>
      %e = tensor.empty() : tensor<256x256xf32>
      %f = linalg.fill ins(%zero : f32) outs(%e : tensor<256x256xf32>) -> tensor<256x256xf32>
      %y = linalg.matmul ins(%x, %c : tensor<256x256xf32>, tensor<256x256xf32>)
        outs(%f : tensor<256x256xf32>) -> tensor<256x256xf32>
      return %y : tensor<256x256xf32>
    }
    """

  /// A constant too large for a kernel or for the FlatBuffer.
  static var largeConstant: String {
    let numbers = (0..<4096).map { "\(Double($0) / 8)" }.joined(separator: ",")
    return """
      util.global private @c = dense<[\(numbers)]> : tensor<4096xf32>
      func.func @f(%x: tensor<4096xf32>) -> tensor<4096xf32> {
        %c = util.global.load @c : tensor<4096xf32>
        %b = util.optimization_barrier %c : tensor<4096xf32>
        %0 = arith.addf %x, %b : tensor<4096xf32>
        return %0 : tensor<4096xf32>
      }
      """
  }

  /// A number that each call raises.
  static let counter = """
    util.global private mutable @n = 0 : i32
    func.func @next() -> i32 {
      %n = util.global.load @n : i32
      %one = arith.constant 1 : i32
      %m = arith.addi %n, %one : i32
      util.global.store %m, @n : i32
      return %m : i32
    }
    """

  /// A tensor that each call replaces.
  static let accumulator = """
    util.global private mutable @sum = dense<0.0> : tensor<16x8xf32>
    func.func @step(%y: tensor<16x8xf32>) -> tensor<16x8xf32> {
      %0 = util.global.load @sum : tensor<16x8xf32>
      %1 = arith.addf %0, %y : tensor<16x8xf32>
      util.global.store %1, @sum : tensor<16x8xf32>
      return %1 : tensor<16x8xf32>
    }
    """

  /// A tensor of which each call overwrites a row, in place: no store to the global remains.
  static let cacheInPlace = """
    util.global private mutable @cache = dense<0.0> : tensor<16x8xf32>
    func.func @step(%y: tensor<1x8xf32>, %i: index) -> tensor<1x8xf32> {
      %c0 = arith.constant 0 : index
      %0 = util.global.load @cache : tensor<16x8xf32>
      %1 = flow.tensor.update %y, %0[%i, %c0] : tensor<1x8xf32> -> %0 as tensor<16x8xf32>
      util.global.store %1, @cache : tensor<16x8xf32>
      %2 = arith.addf %y, %y : tensor<1x8xf32>
      return %2 : tensor<1x8xf32>
    }
    """
}
