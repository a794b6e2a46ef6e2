import ApusTestSupport
import Testing

@testable import ApusArtifacts

/// Damaged input ends in a tensor or an error; a crash would end the test process.
@Suite struct TensorMutationTests {
  private static let count = 2000

  @Test func `two thousand damaged .npy files are read or refused`() throws {
    let good = try TensorData(parsing: "3x5x2xf32=0.5").npyBytes
    let fortran = npy("{'descr': '>c8', 'fortran_order': True, 'shape': (1, 1), }")
    let alphabet = Array("0123456789'\"(){}[],: <>|=-TFLVOifucb\n\\".utf8) + [0, 0x93, 0xFF]
    var generator = SeededGenerator(seed: 1)
    var readCount = 0
    for round in 0..<Self.count {
      var file = round.isMultiple(of: 2) ? good : fortran
      // Mostly damage the header: the elements can hold anything.
      let headerLength = min(file.count, 76)
      let header = Array(file[..<headerLength]).mutated(with: &generator, alphabet: alphabet)
      file = header + file[headerLength...]
      if round.isMultiple(of: 10) { file = file.mutated(with: &generator, alphabet: alphabet) }
      if let data = try? TensorData(npy: file, expecting: .bf16) {
        readCount += 1
        #expect(
          try data.bytes.count
            == TensorData.byteCount(elementType: data.elementType, shape: data.shape)
        )
        #expect(!data.description.isEmpty)
      }
    }
    #expect(readCount > 0 && readCount < Self.count)
  }

  @Test func `two thousand damaged values are read or refused`() throws {
    let good = [
      "2x3xf32=[1,-2.5 3][nan inf 1e-7]", "4xi8=0x10,255,-128,+1", "2xcomplex<f32>=1+2i,(3,-4)",
      "2x3xf64=0.5", "5", "3xbf16=0.1,0.2,0.3", "4xi1=0,1,true,false", "@x.npy", "4xf32=@x.bin",
    ]
    let alphabet = Array("0123456789xfiesub<>=@[](),.+- nadtr\n\0é".utf8) + [0xFF]
    var generator = SeededGenerator(seed: 2)
    var readCount = 0
    for round in 0..<Self.count {
      let text = String(
        decoding: Array(good[round % good.count].utf8).mutated(
          with: &generator,
          alphabet: alphabet
        ),
        as: UTF8.self
      )
      let value = try? ValueText(parsing: text, expecting: .f32, memoryLimit: 1 << 20)
      guard let data = try? value?.tensor(of: .f32) else { continue }
      readCount += 1
      #expect(try TensorData(parsing: data.text).text == data.text)
    }
    #expect(readCount > 0 && readCount < Self.count)
  }
}
