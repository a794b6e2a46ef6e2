import ApusLLVM
import ApusNativeLibrary
import Foundation
import SystemPackage
import Testing

@Suite struct ModuleTests {
  private let library: LLVMLibrary
  private let context: IRContext

  init() throws {
    library = try LLVMLibrary.shared()
    context = try IRContext(library)
  }

  private func module(_ text: String, named name: String = "test.ll") throws -> IRModule {
    try Array(text.utf8).withUnsafeBytes { try IRModule(text: $0, name: name, in: context) }
  }

  @Test func `the library is the one that setup linked`() throws {
    let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)
    #expect(library.path == toolchain.llvmLibrary)
    #expect(library.path.starts(with: toolchain.root))
  }

  @Test func `text and bitcode hold the same module`() throws {
    let written = try module(
      """
      define double @f(double %x) {
        %y = call double @llvm.sin.f64(double %x)
        ret double %y
      }
      declare double @llvm.sin.f64(double)
      """
    )
    let bitcode = try written.bitcode()
    let read = try IRModule(
      bitcode: bitcode.unsafeEscapingBytes,
      name: "test.ll",
      owner: bitcode,
      in: context
    )
    #expect(read.functions.map(\.name) == ["f", "llvm.sin.f64"])
    #expect(read.functions.map(\.isIntrinsic) == [false, true])
    #expect(read.functions.map(\.isDeclaration) == [false, true])
    #expect(read.functions[1].calls.map { $0.function?.name } == ["f"])
  }

  @Test func `an error in the text says where`() throws {
    let error = try #require(throws: LLVMError.self) {
      try module("define double @f() {\n  ret float 0.0\n}\n", named: "wrong.ll")
    }
    #expect(error.message.contains("wrong.ll:2:"))
  }

  @Test func `damaged bitcode is an error`() throws {
    let bitcode = try module("define void @f() {\n  ret void\n}\n").bitcode()
    let bytes = bitcode.unsafeEscapingBytes
    #expect(throws: LLVMError.self) {
      try IRModule(
        bitcode: UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]),
        name: "short.bc",
        owner: bitcode,
        in: context
      )
    }
  }

  @Test func `a module joined to another brings its functions`() throws {
    let destination = try module(
      "declare i32 @g()\ndefine i32 @f() {\n %r = call i32 @g()\n ret i32 %r\n}\n"
    )
    try destination.link(consuming: module("define i32 @g() {\n  ret i32 1\n}\n"))
    #expect(destination.function(named: "g")?.isDeclaration == false)
  }

  @Test func `a symbol defined in both is an error that names it`() throws {
    let text = "define i32 @same() {\n  ret i32 1\n}\n"
    let destination = try module(text)
    let error = try #require(throws: LLVMError.self) {
      try destination.link(consuming: module(text))
    }
    #expect(error.message.contains("same"))
  }

  @Test func `a linker of modules joins one after another, and names a symbol defined twice`()
    throws
  {
    let destination = try module(
      "declare i32 @f()\ndefine i32 @main() {\n %r = call i32 @f()\n ret i32 %r\n}\n"
    )
    let linker = ModuleLinker(to: destination)
    try linker.link(
      consuming: module(
        "declare i32 @g()\ndefine i32 @f() {\n %r = call i32 @g()\n ret i32 %r\n}\n"
      )
    )
    try linker.link(consuming: module("define i32 @g() {\n  ret i32 1\n}\n"))
    #expect(destination.function(named: "f")?.isDeclaration == false)
    #expect(destination.function(named: "g")?.isDeclaration == false)
    let error = try #require(throws: LLVMError.self) {
      try linker.link(consuming: module("define i32 @g() {\n  ret i32 2\n}\n"))
    }
    #expect(error.message.contains("'g'"), "\(error.message)")
  }

  @Test func `passes inline and remove what is internal`() throws {
    let machine = try TargetMachine(
      TargetMachine.Options(triple: "x86_64-unknown-linux-gnu"),
      library
    )
    let program = try module(
      """
      define double @half(double %x) {
        %y = fmul double %x, 5.000000e-01
        ret double %y
      }
      define double @f(double %x) {
        %y = call double @half(double %x)
        ret double %y
      }
      """
    )
    program.targetTriple = "x86_64-unknown-linux-gnu"
    program.dataLayout = machine.dataLayout
    try PassPipeline("internalize<preserve-gv=f>,lto<O2>").run(on: program, for: machine)
    #expect(program.functions.map(\.name) == ["f"])
    #expect(!program.text.contains("call"))
    let object = try machine.emit(program)
    #expect(Array(object.unsafeEscapingBytes.prefix(4)) == [0x7F, 0x45, 0x4C, 0x46])
  }

  @Test func `an unknown pass is an error that names it`() throws {
    let machine = try TargetMachine(
      TargetMachine.Options(triple: "x86_64-unknown-linux-gnu"),
      library
    )
    let error = try #require(throws: LLVMError.self) {
      try PassPipeline("nonsense").run(
        on: module("define void @f() {\n  ret void\n}\n"),
        for: machine
      )
    }
    #expect(error.message.contains("nonsense"))
  }

  @Test func `an unknown architecture is an error that names it`() throws {
    let error = try #require(throws: LLVMError.self) {
      try TargetMachine(TargetMachine.Options(triple: "z80-unknown-none"), library)
    }
    #expect(error.message.contains("z80"))
  }

  @Test func `a call takes the place of an intrinsic, with its flags`() throws {
    let program = try module(
      """
      define double @f(double %x) {
        %y = call nnan double @llvm.sin.f64(double %x)
        ret double %y
      }
      declare double @llvm.sin.f64(double)
      """
    )
    let intrinsic = try #require(program.function(named: "llvm.sin.f64"))
    let sin = try program.declareFunction("sin", type: intrinsic.valueType)
    for call in intrinsic.calls {
      _ = call.replace(byCalling: sin, hasNoEffects: true, in: context)
    }
    intrinsic.delete(from: program)
    try program.verify()
    #expect(program.text.contains("call nnan double @sin(double %x)"))
    #expect(!program.text.contains("llvm.sin"))
  }
}
