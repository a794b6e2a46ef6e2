/// Small programs that compile, and others that do not.
enum Programs {
  static let add = """
    func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
      %sum = stablehlo.add %a, %b : tensor<4xf32>
      return %sum : tensor<4xf32>
    }
    """

  static let tosa = """
    func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
      %sum = tosa.add %a, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %sum : tensor<4xf32>
    }
    """

  static let torch = """
    func.func @add(%a: !torch.vtensor<[4],f32>, %b: !torch.vtensor<[4],f32>)
        -> !torch.vtensor<[4],f32> {
      %one = torch.constant.int 1
      %sum = torch.aten.add.Tensor %a, %b, %one
        : !torch.vtensor<[4],f32>, !torch.vtensor<[4],f32>, !torch.int -> !torch.vtensor<[4],f32>
      return %sum : !torch.vtensor<[4],f32>
    }
    """

  static let linalg = """
    func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
      %empty = tensor.empty() : tensor<4xf32>
      %sum = linalg.add ins(%a, %b : tensor<4xf32>, tensor<4xf32>)
        outs(%empty : tensor<4xf32>) -> tensor<4xf32>
      return %sum : tensor<4xf32>
    }
    """

  static let double = """
    func.func @twice(%a: tensor<4xf64>) -> tensor<4xf64> {
      %sum = stablehlo.add %a, %a : tensor<4xf64>
      return %sum : tensor<4xf64>
    }
    """

  static let chlo = """
    func.func @tan(%a: tensor<4xf32>) -> tensor<4xf32> {
      %0 = chlo.tan %a : tensor<4xf32> -> tensor<4xf32>
      return %0 : tensor<4xf32>
    }
    """

  /// Sine in f64: valid, and IREE's kernels find no `sin` to link.
  static let sine = """
    func.func @sine(%a: tensor<4xf64>) -> tensor<4xf64> {
      %0 = stablehlo.sine %a : tensor<4xf64>
      return %0 : tensor<4xf64>
    }
    """

  /// A constant that the library crashes on.
  static let complexConstant = """
    func.func @f() -> tensor<2xcomplex<f64>> {
      %0 = arith.constant dense<[(1.0,2.0),(3.0,4.0)]> : tensor<2xcomplex<f64>>
      return %0 : tensor<2xcomplex<f64>>
    }
    """
}
