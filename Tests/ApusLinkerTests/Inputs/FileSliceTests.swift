import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct FileSliceTests {
  private let slice = FileSlice(copying: [1, 2, 3, 4, 0x41, 0x42, 0], name: "bytes")

  @Test func `reads integers of both byte orders wherever they stand`() throws {
    #expect(try slice.integer(UInt32.self, at: 0, "a number") == 0x0403_0201)
    #expect(try slice.bigEndian(UInt32.self, at: 0, "a number") == 0x0102_0304)
    #expect(try slice.integer(UInt16.self, at: 1, "a number") == 0x0302)
  }

  @Test func `names what would be outside, and where`() throws {
    let error = linkError { _ = try slice.integer(UInt64.self, at: 3, "the answer") }
    #expect(error?.code == .malformed)
    #expect(error?.file == "bytes")
    #expect(
      error?.message == "the answer needs 8 bytes at offset 3 and 4 are left: cut short or damaged"
    )
    for position in [-1, 8, Int.max, Int.min] {
      #expect(linkError { _ = try slice.integer(UInt8.self, at: position, "it") } != nil)
      #expect(linkError { _ = try slice.slice(at: position, count: 1, "it") } != nil)
      #expect(linkError { _ = try slice.text(at: position, "it") } != nil)
    }
    #expect(linkError { _ = try slice.slice(at: 1, count: .max, "it") } != nil)
    #expect(linkError { _ = try slice.slice(at: 1, count: -1, "it") } != nil)
  }

  @Test func `counts offsets from the beginning of what it is named after`() throws {
    let part = try slice.slice(at: 4, count: 3, "a part")
    #expect(part.offset == 4)
    let error = linkError { _ = try part.integer(UInt32.self, at: 0, "it") }
    #expect(error?.message.contains("offset 4") == true)
    #expect(part.renamed("other").offset == 0)
  }

  @Test func `reads text up to its zero and none without`() throws {
    #expect(try slice.text(at: 4, "a name") == "AB")
    let cut = try slice.slice(at: 0, count: 6, "without the zero")
    #expect(linkError { _ = try cut.text(at: 4, "a name") }?.message.contains("a name") == true)
  }

  @Test func `tells a missing file from one that cannot be read`() throws {
    let folder = try TemporaryFolder()
    let missing = linkError { _ = try FileSlice(mapping: folder.file("missing.o")) }
    #expect(missing?.code == .notFound)
    #expect(missing?.file?.hasSuffix("missing.o") == true)
    let directory = linkError { _ = try FileSlice(mapping: folder.path) }
    #expect(directory?.code == .unreadable)
    #expect(directory?.message == "cannot map: it is not a regular file")
  }
}
