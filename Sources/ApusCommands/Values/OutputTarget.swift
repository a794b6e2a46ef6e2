internal import Apus
internal import ApusLauncher
internal import ArgumentParser

/// Where a result goes: `-`, `@file.npy` or `@file.bin`.
struct OutputTarget: ExpressibleByArgument {
  private let place: OutputPlace

  init?(argument: String) {
    guard let place = OutputPlace(parsing: argument) else { return nil }
    self.place = place
  }

  func write(_ data: TensorData) throws {
    try place.write(data) { Terminal.output.write($0) }
  }
}
