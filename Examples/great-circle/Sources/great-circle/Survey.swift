import Apus

/// The way along a great circle from one airport to another, each by its number.
struct Route {
  var from: Int
  var to: Int
  var metres: Double
}

/// From each airport the way to the nearest and to the farthest other one.
struct Survey {
  private(set) var nearest: [Route] = []
  private(set) var farthest: [Route] = []

  /// The number of airports that great-circle.mlir compares with all in one call.
  private static let blockSize = 64

  /// Computes the distances from every airport to every other.
  ///
  /// - Parameters:
  ///   - airports: as many as the program is made for.
  ///   - program: great-circle.mlir, compiled.
  ///   - scalar: the type of its floating-point numbers, which depends on how it was compiled.
  init<Scalar: TensorScalar & BinaryFloatingPoint>(
    of airports: [Airport],
    with program: Program,
    computingIn scalar: Scalar.Type
  ) async throws {
    let nearestAndFarthest = try program.function("nearest_and_farthest")

    // Copied to the device once. Every call then gets these same tensors.
    let latitudes = try Tensor(airports.map { Scalar($0.latitude) }, on: program.runtime)
    let longitudes = try Tensor(airports.map { Scalar($0.longitude) }, on: program.runtime)

    while nearest.count < airports.count {
      // The last block starts early enough to be a whole one, with airports that are done already.
      let first = min(nearest.count, airports.count - Self.blockSize)
      let done = nearest.count - first

      let block = try Tensor(scalar: Int32(first), on: program.runtime)
      let (nearestMetres, nearestAirports, farthestMetres, farthestAirports):
        (Tensor<Scalar>, Tensor<Int32>, Tensor<Scalar>, Tensor<Int32>) =
          try await nearestAndFarthest(latitudes, longitudes, block)

      nearest += try routes(from: first, to: nearestAirports, nearestMetres).dropFirst(done)
      farthest += try routes(from: first, to: farthestAirports, farthestMetres).dropFirst(done)
    }
  }
}

private func routes<Scalar: TensorScalar & BinaryFloatingPoint>(
  from first: Int,
  to airports: Tensor<Int32>,
  _ metres: Tensor<Scalar>
) throws -> [Route] {
  try zip(airports.scalars(), metres.scalars()).enumerated().map { row, end in
    Route(from: first + row, to: Int(end.0), metres: Double(end.1))
  }
}
