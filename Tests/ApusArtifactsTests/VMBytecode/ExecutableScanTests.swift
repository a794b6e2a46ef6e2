import Testing

@testable import ApusArtifacts

/// The machine code found in programs of the real compiler.
@Suite(.enabled(if: IREETools.areExpected, IREETools.reason))
struct ExecutableScanTests {
  struct Target: CustomTestStringConvertible, Sendable {
    var format: String
    var machine: String
    var flags: [String]
    var testDescription: String { format }
  }

  static let targets = [
    Target(format: "embedded-elf-x86_64", machine: "x86_64", flags: IREETools.processor),
    Target(
      format: "embedded-elf-arm_64",
      machine: "aarch64",
      flags: IREETools.processor + ["--iree-llvmcpu-target-triple=aarch64-linux-gnu"]
    ),
    Target(
      format: "embedded-elf-riscv_64",
      machine: "riscv64",
      flags: IREETools.processor + [
        "--iree-llvmcpu-target-triple=riscv64-linux-gnu",
        "--iree-llvmcpu-target-cpu-features=+m,+a,+f,+d", "--iree-llvmcpu-target-abi=lp64d",
      ]
    ),
    Target(
      format: "vmvx-bytecode-fb",
      machine: "vmvx",
      flags: [
        "--iree-hal-target-device=local", "--iree-hal-local-target-device-backends=vmvx",
      ]
    ),
    Target(
      format: "cuda-nvptx-fb",
      machine: "nvptx",
      flags: ["--iree-hal-target-device=cuda", "--iree-cuda-target=sm_80"]
    ),
    Target(
      format: "rocm-hsaco-fb",
      machine: "amdgpu",
      flags: ["--iree-hal-target-device=hip", "--iree-hip-target=gfx942"]
    ),
    Target(
      format: "vulkan-spirv-fb",
      machine: "spirv",
      flags: ["--iree-hal-target-device=vulkan", "--iree-vulkan-target=rdna3"]
    ),
    Target(format: "metal-msl-fb", machine: "metal", flags: ["--iree-hal-target-device=metal"]),
  ]

  @Test(arguments: targets, IREETools.Compiler.all)
  func `names an executable's format, machine and entry points`(
    _ target: Target,
    _ compiler: IREETools.Compiler
  ) throws {
    let bytes = try IREETools.compile(Programs.add, target.flags, with: compiler)
    let module = try VMModuleDescription(bytes)
    let executable = try #require(module.executables.first)
    #expect(module.executables.count == 1)
    #expect(executable.format == target.format)
    #expect(executable.machine == target.machine)
    #expect(executable.entryPoints == ["add_dispatch_0_elementwise_4_f32"])
    #expect(executable.byteCount == module.readOnlySegments[executable.segment].byteCount)
    #expect(module.sizes.executables == executable.byteCount)
  }

  @Test(arguments: IREETools.Compiler.all)
  func `finds each variant that a device may choose from`(_ compiler: IREETools.Compiler) throws {
    let flags = IREETools.processor + ["--iree-hal-local-target-device-backends=vmvx"]
    let module = try VMModuleDescription(try IREETools.compile(Programs.add, flags, with: compiler))
    #expect(module.executables.map(\.format) == ["embedded-elf-x86_64", "vmvx-bytecode-fb"])
    #expect(module.executables.first?.entryPoints == module.executables.last?.entryPoints)
    #expect(module.executables.first?.segment != module.executables.last?.segment)
  }

  @Test(arguments: IREETools.Compiler.all)
  func `finds the code for each kind of device, of all kernels`(_ compiler: IREETools.Compiler)
    throws
  {
    // Linking is off, because it keeps only the first device's code of several kernels (IREE
    // 3.9.0).
    let flags = [
      "--iree-hal-target-device=cuda,vulkan,hip", "--iree-cuda-target=sm_80",
      "--iree-vulkan-target=rdna3", "--iree-hip-target=gfx942", "--iree-hal-link-executables=false",
    ]
    let module = try VMModuleDescription(
      try IREETools.compile(Programs.severalKernels, flags, with: compiler)
    )
    #expect(module.executables.count >= 6)
    let formats = Dictionary(grouping: module.executables) { $0.format ?? "none" }
    #expect(Set(formats.keys) == ["cuda-nvptx-fb", "vulkan-spirv-fb", "rocm-hsaco-fb"])
    for (format, executables) in formats {
      let entryPoints = executables.flatMap(\.entryPoints).map { $0.prefix { $0 != "_" } }
      #expect(entryPoints.contains("softmax") && entryPoints.contains("product"), "\(format)")
    }
    let segments = module.executables.map(\.segment)
    #expect(Set(segments).count == segments.count)
  }

