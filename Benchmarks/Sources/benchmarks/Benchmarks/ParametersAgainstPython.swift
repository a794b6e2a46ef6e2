import Apus
import Foundation

/// Loading a program whose 500 MB of weights are in a file of their own: what matters is that they
/// stay there.
struct ParametersAgainstPython: Benchmark {
  let name = "parameters"
  let summary = "a program with a 500 MB parameter file, and IREE's Python bindings"

  private static let elementCount = 125_000_000

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.parameters_mlir, as: "parameters")
    let archive = workbench.folder.appending("weights.safetensors")
    try Self.writeArchive(to: archive)
    let runtime = try Runtime()
    let python = try PythonPeer(
      "parameters",
      [program.string, archive.string, String(runtime.workerCount)],
      on: workbench
    )
    // Memory first, while nothing else has been loaded.
    let apusGrowth = try Self.memoryGrowth(program, archive, on: runtime)
    let pythonMemory = try python.run(1).memory
    let times = try await PairedRounds(count: 60, repetitions: 3).measure(
      apus: { count in
        try seconds { for _ in 0..<count { _ = try Self.load(program, archive, on: runtime) } }
      },
      peer: { count in try python.seconds(count) }
    )
    let bound = Self.elementCount * MemoryLayout<Float>.size / 20
    let peer = "iree.runtime"
    return [
      .time(TimeComparison("load with 500 MB of parameters", against: peer, times)),
      .memory(
        MemoryComparison(
          subject: "own memory after loading",
          peer: peer,
          apusGrowth: apusGrowth.loaded.anonymous,
          peerGrowth: pythonMemory.anonymous - python.memoryAtStart.anonymous,
          bound: bound
        )
      ),
      .memory(
        MemoryComparison(
          subject: "own memory, at most, while loading",
          peer: peer,
          apusGrowth: apusGrowth.loaded.peak - apusGrowth.loaded.file,
          peerGrowth: pythonMemory.peak - pythonMemory.file - python.memoryAtStart.anonymous,
          bound: bound
        )
      ),
      .memory(
        MemoryComparison(
          subject: "the file's pages, which the kernel can drop, after loading",
          peer: peer,
          apusGrowth: apusGrowth.loaded.file,
          peerGrowth: pythonMemory.file - python.memoryAtStart.file
        )
      ),
      .memory(
        MemoryComparison(
          subject: "own memory after reading every parameter",
          peer: "",
          apusGrowth: apusGrowth.read.anonymous,
          bound: bound
        )
      ),
      .memory(
        MemoryComparison(
          subject: "the file's pages after reading every parameter",
          peer: "",
          apusGrowth: apusGrowth.read.file
        )
      ),
    ]
  }

  private static func load(
    _ program: FilePath,
    _ archive: FilePath,
    on runtime: Runtime
  ) throws -> Program {
    let parameters = try ParameterArchive(contentsOf: archive, scope: "model")
    return try Program(contentsOf: program, on: runtime, parameters: [parameters])
  }

  /// How resident memory grows by loading the program, and by a call that reads every parameter.
  private static func memoryGrowth(
    _ path: FilePath,
    _ archive: FilePath,
    on runtime: Runtime
  ) throws -> (loaded: ResidentMemory, read: ResidentMemory) {
    let before = try ResidentMemory.current()
    func growth() throws -> ResidentMemory {
      let now = try ResidentMemory.current()
      return ResidentMemory(
        anonymous: now.anonymous - before.anonymous,
        file: now.file - before.file,
        peak: now.peak - before.anonymous - before.file
      )
    }
    try ResidentMemory.resetPeak()
    let program = try load(path, archive, on: runtime)
    let loaded = try growth()
    let largest: Tensor<Float> = try program.function("largest")()
    guard try largest.scalars() == [0] else { throw BenchmarkError("the weights are \(largest)") }
    return (loaded, try growth())
  }

  /// Writes a safetensors file of zeros that takes no room on the disk.
  private static func writeArchive(to path: FilePath) throws {
    let byteCount = elementCount * MemoryLayout<Float>.size
    var header = Array(
      #"{"weights":{"dtype":"F32","shape":[\#(elementCount)],"data_offsets":[0,\#(byteCount)]}}"#
        .utf8
    )
    // The weights begin at a multiple of 64 bytes, or IREE would copy them.
    while !(8 + header.count).isMultiple(of: 64) { header.append(UInt8(ascii: " ")) }
    let size = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    let url = URL(fileURLWithPath: path.string)
    try Data(size + header).write(to: url)
    let file = try FileHandle(forUpdating: url)
    try file.truncate(atOffset: UInt64(8 + header.count + byteCount))
    try file.close()
  }
}
