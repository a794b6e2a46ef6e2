/// A file of parameters with one vector in it.
enum WeightsFixture {
  /// The bytes of a `.safetensors` file whose only parameter, `w`, holds the numbers.
  static func safetensors(_ numbers: [Float]) -> [UInt8] {
    let size = 4 * numbers.count
    let header =
      #"{"w":{"dtype":"F32","shape":[\#(numbers.count)],"data_offsets":[0,\#(size)]}}"#
    let padded = header + String(repeating: " ", count: 56 - header.utf8.count)
    var bytes: [UInt8] = [56, 0, 0, 0, 0, 0, 0, 0] + Array(padded.utf8)
    for number in numbers {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