  @Test(arguments: IREETools.Compiler.all)
  func `finds none where a program only moves data`(_ compiler: IREETools.Compiler) throws {
    let source = """
      func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
        return %x : tensor<4xf32>
      }
      """
    let module = try VMModuleDescription(try IREETools.compile(source, with: compiler))
    #expect(module.executables == [])
    #expect(module.sizes.executables == 0)
  }

  /// The compiler always shows what it loads; programs in the VM's own dialect need not.
  private static func creating(_ format: String, _ data: String) -> String {
    """
    vm.module @m {
      vm.import private @hal.executable.create(
        %a : !vm.ref<!hal.device>, %b : i64, %c : !vm.buffer, %d : !vm.buffer, %e : !vm.buffer)
        -> !vm.ref<!hal.executable>
      vm.rodata private @format "some-format"
      vm.rodata private @elf dense<[
        127, 69, 76, 70, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 183, 0]> : tensor<20xi8>
      vm.rodata private @constant dense<[1, 2, 3]> : tensor<3xi8>
      vm.export @f
      vm.func @f(%device : !vm.ref<!hal.device>, %argument : !vm.buffer, %c : i32)
          -> !vm.ref<!hal.executable> {
        %zero = vm.const.i64.zero
        %format = vm.const.ref.rodata @format : !vm.buffer
        %elf = vm.const.ref.rodata @elf : !vm.buffer
        %constant = vm.const.ref.rodata @constant : !vm.buffer
        vm.cond_br %c, ^load(%elf : !vm.buffer), ^load(%constant : !vm.buffer)
      ^load(%either : !vm.buffer):
        %r = vm.call @hal.executable.create(%device, %zero, \(format), \(data), %elf)
          : (!vm.ref<!hal.device>, i64, !vm.buffer, !vm.buffer, !vm.buffer)
            -> !vm.ref<!hal.executable>
        vm.return %r : !vm.ref<!hal.executable>
      }
    }
    """
  }

  private func module(
    _ compiler: IREETools.Compiler,
    _ format: String,
    _ data: String
  ) throws -> VMModuleDescription {
    let source = Self.creating(format, data)
    let bytes = try IREETools.compile(source, ["--compile-mode=vm"], with: compiler)
    return try VMModuleDescription(bytes)
  }

  @Test(arguments: IREETools.Compiler.all)
  func `takes what is loaded for code, whatever it looks like`(_ compiler: IREETools.Compiler)
    throws
  {
    let module = try module(compiler, "%format", "%constant")
    #expect(module.executables.map(\.format) == ["some-format"])
    #expect(module.executables.map(\.byteCount) == [3])
    #expect(module.executables.first?.machine == nil)
    #expect(module.omissions == [])
  }

  @Test(arguments: IREETools.Compiler.all)
  func `does not take data for code because of how it begins`(_ compiler: IREETools.Compiler) throws
  {
    let module = try module(compiler, "%format", "%constant")
    #expect(!module.executables.contains { $0.machine == "aarch64" })
  }

  @Test(arguments: IREETools.Compiler.all)
  func `leaves a format out that is not constant`(_ compiler: IREETools.Compiler) throws {
    let module = try module(compiler, "%argument", "%elf")
    #expect(module.executables.map(\.format) == [nil])
    #expect(module.executables.map(\.machine) == ["aarch64"])
  }

  @Test(arguments: ["%argument", "%either"], IREETools.Compiler.all)
  func `goes by how data begins if it cannot tell what is loaded, and says so`(
    _ data: String,
    _ compiler: IREETools.Compiler
  ) throws {
    let module = try module(compiler, "%format", data)
    #expect(module.executables.map(\.machine) == ["aarch64"])
    #expect(module.executables.map(\.format) == [nil])
    #expect(
      module.omissions.map(\.message)
        == ["what hal.executable.create is called with cannot be told, in f"]
    )
  }
}
