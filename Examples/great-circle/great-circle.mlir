// Of every airport in a block of 64: which other airport is nearest, which is farthest, and how far.
//
// The distance is the great circle's, on a sphere. The half of the angle between two places whose
// latitudes are p and q and whose longitudes differ by d has
//
//     sin² = sin²((p - q)/2) + cos p cos q sin²(d/2)
//     cos² = sin²((p + q)/2) + cos p cos q cos²(d/2)
//
// The first line is the haversine formula. With asin it alone would do, but not for two places at
// opposite ends of the Earth: there sin is almost one, where asin loses half of the digits. Taking cos² for
// 1 - sin² loses them too, as the difference of nearly equal numbers. The second line is a sum of squares
// like the first, and atan2 of the two is right for any angle.

// Takes the places of all airports in degrees, and the number of the block's first airport, from 0
// to 7882 - 64. Returns distances in metres, and airports by number.
func.func public @nearest_and_farthest(
    %latitudes: tensor<7882xf64> {iree.abi.name = "latitudes"},
    %longitudes: tensor<7882xf64> {iree.abi.name = "longitudes"},
    %first: tensor<i32> {iree.abi.name = "first"}
) -> (
    tensor<64xf64> {iree.abi.name = "nearest_distances"},
    tensor<64xi32> {iree.abi.name = "nearest"},
    tensor<64xf64> {iree.abi.name = "farthest_distances"},
    tensor<64xi32> {iree.abi.name = "farthest"}
) {
  // For each airport half of its latitude and longitude, in radians (π / 360 times the degrees), and
  // the cosine of its latitude.
  %half_radian = stablehlo.constant dense<0.0087266462599716478846> : tensor<7882xf64>
  %half_latitudes = stablehlo.multiply %latitudes, %half_radian : tensor<7882xf64>
  %half_longitudes = stablehlo.multiply %longitudes, %half_radian : tensor<7882xf64>
  %radians = stablehlo.add %half_latitudes, %half_latitudes : tensor<7882xf64>
  %cosines = stablehlo.cosine %radians : tensor<7882xf64>

  // A table: a row for each airport of the block, a column for every airport. What belongs to the
  // airport of the row is called p, what belongs to that of the column q.
  %block_latitudes = stablehlo.dynamic_slice %half_latitudes, %first, sizes = [64]
      : (tensor<7882xf64>, tensor<i32>) -> tensor<64xf64>
  %block_longitudes = stablehlo.dynamic_slice %half_longitudes, %first, sizes = [64]
      : (tensor<7882xf64>, tensor<i32>) -> tensor<64xf64>
  %block_cosines = stablehlo.dynamic_slice %cosines, %first, sizes = [64]
      : (tensor<7882xf64>, tensor<i32>) -> tensor<64xf64>
  %p_latitude = stablehlo.broadcast_in_dim %block_latitudes, dims = [0]
      : (tensor<64xf64>) -> tensor<64x7882xf64>
  %p_longitude = stablehlo.broadcast_in_dim %block_longitudes, dims = [0]
      : (tensor<64xf64>) -> tensor<64x7882xf64>
  %p_cosine = stablehlo.broadcast_in_dim %block_cosines, dims = [0]
      : (tensor<64xf64>) -> tensor<64x7882xf64>
  %q_latitude = stablehlo.broadcast_in_dim %half_latitudes, dims = [1]
      : (tensor<7882xf64>) -> tensor<64x7882xf64>
  %q_longitude = stablehlo.broadcast_in_dim %half_longitudes, dims = [1]
      : (tensor<7882xf64>) -> tensor<64x7882xf64>
  %q_cosine = stablehlo.broadcast_in_dim %cosines, dims = [1]
      : (tensor<7882xf64>) -> tensor<64x7882xf64>

  // sin((p - q)/2)² + cos p cos q sin(d/2)²
  %difference = stablehlo.subtract %p_latitude, %q_latitude : tensor<64x7882xf64>
  %sin_difference = stablehlo.sine %difference : tensor<64x7882xf64>
  %d = stablehlo.subtract %p_longitude, %q_longitude : tensor<64x7882xf64>
  %sin_d = stablehlo.sine %d : tensor<64x7882xf64>
  %cos_p_cos_q = stablehlo.multiply %p_cosine, %q_cosine : tensor<64x7882xf64>
  %north_south = stablehlo.multiply %sin_difference, %sin_difference : tensor<64x7882xf64>
  %sin_d_squared = stablehlo.multiply %sin_d, %sin_d : tensor<64x7882xf64>
  %east_west = stablehlo.multiply %cos_p_cos_q, %sin_d_squared : tensor<64x7882xf64>
  %sin_squared = stablehlo.add %north_south, %east_west : tensor<64x7882xf64>

  // sin((p + q)/2)² + cos p cos q cos(d/2)²: the same, with the opposite end of the Earth for q.
  %sum = stablehlo.add %p_latitude, %q_latitude : tensor<64x7882xf64>
  %sin_sum = stablehlo.sine %sum : tensor<64x7882xf64>
  %cos_d = stablehlo.cosine %d : tensor<64x7882xf64>
  %opposite_north_south = stablehlo.multiply %sin_sum, %sin_sum : tensor<64x7882xf64>
  %cos_d_squared = stablehlo.multiply %cos_d, %cos_d : tensor<64x7882xf64>
  %opposite_east_west = stablehlo.multiply %cos_p_cos_q, %cos_d_squared : tensor<64x7882xf64>
  %cos_squared = stablehlo.add %opposite_north_south, %opposite_east_west : tensor<64x7882xf64>

  // Half of the angle between the two.
  %sin = stablehlo.sqrt %sin_squared : tensor<64x7882xf64>
  %cos = stablehlo.sqrt %cos_squared : tensor<64x7882xf64>
  %half_angle = stablehlo.atan2 %sin, %cos : tensor<64x7882xf64>

  // No airport is its own neighbour: where row and column are the same airport, stands infinity.
  %q = stablehlo.iota dim = 1 : tensor<64x7882xi32>
  %row = stablehlo.iota dim = 0 : tensor<64x7882xi32>
  %first_row = stablehlo.broadcast_in_dim %first, dims = [] : (tensor<i32>) -> tensor<64x7882xi32>
  %p = stablehlo.add %row, %first_row : tensor<64x7882xi32>
  %same = stablehlo.compare EQ, %p, %q
      : (tensor<64x7882xi32>, tensor<64x7882xi32>) -> tensor<64x7882xi1>
  %infinities = stablehlo.constant dense<0x7FF0000000000000> : tensor<64x7882xf64>
  %half_angle_to_others = stablehlo.select %same, %infinities, %half_angle
      : tensor<64x7882xi1>, tensor<64x7882xf64>

  // The smallest angle of each row and the number of its column; of equal ones, the first found.
  %infinity = stablehlo.constant dense<0x7FF0000000000000> : tensor<f64>
  %nobody = stablehlo.constant dense<-1> : tensor<i32>
  %smallest, %nearest = stablehlo.reduce(%half_angle_to_others init: %infinity), (%q init: %nobody)
      across dimensions = [1]
      : (tensor<64x7882xf64>, tensor<64x7882xi32>, tensor<f64>, tensor<i32>)
      -> (tensor<64xf64>, tensor<64xi32>)
      reducer(%left: tensor<f64>, %right: tensor<f64>)
             (%left_number: tensor<i32>, %right_number: tensor<i32>) {
    %keep_left = stablehlo.compare LE, %left, %right : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %angle = stablehlo.select %keep_left, %left, %right : tensor<i1>, tensor<f64>
    %number = stablehlo.select %keep_left, %left_number, %right_number : tensor<i1>, tensor<i32>
    stablehlo.return %angle, %number : tensor<f64>, tensor<i32>
  }

  // The largest.
  %none = stablehlo.constant dense<-1.0> : tensor<f64>
  %largest, %farthest = stablehlo.reduce(%half_angle init: %none), (%q init: %nobody)
      across dimensions = [1]
      : (tensor<64x7882xf64>, tensor<64x7882xi32>, tensor<f64>, tensor<i32>)
      -> (tensor<64xf64>, tensor<64xi32>)
      reducer(%left: tensor<f64>, %right: tensor<f64>)
             (%left_number: tensor<i32>, %right_number: tensor<i32>) {
    %keep_left = stablehlo.compare GE, %left, %right : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %angle = stablehlo.select %keep_left, %left, %right : tensor<i1>, tensor<f64>
    %number = stablehlo.select %keep_left, %left_number, %right_number : tensor<i1>, tensor<i32>
    stablehlo.return %angle, %number : tensor<f64>, tensor<i32>
  }

  // Metres: half of the angle times Earth's diameter. The radius is the mean one, 6,371,008.8 m.
  %diameter = stablehlo.constant dense<12742017.6> : tensor<64xf64>
  %nearest_distances = stablehlo.multiply %smallest, %diameter : tensor<64xf64>
  %farthest_distances = stablehlo.multiply %largest, %diameter : tensor<64xf64>
  return %nearest_distances, %nearest, %farthest_distances, %farthest
      : tensor<64xf64>, tensor<64xi32>, tensor<64xf64>, tensor<64xi32>
}
