// A convolutional classifier for 8x8 images of handwritten digits, any number of them in one call.
//
// Images are laid out NHWC (image, row, column, channel) and convolution weights HWIO (row, column,
// input channel, output channel). Training/train.py holds the same network in NumPy.

// The weights are no part of the program. They are bound when it is loaded: the scope "model" to
// digits.safetensors, each key to the tensor of that name.
util.global private @conv1_weight = #flow.parameter.named<"model"::"conv1.weight"> : tensor<3x3x1x16xf32>
util.global private @conv1_bias = #flow.parameter.named<"model"::"conv1.bias"> : tensor<16xf32>
util.global private @conv2_weight = #flow.parameter.named<"model"::"conv2.weight"> : tensor<3x3x16x32xf32>
util.global private @conv2_bias = #flow.parameter.named<"model"::"conv2.bias"> : tensor<32xf32>
util.global private @hidden_weight = #flow.parameter.named<"model"::"hidden.weight"> : tensor<4x4x32x64xf32>
util.global private @hidden_bias = #flow.parameter.named<"model"::"hidden.bias"> : tensor<64xf32>
util.global private @scores_weight = #flow.parameter.named<"model"::"scores.weight"> : tensor<64x10xf32>
util.global private @scores_bias = #flow.parameter.named<"model"::"scores.bias"> : tensor<10xf32>

