internal import ApusArtifacts
internal import Foundation
internal import SystemPackage

/// What a worker process is asked, in a folder: the source as it is, the rest as JSON, and a place for
/// the output.
///
/// A folder and not a pipe, because writing to a worker that has just crashed would end this process
/// with SIGPIPE.
struct WorkerRequest {
  let request: CompilationRequest

  /// All of the request but the source's bytes.
  private struct Header: Codable {
    var sourceName: String
    var options: CompilerOptions
    var output: CompilationRequest.Output
  }

  init(_ request: CompilationRequest) { self.request = request }

  /// Reads a request.
  init(in folder: FilePath) throws {
    let header = try JSONDecoder().decode(Header.self, from: Self.read("request.json", in: folder))
    request = CompilationRequest(
      source: Source(bytes: [UInt8](try Self.read("source", in: folder)), name: header.sourceName),
      options: header.options,
      output: header.output
    )
  }

  /// Writes the request for a worker to read.
  func write(to folder: FilePath) throws {
    let header = Header(
      sourceName: request.source.name,
      options: request.options,
      output: request.output
    )
    try Self.write(try JSONEncoder().encode(header), "request.json", in: folder)
    try Self.write(Data(request.source.bytes), "source", in: folder)
  }

  /// Where the worker writes the output.
  static func outputPath(in folder: FilePath) -> FilePath { folder.appending("output") }

  private static func read(_ name: String, in folder: FilePath) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder.appending(name).string))
  }

  private static func write(_ data: Data, _ name: String, in folder: FilePath) throws {
    try data.withUnsafeBytes { try writeAtomically($0, to: folder.appending(name)) }
  }
}
