/// A place on the map, in degrees.
struct Airport {
  var code: String
  var country: String
  var name: String
  var latitude: Double
  var longitude: Double

  /// The airports of a table with the columns iata, latitude, longitude, country and name.
  static func all(contentsOf path: String) throws -> [Airport] {
    try rows(ofTable: path, columns: 5) { row in
      guard let latitude = Double(row[1]), let longitude = Double(row[2]) else { return nil }
      return Airport(
        code: row[0],
        country: row[3],
        name: row[4],
        latitude: latitude,
        longitude: longitude
      )
    }
  }
}
