internal import Apus
internal import ArgumentParser
internal import SystemPackage

/// Where a result goes: `-`, `@file.npy` or `@file.bin`.
enum OutputTarget: ExpressibleByArgument {
  case terminal
  case npy(FilePath)
  case raw(FilePath)

  init?(argument: String) {
    if argument == "-" {
      self = .terminal
      return
    }
    guard argument.first == "@" else { return nil }
    let path = FilePath(String(argument.dropFirst()))
    switch path.extension?.lowercased() {
    case "npy": self = .npy(path)
    case "bin": self = .raw(path)
    default: return nil
    }
  }

  func write(_ data: TensorData) throws {
    switch self {
    case .terminal: Terminal.output.write(data.text + "\n")
    case .npy(let path): try data.write(toNPY: path)
    case .raw(let path): try data.write(toRaw: path)
    }
  }
}
