import Foundation

/// The world and its airports, with degrees of longitude to the right and of latitude upwards.
struct Map {
  enum Color: UInt8 { case background, airport, longest, nearest }

  private let palette: [[UInt8]] = [
    [11, 29, 51], [185, 208, 230], [255, 107, 53], [255, 225, 90],
  ]
  private var rows = Array(repeating: [UInt8](repeating: 0, count: 800), count: 400)
  private let airports: [Airport]

  var file: Data { Data(png(rows: rows, palette: palette)) }

  init(of airports: [Airport]) {
    self.airports = airports
    for airport in airports { dot(at: position(of: direction(of: airport)), .airport) }
  }

  /// Draws the great circle between two airports, and a ring around each.
  mutating func draw(_ route: Route, _ color: Color) {
    let ends = [route.from, route.to].map { direction(of: airports[$0]) }
    let angle = acos((ends[0] * ends[1]).sum())
    for step in 0...4000 {
      let part = Double(step) / 4000
      let point = position(of: sin((1 - part) * angle) * ends[0] + sin(part * angle) * ends[1])
      for offset in [SIMD2(0, 0), [0, 1], [1, 0], [1, 1]] { dot(at: point &+ offset, color) }
    }
    for degrees in 0..<360 {
      let angle = Double(degrees) * .pi / 180
      let offset = SIMD2<Int>(6 * SIMD2(cos(angle), sin(angle)), rounding: .toNearestOrEven)
      for end in ends { dot(at: position(of: end) &+ offset, color) }
    }
  }

  private mutating func dot(at point: SIMD2<Int>, _ color: Color) {
    guard rows.indices.contains(point.y), rows[0].indices.contains(point.x) else { return }
    rows[point.y][point.x] = color.rawValue
  }

  /// The unit vector from the centre of the Earth to an airport.
  private func direction(of airport: Airport) -> SIMD3<Double> {
    let (latitude, longitude) = (airport.latitude * .pi / 180, airport.longitude * .pi / 180)
    return [cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)]
  }

  /// The pixel that shows what lies in a direction from the centre of the Earth.
  private func position(of direction: SIMD3<Double>) -> SIMD2<Int> {
    let longitude = atan2(direction.y, direction.x)
    let latitude = atan2(direction.z, hypot(direction.x, direction.y))
    return [
      Int((0.5 + longitude / (2 * .pi)) * Double(rows[0].count)),
      Int((0.5 - latitude / .pi) * Double(rows.count)),
    ]
  }
}
