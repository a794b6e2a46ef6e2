import ApusTestSupport

/// Compiles C to an object in a folder.
func compile(_ source: String, to name: String, in folder: TemporaryFolder) async throws {
  let file = try folder.write(source, to: name + ".c")
  try await runLLVMTool("clang", ["-c", "-fPIC", file.string, "-o", folder.file(name).string])
}
