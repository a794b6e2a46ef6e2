import ApusTestSupport
import Testing

@testable import ApusCompiler

/// What people are told about programs that are not right.
@Suite struct DiagnosticTests {
  private func diagnostics(of text: String) async throws -> [Diagnostic] {
    let source = Source(text, name: "bad.mlir")
    let error = await #expect(throws: CompilerError.self) {
      try await Compiler().compile(source)
    }
    #expect(error?.code == .invalidSource)
    #expect(error?.message == "'bad.mlir' is not a valid program")
    return error?.diagnostics ?? []
  }

  @Test func `an error of syntax has file, line and column`() async throws {
    let diagnostics = try await diagnostics(
      of: """
        func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
          %0 = stablehlo.add %a, : tensor<4xf32>
          return %0 : tensor<4xf32>
        }
        """
    )
    #expect(
      diagnostics == [
        Diagnostic(
          .error,
          "expected SSA operand",
          at: .init(file: "bad.mlir", line: 2, column: 25)
        )
      ]
    )
    #expect(diagnostics[0].description == "bad.mlir:2:25: error: expected SSA operand")
  }

  @Test func `an error of type has its operation as a note`() async throws {
    let diagnostics = try await diagnostics(
      of: """
        func.func @f(%a: tensor<4xf32>, %b: tensor<3xf32>) -> tensor<4xf32> {
          %0 = "stablehlo.add"(%a, %b) : (tensor<4xf32>, tensor<3xf32>) -> tensor<4xf32>
          return %0 : tensor<4xf32>
        }
        """
    )
    try #require(diagnostics.count == 1)
    #expect(
      diagnostics[0].message
        == "'stablehlo.add' op requires the same shape for all operands and results"
    )
    #expect(diagnostics[0].location == .init(file: "bad.mlir", line: 2, column: 8))
    #expect(diagnostics[0].notes.map(\.severity) == [.note])
    #expect(diagnostics[0].notes[0].location == diagnostics[0].location)
    #expect(diagnostics[0].notes[0].message.hasPrefix("see current operation: "))
    #expect(diagnostics[0].notes[0].notes.isEmpty)
  }

  @Test func `an unknown dialect is named, and the known ones are listed`() async throws {
    let diagnostics = try await diagnostics(
      of: """
        func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
          %0 = foo.add %a : tensor<4xf32>
          return %0 : tensor<4xf32>
        }
        """
    )
    try #require(diagnostics.count == 1)
    #expect(diagnostics[0].message == "Dialect `foo' not found for custom op 'foo.add'")
    #expect(diagnostics[0].location == .init(file: "bad.mlir", line: 2, column: 8))
    #expect(diagnostics[0].notes.map { $0.message.contains("stablehlo") } == [true])
  }

  @Test func `the text of a diagnostic is taken apart whatever the file is called`() {
    let location = Diagnostic.Location(file: "a:1:b.mlir", line: 12, column: 3)
    #expect(
      Diagnostic(.error, text: "a:1:b.mlir:12:3: what: ever")
        == Diagnostic(.error, "what: ever", at: location)
    )
    #expect(
      Diagnostic(.warning, text: "no location")
        == Diagnostic(.warning, "no location")
    )
    #expect(
      Diagnostic(.error, text: "<unknown>:0: failed") == Diagnostic(.error, "failed")
    )
    #expect(
      Diagnostic(.error, text: "x.mlir:1:1: first\n\nx.mlir:2:2: second\n\nx.mlir:3:3: third").notes
        .map(\.location?.line) == [2, 3]
    )
    #expect(Diagnostic(.error, text: "").message.isEmpty)
  }
}
