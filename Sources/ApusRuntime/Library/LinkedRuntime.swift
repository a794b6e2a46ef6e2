internal import ApusNativeLibrary
internal import CApusIREERuntime

/// IREE's runtime where it is linked into the same image as this code: the static form.
///
/// References to its functions are weak, so a program that is linked without it has none of them, and
/// looks for the shared library. A link that brought some of them and not others is told what it lost.
struct LinkedRuntime {
  let api: apus_iree_runtime_table
  let optional: apus_iree_runtime_optional_table
  let versioned: VersionedFunctions

  /// The runtime in this program; nil if there is none.
  ///
  /// - Throws: `NativeLibraryError` if only parts of it are there, or it is of another version.
  static func find() throws(NativeLibraryError) -> LinkedRuntime? {
    let common = symbols(of: apus_iree_runtime_table.self, apus_iree_runtime_table_symbols())
    let added = symbols(
      of: apus_iree_runtime_3_12_table.self,
      apus_iree_runtime_3_12_table_symbols()
    )
    guard common.contains(where: \.isLinked) else { return nil }
    let version = try RuntimeVersion(
      hasFunctionSince3_10: apus_iree_runtime_linked_is_since_3_10(),
      hasFunctionSince3_12: added.contains {
        $0.isLinked && $0.name == APUS_IREE_RUNTIME_SINCE_3_12
      },
      at: RuntimeLibrary.Form.linked.description
    )
    let versioned: VersionedFunctions
    let others: [Symbol]
    switch version {
    case .v3_9:
      let functions = apus_iree_runtime_3_9_table_symbols()
      others = symbols(of: apus_iree_runtime_3_9_table.self, functions)
      versioned = .v3_9(
        table(functions),
        table(apus_iree_runtime_3_9_optional_table_symbols())
      )
    case .v3_12:
      others = added
      versioned = .v3_12(
        table(apus_iree_runtime_3_12_table_symbols()),
        table(apus_iree_runtime_3_12_optional_table_symbols())
      )
    }
    guard try isWhole(common + others) else { return nil }
    return LinkedRuntime(
      api: table(apus_iree_runtime_table_symbols()),
      optional: table(apus_iree_runtime_optional_table_symbols()),
      versioned: versioned
    )
  }

  private static func table<Table: BitwiseCopyable>(_ symbols: apus_iree_runtime_symbols) -> Table {
    UnsafeRawPointer(symbols.linked_addresses).loadUnaligned(as: Table.self)
  }

  /// A function that is needed, and whether the link brought it.
  struct Symbol {
    var name: String
    var isLinked: Bool
  }

  private static func symbols<Table>(
    of table: Table.Type,
    _ symbols: apus_iree_runtime_symbols
  ) -> [Symbol] {
    (0..<(MemoryLayout<Table>.size / MemoryLayout<UnsafeRawPointer>.size)).map {
      Symbol(
        name: String(cString: symbols.names[$0]),
        isLinked: symbols.linked_addresses[$0] != nil
      )
    }
  }

  /// Whether every function is there; false if none is.
  ///
  /// - Throws: `NativeLibraryError` with `missingSymbols`, naming what is not there and what brings it.
  static func isWhole(_ symbols: [Symbol]) throws(NativeLibraryError) -> Bool {
    let missing = symbols.filter { !$0.isLinked }.map(\.name)
    if missing.isEmpty { return true }
    if missing.count == symbols.count { return false }
    let lost = Piece.allCases.compactMap { piece -> String? in
      let names = missing.filter { Piece(of: $0) == piece }
      guard !names.isEmpty else { return nil }
      return "\(piece.rawValue) (\(names.joined(separator: ", "))), which comes with"
        + " \(piece.archives.map { "lib\($0).a" }.joined(separator: ", "))"
    }
    throw NativeLibraryError(
      .missingSymbols,
      library: "IREE runtime",
      message: "the runtime linked into this program lacks \(missing.count) of the"
        + " \(symbols.count) functions needed",
      tried: lost.map { "to find \($0)" },
      remedy:
        "link the object that 'apus bundle-runtime' makes of IREE's distribution, which has all;"
        + " or these archives, each with -u and a function's name, since a weak reference extracts"
        + " nothing"
    )
  }

  /// What a link may lose on its own, because IREE's distribution has it in archives of its own.
  enum Piece: String, CaseIterable {
    case driver = "the local-task driver"
    case loaders = "the loaders of kernels"
    case parameters = "parameters"
    case machine = "the virtual machine"

    init(of function: String) {
      self =
        if function.hasPrefix("iree_io_") {
          .parameters
        } else if function.hasPrefix("iree_task_") || function.hasPrefix("iree_hal_task_") {
          .driver
        } else if function.hasPrefix("iree_hal_executable_")
          || function == "iree_hal_create_all_available_executable_loaders"
        {
          .loaders
        } else {
          .machine
        }
    }

    /// The archives of the distribution, without `lib` and `.a`, in an order that every linker takes.
    var archives: [String] {
      switch self {
      case .driver, .loaders, .machine:
        [DistributionArchives.unified, DistributionArchives.flatBuffers]
      case .parameters: DistributionArchives.parameters
      }
    }
  }
}