// Takes images whose pixels run from 0 (paper) to 16 (ink). Returns for each image the probability
// of every digit, and the most probable digit.
func.func public @classify(
    %images: tensor<?x8x8xf32> {iree.abi.name = "images"}
) -> (
    tensor<?x10xf32> {iree.abi.name = "probabilities"},
    tensor<?xi32> {iree.abi.name = "labels"}
) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %infinity = stablehlo.constant dense<0x7F800000> : tensor<f32>
  %minus_infinity = stablehlo.constant dense<0xFF800000> : tensor<f32>

  // The number of images is known only when the function is called, so the shapes that values are
  // broadcast to below are computed: that number, followed by the fixed dimensions. Where the
  // operand has that number as a dimension already, "known_nonexpanding_dimensions" promises that it
  // stays as it is; IREE rejects a dynamic dimension that might be a 1 to be repeated.
  %scalar_count = stablehlo.get_dimension_size %images, dim = 0 : (tensor<?x8x8xf32>) -> tensor<i32>
  %count = stablehlo.reshape %scalar_count : (tensor<i32>) -> tensor<1xi32>

  // pixels: 0...16 becomes 0...1, with one channel.
  %pixels_dims = stablehlo.constant dense<[8, 8, 1]> : tensor<3xi32>
  %pixels_shape = stablehlo.concatenate %count, %pixels_dims, dim = 0
      : (tensor<1xi32>, tensor<3xi32>) -> tensor<4xi32>
  %ink = stablehlo.dynamic_broadcast_in_dim %images, %pixels_shape, dims = [0, 1, 2]
      {known_nonexpanding_dimensions = array<i64: 0>}
      : (tensor<?x8x8xf32>, tensor<4xi32>) -> tensor<?x8x8x1xf32>
  %sixteen = stablehlo.constant dense<16.0> : tensor<f32>
  %full_ink = stablehlo.dynamic_broadcast_in_dim %sixteen, %pixels_shape, dims = []
      : (tensor<f32>, tensor<4xi32>) -> tensor<?x8x8x1xf32>
  %pixels = stablehlo.divide %ink, %full_ink : tensor<?x8x8x1xf32>

  // conv1: 3x3 window with zero padding, bias, ReLU (a clamp from zero to infinity).
  %conv1_weight = util.global.load @conv1_weight : tensor<3x3x1x16xf32>
  %conv1_products = stablehlo.convolution(%pixels, %conv1_weight)
      dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
      window = {pad = [[1, 1], [1, 1]]}
      {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
      : (tensor<?x8x8x1xf32>, tensor<3x3x1x16xf32>) -> tensor<?x8x8x16xf32>
  %conv1_dims = stablehlo.constant dense<[8, 8, 16]> : tensor<3xi32>
  %conv1_shape = stablehlo.concatenate %count, %conv1_dims, dim = 0
      : (tensor<1xi32>, tensor<3xi32>) -> tensor<4xi32>
  %conv1_bias = util.global.load @conv1_bias : tensor<16xf32>
  %conv1_biases = stablehlo.dynamic_broadcast_in_dim %conv1_bias, %conv1_shape, dims = [3]
      : (tensor<16xf32>, tensor<4xi32>) -> tensor<?x8x8x16xf32>
  %conv1_sums = stablehlo.add %conv1_products, %conv1_biases : tensor<?x8x8x16xf32>
  %conv1 = stablehlo.clamp %zero, %conv1_sums, %infinity
      : (tensor<f32>, tensor<?x8x8x16xf32>, tensor<f32>) -> tensor<?x8x8x16xf32>

  // conv2: the same, from 16 channels to 32.
  %conv2_weight = util.global.load @conv2_weight : tensor<3x3x16x32xf32>
  %conv2_products = stablehlo.convolution(%conv1, %conv2_weight)
      dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
      window = {pad = [[1, 1], [1, 1]]}
      {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
      : (tensor<?x8x8x16xf32>, tensor<3x3x16x32xf32>) -> tensor<?x8x8x32xf32>
  %conv2_dims = stablehlo.constant dense<[8, 8, 32]> : tensor<3xi32>
  %conv2_shape = stablehlo.concatenate %count, %conv2_dims, dim = 0
      : (tensor<1xi32>, tensor<3xi32>) -> tensor<4xi32>
  %conv2_bias = util.global.load @conv2_bias : tensor<32xf32>
  %conv2_biases = stablehlo.dynamic_broadcast_in_dim %conv2_bias, %conv2_shape, dims = [3]
      : (tensor<32xf32>, tensor<4xi32>) -> tensor<?x8x8x32xf32>
  %conv2_sums = stablehlo.add %conv2_products, %conv2_biases : tensor<?x8x8x32xf32>
  %conv2 = stablehlo.clamp %zero, %conv2_sums, %infinity
      : (tensor<f32>, tensor<?x8x8x32xf32>, tensor<f32>) -> tensor<?x8x8x32xf32>

  // pool: the maximum of each 2x2 block.
  %pool = "stablehlo.reduce_window"(%conv2, %minus_infinity) <{
    window_dimensions = array<i64: 1, 2, 2, 1>,
    window_strides = array<i64: 1, 2, 2, 1>
  }> ({
    ^bb0(%left: tensor<f32>, %right: tensor<f32>):
      %larger = stablehlo.maximum %left, %right : tensor<f32>
      stablehlo.return %larger : tensor<f32>
  }) : (tensor<?x8x8x32xf32>, tensor<f32>) -> tensor<?x4x4x32xf32>

  // hidden: 64 units, each connected to all of pool, bias, ReLU. As a convolution that is a 4x4
  // window with a single position in the 4x4 image; the sum over it only drops its two dimensions.
  %hidden_weight = util.global.load @hidden_weight : tensor<4x4x32x64xf32>
  %hidden_position = stablehlo.convolution(%pool, %hidden_weight)
      dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
      window = {}
      {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
      : (tensor<?x4x4x32xf32>, tensor<4x4x32x64xf32>) -> tensor<?x1x1x64xf32>
  %hidden_products = stablehlo.reduce(%hidden_position init: %zero)
      applies stablehlo.add across dimensions = [1, 2]
      : (tensor<?x1x1x64xf32>, tensor<f32>) -> tensor<?x64xf32>
  %hidden_dims = stablehlo.constant dense<64> : tensor<1xi32>
  %hidden_shape = stablehlo.concatenate %count, %hidden_dims, dim = 0
      : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
  %hidden_bias = util.global.load @hidden_bias : tensor<64xf32>
  %hidden_biases = stablehlo.dynamic_broadcast_in_dim %hidden_bias, %hidden_shape, dims = [1]
      : (tensor<64xf32>, tensor<2xi32>) -> tensor<?x64xf32>
  %hidden_sums = stablehlo.add %hidden_products, %hidden_biases : tensor<?x64xf32>
  %hidden = stablehlo.clamp %zero, %hidden_sums, %infinity
      : (tensor<f32>, tensor<?x64xf32>, tensor<f32>) -> tensor<?x64xf32>

  // scores: one per digit.
  %scores_weight = util.global.load @scores_weight : tensor<64x10xf32>
  %scores_products = stablehlo.dot_general %hidden, %scores_weight, contracting_dims = [1] x [0]
      : (tensor<?x64xf32>, tensor<64x10xf32>) -> tensor<?x10xf32>
  %scores_dims = stablehlo.constant dense<10> : tensor<1xi32>
  %scores_shape = stablehlo.concatenate %count, %scores_dims, dim = 0
      : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
  %scores_bias = util.global.load @scores_bias : tensor<10xf32>
  %scores_biases = stablehlo.dynamic_broadcast_in_dim %scores_bias, %scores_shape, dims = [1]
      : (tensor<10xf32>, tensor<2xi32>) -> tensor<?x10xf32>
  %scores = stablehlo.add %scores_products, %scores_biases : tensor<?x10xf32>

  // The most probable digit is the one with the highest score; of equal ones, the smallest.
  %digits = stablehlo.dynamic_iota %scores_shape, dim = 1 : (tensor<2xi32>) -> tensor<?x10xi32>
  %no_digit = stablehlo.constant dense<0> : tensor<i32>
  %highest, %labels = stablehlo.reduce(%scores init: %minus_infinity), (%digits init: %no_digit)
      across dimensions = [1]
      : (tensor<?x10xf32>, tensor<?x10xi32>, tensor<f32>, tensor<i32>)
      -> (tensor<?xf32>, tensor<?xi32>)
      reducer(%left: tensor<f32>, %right: tensor<f32>)
             (%left_digit: tensor<i32>, %right_digit: tensor<i32>) {
    %keep_left = stablehlo.compare GE, %left, %right : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %score = stablehlo.select %keep_left, %left, %right : tensor<i1>, tensor<f32>
    %digit = stablehlo.select %keep_left, %left_digit, %right_digit : tensor<i1>, tensor<i32>
    stablehlo.return %score, %digit : tensor<f32>, tensor<i32>
  }

  // Softmax turns the scores into probabilities. Subtracting the highest first keeps the
  // exponentials from overflowing.
  %highest_scores = stablehlo.dynamic_broadcast_in_dim %highest, %scores_shape, dims = [0]
      {known_nonexpanding_dimensions = array<i64: 0>}
      : (tensor<?xf32>, tensor<2xi32>) -> tensor<?x10xf32>
  %shifted_scores = stablehlo.subtract %scores, %highest_scores : tensor<?x10xf32>
  %exponentials = stablehlo.exponential %shifted_scores : tensor<?x10xf32>
  %total = stablehlo.reduce(%exponentials init: %zero) applies stablehlo.add across dimensions = [1]
      : (tensor<?x10xf32>, tensor<f32>) -> tensor<?xf32>
  %totals = stablehlo.dynamic_broadcast_in_dim %total, %scores_shape, dims = [0]
      {known_nonexpanding_dimensions = array<i64: 0>}
      : (tensor<?xf32>, tensor<2xi32>) -> tensor<?x10xf32>
  %probabilities = stablehlo.divide %exponentials, %totals : tensor<?x10xf32>

  return %probabilities, %labels : tensor<?x10xf32>, tensor<?xi32>
}
