import ApusTestSupport
import SystemPackage

/// A distribution of a few bytes, laid out as IREE's.
struct DistributionFixture {
  let folder: TemporaryFolder

  /// The archives that one has, without `lib` and `.a`.
  static let archives = [
    "iree_modules_io_parameters_parameters", "iree_io_formats_gguf_gguf",
    "iree_io_formats_irpa_irpa", "iree_io_formats_safetensors_safetensors",
    "iree_io_parameter_index_provider", "iree_io_parameter_provider", "iree_io_parameter_index",
    "iree_hal_utils_file_cache", "iree_io_stream", "iree_runtime_unified", "flatcc_parsing",
  ]

  /// Those that one of version 3.12 has besides.
  static let archivesSince3_12 = ["iree_base_internal_json", "iree_base_internal_unicode"]

  /// What version 3.9 defines, of what versions differ in.
  static let functions = [
    "iree_hal_executable_plugin_manager_create", "iree_vm_bytecode_module_create",
  ]

  /// - Parameters:
  ///   - machine: ELF's number of the processor.
  ///   - functions: what the archive of everything defines.
  ///   - archives: the archives it has.
  ///   - missing: files that are left out.
  init(
    machine: UInt8 = 62,
    functions: [String] = Self.functions,
    archives: [String] = Self.archives,
    without missing: [String] = []
  ) throws {
    folder = try TemporaryFolder()
    for name in ["include/iree/runtime", "include/iree/vm", "lib"] {
      try folder.makeFolder(name)
    }
    var files: [(String, [UInt8])] = [
      ("include/iree/runtime/api.h", Array("//".utf8)), ("include/iree/vm/api.h", Array("//".utf8)),
    ]
    files += archives.map { ("lib/lib\($0).a", archive(machine: machine, functions)) }
    for (name, bytes) in files where !missing.contains(name) { try folder.write(bytes, to: name) }
  }

  var path: FilePath { folder.path }
}

/// An archive of one object that is nothing but its header, with an index.
func archive(machine: UInt8, _ functions: [String]) -> [UInt8] {
  func header(_ name: String, _ size: Int) -> [UInt8] {
    func field(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: width - text.count)
    }
    let text =
      field(name, 16) + field("0", 12) + field("0", 6) + field("0", 6) + field("644", 8)
      + field("\(size)", 10) + "`\n"
    return Array(text.utf8)
  }
  let names: [UInt8] = functions.flatMap { Array($0.utf8) + [UInt8(0)] }
  var index: [UInt8] = [0, 0, 0, UInt8(functions.count)]
  for _ in functions { index += [0, 0, 0, 0] }
  index += names
  if index.count % 2 == 1 { index.append(0) }
  var object: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + .init(repeating: 0, count: 9)
  object += [1, 0, machine, 0] + .init(repeating: 0, count: 44)
  return Array("!<arch>\n".utf8) + header("/", index.count) + index
    + header("a.o/", object.count) + object
}
