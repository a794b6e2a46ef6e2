/// Distances that were computed by other means: see Reference/prepare.py.
struct KnownDistances {
  let routes: [(from: String, to: String, isNearest: Bool, metres: Double)]

  init(contentsOf path: String) throws {
    routes = try rows(ofTable: path, columns: 4) { row in
      Double(row[3]).map { (row[0], row[1], row[2] == "nearest", $0) }
    }
  }

  /// The largest difference from what is known, in metres.
  ///
  /// - Throws: ``DataError`` if a route leads to another airport than the known one.
  func largestError(of survey: Survey, among airports: [Airport]) throws -> Double {
    try routes.map { known in
      let routes = known.isNearest ? survey.nearest : survey.farthest
      guard let route = routes.first(where: { airports[$0.from].code == known.from }),
        airports[route.to].code == known.to
      else { throw DataError(description: "\(known.from) should lead to \(known.to)") }
      return abs(route.metres - known.metres)
    }.max() ?? 0
  }
}
