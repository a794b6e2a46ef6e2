// 125,000,000 weights, 500 MB, that stay in their file.
module @benchmark {
  util.global private @weights = #flow.parameter.named<"model"::"weights"> : tensor<125000000xf32>

  // Reads one of them.
  func.func @weight(%index: tensor<i32>) -> tensor<1xf32> {
    %weights = util.global.load @weights : tensor<125000000xf32>
    %weight = stablehlo.dynamic_slice %weights, %index, sizes = [1]
      : (tensor<125000000xf32>, tensor<i32>) -> tensor<1xf32>
    return %weight : tensor<1xf32>
  }

  // Reads all of them.
  func.func @largest() -> tensor<f32> {
    %weights = util.global.load @weights : tensor<125000000xf32>
    %lowest = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %largest = stablehlo.reduce(%weights init: %lowest) applies stablehlo.maximum across dimensions = [0]
      : (tensor<125000000xf32>, tensor<f32>) -> tensor<f32>
    return %largest : tensor<f32>
  }
}
