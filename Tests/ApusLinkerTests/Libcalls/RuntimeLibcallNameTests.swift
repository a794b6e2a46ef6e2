import ApusLLVM
import Testing

@testable import ApusLinker

@Suite struct RuntimeLibcallNameTests {
  private func names(_ triple: String) throws -> RuntimeLibcallNames {
    let library = try LLVMLibrary.shared()
    let machine = try TargetMachine(TargetMachine.Options(triple: triple), library)
    return try RuntimeLibcallNames(for: machine, triple: triple, library)
  }

  @Test func `the backend's names depend on the target`() throws {
    let gnu = try names(Operations.gnu)
    #expect(gnu.backend.isSuperset(of: ["sin", "fmodl", "__truncsfhf2", "__powidf2", "sincos"]))
    let musl = try names(Operations.musl)
    #expect(musl.backend.contains("sin"))
    #expect(!musl.backend.contains("sincos"))
    #expect(try names(Operations.arm).backend.contains("__aarch64_cas4_acq"))
    #expect(try names("amdgcn-amd-amdhsa").backend.isEmpty)
  }

  @Test func `the optimiser's names are known too`() throws {
    let gnu = try names(Operations.gnu)
    for name in ["bcmp", "memcmp", "log1pf", "strlen", "puts", "putchar", "nextafter", "_Znwm"] {
      #expect(RuntimeLibcallNames.isLibraryFunction(name), "\(name)")
      #expect(gnu.contains(name), "\(name)")
    }
    #expect(!gnu.backend.contains("strlen"))
    for name in ["", "my_sin", "sine", "main", "sin cos"] { #expect(!gnu.contains(name)) }
  }
}
