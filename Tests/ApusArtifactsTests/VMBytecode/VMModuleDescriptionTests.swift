import Testing

@testable import ApusArtifacts

/// What is read of a module, against what `iree-dump-module` reads of the same file.
@Suite(.enabled(if: IREETools.areExpected, IREETools.reason))
struct VMModuleDescriptionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The program, which may be another for each version of the bytecode.
    var source: @Sendable (VMModuleDescription.BytecodeVersion) -> String
    var flags: [String]

    init(
      testDescription: String,
      source: @autoclosure @escaping @Sendable () -> String,
      flags: [String] = IREETools.processor
    ) {
      self.testDescription = testDescription
      self.source = { _ in source() }
      self.flags = flags
    }

    init(
      testDescription: String,
      sources: @escaping @Sendable (VMModuleDescription.BytecodeVersion) -> String,
      flags: [String]
    ) {
      self.testDescription = testDescription
      source = sources
      self.flags = flags
    }
  }

  static let cases = [
    Case(testDescription: "a file that is a zip as well, the default", source: Programs.add),
    Case(
      testDescription: "a file that is no zip",
      source: Programs.add,
      flags: IREETools.processor + ["--iree-vm-emit-polyglot-zip=false"]
    ),
    Case(
      testDescription: "no source map, no debugging operations",
      source: Programs.add,
      flags: IREETools.processor + [
        "--iree-vm-bytecode-module-strip-source-map", "--iree-vm-bytecode-module-strip-debug-ops",
      ]
    ),
    Case(
      testDescription: "asynchronous functions",
      source: Programs.severalKernels,
      flags: IREETools.processor + ["--iree-execution-model=async-external"]
    ),
    Case(testDescription: "several functions and kernels", source: Programs.severalKernels),
    Case(testDescription: "parameters in two scopes", source: Programs.parameters),
    Case(testDescription: "a loop and a dynamic shape", source: Programs.matmulLoop),
    Case(testDescription: "a large constant", source: Programs.largeConstant),
    Case(testDescription: "a global number", source: Programs.counter),
    Case(testDescription: "a global tensor", source: Programs.accumulator),
    Case(
      testDescription: "the VM alone, with no device",
      sources: EveryOperation.source,
      flags: ["--compile-mode=vm"]
    ),
    Case(
      testDescription: "code for GPUs of three makers",
      source: Programs.severalKernels,
      flags: [
        "--iree-hal-target-device=cuda,vulkan,hip", "--iree-cuda-target=sm_80",
        "--iree-vulkan-target=rdna3", "--iree-hip-target=gfx942",
      ]
    ),
    Case(
      testDescription: "buffers of the host, with no device",
      source: Programs.add,
      flags: ["--iree-hal-target-backends=vmvx-inline", "--iree-execution-model=inline-static"]
    ),
  ]

  @Test(arguments: cases, IREETools.Compiler.all)
  func `says what IREE's own reader says`(_ `case`: Case, _ compiler: IREETools.Compiler) throws {
    let source = `case`.source(compiler.bytecodeVersion)
    let bytes = try IREETools.compile(source, `case`.flags, with: compiler)
    let module = try VMModuleDescription(bytes)
    let (tables, summary) = try IREETools.dump(bytes)

    #expect(module.name == tables.name)
    #expect(module.version == tables.version ?? 0)
    #expect(module.bytecodeVersion == compiler.bytecodeVersion)
    #expect(module.bytecodeVersion.major << 16 == tables.bytecode_version)
    #expect(module.features == tables.requirements?.features ?? [])
    #expect(module.attributes == attributes(tables.attrs))
    #expect(module.types == (tables.types ?? []).map(\.full_name))
    #expect(module.internalFunctionCount == tables.function_descriptors?.count ?? 0)
    #expect(module.hasSourceMap == (tables.debug_database != nil))
    #expect(module.omissions == [])
    expectSameBorders(module, tables)
    expectSameSizes(module, tables, summary, bytes)
  }

  private func expectSameBorders(_ module: VMModuleDescription, _ tables: DumpedModule) {
    let dependencies = (tables.dependencies ?? []).map {
      VMModuleDescription.Dependency(
        name: $0.name,
        minimumVersion: $0.minimum_version ?? 0,
        isOptional: $0.flags == "OPTIONAL"
      )
    }
    #expect(module.dependencies == dependencies)
    let imports = (tables.imported_functions ?? []).map {
      VMModuleDescription.Import(
        name: $0.full_name,
        callingConvention: $0.signature?.calling_convention ?? "",
        isOptional: $0.flags == "OPTIONAL"
      )
    }
    #expect(module.imports == imports)
    let exports = (tables.exported_functions ?? []).map {
      let signature = tables.function_signatures?[$0.internal_ordinal ?? 0]
      return VMModuleDescription.Export(
        name: $0.local_name,
        callingConvention: signature?.calling_convention ?? "",
        attributes: attributes(signature?.attrs)
      )
    }
    #expect(module.exports == exports)
  }

  private func expectSameSizes(
    _ module: VMModuleDescription,
    _ tables: DumpedModule,
    _ summary: String,
    _ bytes: [UInt8]
  ) {
    #expect(module.globals.byteCount == tables.module_state?.global_bytes_capacity ?? 0)
    #expect(module.globals.referenceCount == tables.module_state?.global_ref_count ?? 0)
    #expect(module.sizes.file == bytes.count)
    #expect(module.sizes.bytecode == tables.bytecode_data?.count ?? 0)
    #expect(summary.contains("FlatBuffer: \(module.sizes.flatBuffer) bytes"))
    let segments = tables.rodata_segments ?? []
    #expect(module.readOnlySegments.count == segments.count)
    for (ours, theirs) in zip(module.readOnlySegments, segments) {
      if let embedded = theirs.embedded_data {
        #expect(!ours.isExternal)
        #expect(Array(bytes[ours.fileRange]) == embedded)
      } else {
        #expect(ours.isExternal)
        #expect(ours.byteCount == theirs.external_data_length ?? 0)
      }
    }
    let total = segments.reduce(0) {
      $0 + ($1.embedded_data?.count ?? $1.external_data_length ?? 0)
    }
    #expect(module.sizes.executables + module.sizes.constants == total)
  }

  private func attributes(_ attributes: [DumpedModule.Attribute]?)
    -> [VMModuleDescription.Attribute]
  {
    (attributes ?? []).map { .init(key: $0.key, value: $0.value ?? "") }
  }

  @Test func `gives a function's signature as the source wrote it`() throws {
    let module = try VMModuleDescription(try IREETools.compile(Programs.add))
    let add = try #require(module.exports.first { $0.name == "add" })
    let arguments = "%input0: tensor<4xf32>, %input1: tensor<4xf32>"
    #expect(add.declaration == "sync func @add(\(arguments)) -> (%output0: tensor<4xf32>)")
    let initializer = try #require(module.exports.first { $0.name == "__init" })
    #expect(initializer.declaration == nil)
  }

  @Test func `says which module an import is of, and that it may be absent`() throws {
    let source = EveryOperation.source(IREETools.Compiler.pinned.bytecodeVersion)
    let bytes = try IREETools.compile(source, ["--compile-mode=vm"])
    let module = try VMModuleDescription(bytes)
    let absent = try #require(module.imports.first { $0.name == "other.absent" })
    #expect(absent.isOptional)
    #expect(absent.moduleName == "other")
    #expect(module.imports.filter(\.isOptional).count == 1)
  }

  @Test func `reads a module inside of other bytes, without copying it`() throws {
    let bytes = try IREETools.compile(Programs.add)
    let surrounded = [0xFF, 0xFF, 0xFF] + bytes + [0xFF]
    let module = try surrounded.withUnsafeBytes { memory in
      try VMModuleDescription(UnsafeRawBufferPointer(rebasing: memory[3..<(3 + bytes.count)]))
    }
    #expect(try module == VMModuleDescription(bytes))
  }
}
