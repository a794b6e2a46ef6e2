/// The archives of IREE's distribution that the runtime is in, without `lib` and `.a`.
///
/// In an order that every linker takes: each stands before those that it needs.
package enum DistributionArchives {
  /// The loading of parameters, which the archive of everything else lacks.
  package static let parameters = [
    "iree_modules_io_parameters_parameters", "iree_io_formats_gguf_gguf",
    "iree_io_formats_irpa_irpa", "iree_io_formats_safetensors_safetensors",
    "iree_io_parameter_index_provider", "iree_io_parameter_provider", "iree_io_parameter_index",
    "iree_hal_utils_file_cache", "iree_io_stream",
  ]

  /// What the loading of parameters needs besides since 3.12, to read the headers of safetensors files.
  package static let parametersSince3_12 = [
    "iree_base_internal_json", "iree_base_internal_unicode",
  ]

  /// The virtual machine, devices and loaders of kernels.
  package static let unified = "iree_runtime_unified"

  /// The checks of the format that programs are in.
  package static let flatBuffers = "flatcc_parsing"

  /// Those that every version has.
  package static let all = parameters + [unified, flatBuffers]
}
