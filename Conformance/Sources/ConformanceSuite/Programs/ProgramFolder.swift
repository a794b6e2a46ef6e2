import Foundation
public import SystemPackage

/// A folder of `.mlir` files with programs that say what they should come to.
public struct ProgramFolder: Sendable {
  /// The folder.
  public let path: FilePath

  /// Names the folder; nothing is read yet.
  public init(_ path: FilePath) { self.path = path }

  /// A module of a file, by its name, with its text or the reason why it cannot be judged.
  struct Entry: Sendable {
    let name: String
    let program: Result<ConformanceProgram, ProgramError>
  }

  /// Reads all modules with checks, in the order of their names.
  ///
  /// Modules without a check have nothing to judge by and are passed over.
  ///
  /// - Parameters:
  ///   - inputs: where programs should have their inputs from.
  ///   - isWanted: says which modules to read, by name.
  func entries(
    inputs: ConformanceProgram.Inputs,
    where isWanted: (String) -> Bool
  ) throws -> [Entry] {
    try files().flatMap { file in
      let text = try String(contentsOfFile: path.appending(file + ".mlir").string, encoding: .utf8)
      let modules = Self.modules(of: text)
      return modules.enumerated().compactMap { number, module -> Entry? in
        let name = modules.count == 1 ? file : "\(file)#\(number)"
        guard isWanted(name), module.utf8.contains("check.") else { return nil }
        return Entry(
          name: name,
          program: Result { () throws(ProgramError) in
            do {
              return try ConformanceProgram(name: name, text: module, inputs: inputs)
            } catch let error as ProgramError {
              throw error
            } catch {
              throw ProgramError("\(error)")
            }
          }
        )
      }
    }
  }

  /// The files' paths in the folder, without `.mlir`.
  private func files() throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw ProgramError("there is no folder '\(path)'") }
    let files = try FileManager.default.subpathsOfDirectory(atPath: path.string)
      .filter { $0.hasSuffix(".mlir") }.map { String($0.dropLast(".mlir".count)) }.sorted()
    guard !files.isEmpty else { throw ProgramError("there is no .mlir file in '\(path)'") }
    return files
  }

  /// MLIR's tools split a file at such lines.
  private static func modules(of text: String) -> [Substring] {
    var modules: [Substring] = []
    var start = text.startIndex
    while let separator = text[start...].utf8.firstRange(of: "\n// -----".utf8) {
      modules.append(text[start..<separator.lowerBound])
      start = text[separator.upperBound...].utf8.firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
    }
    return modules + [text[start...]]
  }
}

extension Sequence<UInt8> where Self: Collection {
  /// Whether a text occurs.
  fileprivate func contains(_ text: String) -> Bool { firstRange(of: text.utf8) != nil }
}
