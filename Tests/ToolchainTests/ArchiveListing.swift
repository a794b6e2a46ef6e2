import Foundation

/// What binutils' `readelf` and `nm` show of an archive of ELF objects.
struct ArchiveListing {
  /// The members, in order.
  let members: [String]
  /// The symbols in the index, each with its member.
  let index: [String: String]
  /// The names of each member's sections.
  private let sections: [String: Set<String>]

  init(readingWithBinutils archive: String) throws {
    var members: [String] = []
    var sections: [String: Set<String>] = [:]
    for line in try printedLines("readelf", "--section-headers", "--wide", archive) {
      if let file = line.wholeMatch(of: /File: .*\((.+)\)/) {
        members.append(String(file.1))
      } else if let section = line.firstMatch(of: /^ +\[ *\d+\] (\.\S+)/), let last = members.last {
        sections[last, default: []].insert(String(section.1))
      }
    }
    // nm prints the index, under a title, before the symbols of each member.
    let index = try printedLines("nm", "--print-armap", archive).dropFirst()
      .prefix { !$0.hasSuffix(":") }.map { $0.split(separator: " in ") }
    self.members = members
    self.sections = sections
    self.index = Dictionary(
      index.map { (String($0[0]), String($0[1])) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The members that have a section, itself or one of a function, such as `.text.sin`.
  func members(with section: String) -> [String] {
    members.filter { member in
      (sections[member] ?? []).contains { $0 == section || $0.hasPrefix(section + ".") }
    }
  }

  /// The symbols that members' machine code refers to and none defines.
  static func undefinedSymbols(in archive: String) throws -> Set<String> {
    var undefined: Set<String> = []
    var defined: Set<String> = []
    for line in try printedLines("readelf", "--symbols", "--wide", archive) {
      let fields = line.split(separator: " ")
      guard fields.count == 8, ["GLOBAL", "WEAK"].contains(fields[4]) else { continue }
      if fields[6] == "UND" {
        undefined.insert(String(fields[7]))
      } else {
        defined.insert(String(fields[7]))
      }
    }
    return undefined.subtracting(defined)
  }
}
