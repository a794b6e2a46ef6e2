internal import ApusMath

/// How a kernel for products cuts matrices into pieces.
///
/// The smallest piece of the result, a tile, stays in registers while it goes along a row of the first matrix
/// and a column of the second: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008.
struct MatrixProductTiling: Hashable {
  /// How many numbers a vector register holds.
  let laneCount: Int
  /// The rows of a tile.
  let tileRows: Int
  /// The vectors in a row of a tile.
  let tileVectors: Int
  /// How much of the depth a tile goes along at a time.
  let depth: Int
  /// The rows of a work group.
  let groupRows: Int
  /// The columns of a work group.
  let groupColumns: Int

  /// The columns of a tile.
  var tileColumns: Int { laneCount * tileVectors }

  /// The tiling for a product; nil where IREE's own kernels are as good or better.
  init?(_ product: MatrixProduct, _ target: KernelTarget) {
    let byteCount: Int
    switch product.element {
    case .f32 where product.multiplicationCount >= Self.leastMultiplicationsOfF32: byteCount = 4
    case .f64: byteCount = 8
    default: return nil
    }
    guard let tile = Tile(target) else { return nil }
    laneCount = tile.vectorSize / byteCount
    tileRows = tile.rows
    tileVectors = tile.vectors
    guard product.rowCount >= Self.leastSize, product.columnCount >= Self.leastSize,
      product.depth >= Self.leastSize
    else { return nil }

    // A strip of the second matrix is copied, to lie in one piece: as much as the kernel's stack may hold.
    let strip = Self.stackSize / (laneCount * tileVectors * byteCount)
    depth = Self.parts(product.depth, Self.parts(product.depth, strip))
    let strips = Self.parts(product.columnCount, laneCount * tileVectors)
    let fewestRowGroups = Self.parts(product.rowCount, Self.mostGroupRows)
    let batchSize = product.batchSize ?? 1
    let columnGroups = max(
      Self.parts(strips, Self.mostGroupStrips),
      min(
        Self.parts(Self.enoughGroups, fewestRowGroups * batchSize),
        Self.parts(strips, Self.leastGroupStrips)
      )
    )
    let rowGroups = max(
      fewestRowGroups,
      min(
        Self.enoughGroups / (columnGroups * batchSize),
        product.rowCount / Self.leastGroupRows
      )
    )
    groupColumns = Self.parts(strips, columnGroups) * laneCount * tileVectors
    groupRows = Self.parts(Self.parts(product.rowCount, tileRows), rowGroups) * tileRows
  }

  /// The largest tile that stays in a processor's registers.
  struct Tile {
    /// How many bytes a vector register holds.
    let vectorSize: Int
    let rows: Int
    /// How many vectors a row has.
    let vectors: Int

    /// Nil for processors whose kernels are IREE's.
    ///
    /// Of sixteen registers with AVX2, a tile of 6 rows of 2 vectors takes twelve; a column's 2 vectors and a
    /// row's number the rest. IREE's tile of 8 rows of 1 vector loads 9 times for 8 multiplications, and the
    /// processor does as many of the ones as of the others. Of AVX-512's thirty-two, 6 rows of 4 vectors take
    /// twenty-four. Where rows lie 4 KB apart, or a multiple, those of a tile share one set of the first cache, which
    /// has eight ways: more rows than six leave none for the strip.
    init?(_ target: KernelTarget) {
      guard target.architecture == "x86_64", target.features.isSuperset(of: ["avx2", "fma"])
      else { return nil }
      let isWide = target.features.contains("avx512f")
      vectorSize = isWide ? 64 : 32
      rows = 6
      vectors = isWide ? 4 : 2
    }
  }

  /// Smaller matrices are left to IREE: what is copied must be used often enough.
  private static let leastSize = 32

  /// Smaller ones gain a tenth of a millisecond, too little for a kernel of their own, which takes a fifth of a
  /// second to compile, and 3 KB.
  private static let leastMultiplicationsOfF32 = 1 << 24

  /// IREE's `max_stack_allocation_size`.
  private static let stackSize = 32768

  /// How many work groups keep the threads of a device busy to the end.
  ///
  /// IREE's two workers take them one by one if they are fewer than sixteen, else eight at a time.
  private static let enoughGroups = 15

  /// In tiles of columns.
  private static let (leastGroupStrips, mostGroupStrips) = (2, 8)

  /// Every group of rows copies the strips for itself; beyond the most, that counts no more.
  private static let (leastGroupRows, mostGroupRows) = (48, 516)

  /// How many parts there are, of which only the last may be smaller.
  static func parts(_ size: Int, _ part: Int) -> Int { (size + part - 1) / part }
}
