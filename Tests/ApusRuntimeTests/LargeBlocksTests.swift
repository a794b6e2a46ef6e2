import Foundation
import Testing

@testable import ApusRuntime

struct LargeBlocksTests {
  private static let size = LargeBlocks.leastByteCount

  @Test func `a freed block is the next one of its size, or of a little less`() throws {
    let blocks = LargeBlocks()
    defer { blocks.removeAll() }
    let first = try #require(blocks.allocate(2 * Self.size))
    #expect(blocks.takeBack(first))
    let second = try #require(blocks.allocate(2 * Self.size - 100_000))
    #expect(second == first)
    // It is in use.
    let third = try #require(blocks.allocate(2 * Self.size))
    #expect(third != second)
    #expect(blocks.takeBack(second) && blocks.takeBack(third))
    // Of two that are large enough, the smaller one.
    let large = try #require(blocks.allocate(2 * Self.size + 50_000))
    #expect(large != first && large != third)
    #expect(blocks.takeBack(large))
    let exact = try #require(blocks.allocate(2 * Self.size))
    #expect(exact == first || exact == third)
    #expect(blocks.takeBack(exact))
  }

  @Test func `of blocks of a size, the one freed last is the next`() throws {
    let blocks = LargeBlocks()
    defer { blocks.removeAll() }
    let three = try (1...3).map { _ in try #require(blocks.allocate(Self.size)) }
    for block in three { #expect(blocks.takeBack(block)) }
    for _ in 1...4 {
      let next = try #require(blocks.allocate(Self.size))
      #expect(next == three[2])
      #expect(blocks.takeBack(next))
    }
  }

  #if os(Linux)
    /// The flags of the memory that an address is in, as the kernel writes them: `rd wr hg`.
    private func memoryFlags(at address: UnsafeMutableRawPointer) throws -> [Substring] {
      let wanted = UInt(bitPattern: address)
      var isWanted = false
      let smaps = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps"))
      let text = String(decoding: try smaps.readToEnd() ?? Data(), as: UTF8.self)
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        if ends.count == 2 { isWanted = (ends[0]..<ends[1]).contains(wanted) }
        if isWanted, words[0] == "VmFlags:" { return Array(words.dropFirst()) }
      }
      return []
    }

    @Test func `a block that holds a huge page asks for huge pages`() throws {
      let blocks = LargeBlocks()
      defer { blocks.removeAll() }
      let hasHugePages = FileManager.default.fileExists(
        atPath: "/sys/kernel/mm/transparent_hugepage"
      )
      for (size, isHuge) in [(2 << 20, true), (9 << 20, true), (1 << 20, false)] {
        let block = try #require(blocks.allocate(size))
        #expect(UInt(bitPattern: block) % (2 << 20) == 0 || !isHuge)
        let flags = try memoryFlags(at: block)
        #expect(flags.contains("wr"))
        #expect(flags.contains("hg") == (isHuge && hasHugePages))
        #expect(blocks.takeBack(block))
      }
    }
  #endif

  @Test func `a block that is much larger is left for others`() throws {
    let blocks = LargeBlocks()
    defer { blocks.removeAll() }
    let large = try #require(blocks.allocate(4 * Self.size))
    #expect(blocks.takeBack(large))
    let small = try #require(blocks.allocate(Self.size))
    #expect(small != large)
    #expect(blocks.takeBack(small))
  }

  @Test func `memory of others is left alone`() throws {
    let blocks = LargeBlocks()
    let page = try #require(aligned_alloc(4096, 4096))
    #expect(!blocks.takeBack(page))
    #expect(!blocks.takeBack(page + 64))
    free(page)
    #expect(blocks.allocate(.max) == nil)
  }

  @Test func `threads share the blocks, and no two have one`() async throws {
    let blocks = LargeBlocks()
    defer { blocks.removeAll() }
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for turn in 0..<500 {
        guard let block = blocks.allocate(Self.size * (1 + turn % 3)) else { continue }
        let number = block.assumingMemoryBound(to: Int.self)
        number.pointee = thread
        sched_yield()
        #expect(number.pointee == thread)
        #expect(blocks.takeBack(block))
      }
    }
  }
}
