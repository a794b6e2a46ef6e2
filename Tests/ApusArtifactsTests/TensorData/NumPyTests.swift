import ApusArtifacts
import ApusTestSupport
import SystemPackage
import Testing

/// Files and roundings compared with NumPy's and ml_dtypes' own.
@Suite(.enabled(if: Python.isWanted, Python.reason))
struct NumPyTests {
  /// Writes arrays of every type, order and several shapes as `N.npy`, their elements in row-major
  /// little-endian order as `N.bin`, and a line `N type NxNx... file-is-what-we-write` each.
  private static let writeArrays = """
    import itertools, numpy as np, ml_dtypes
    types = {'?': 'i1', 'i1': 'i8', 'i2': 'i16', 'i4': 'i32', 'i8': 'i64', 'u1': 'ui8',
      'u2': 'ui16', 'u4': 'ui32', 'u8': 'ui64', 'f2': 'f16', 'f4': 'f32', 'f8': 'f64',
      'c8': 'complex<f32>', 'c16': 'complex<f64>', 'bf': 'bf16'}
    shapes = [(), (1,), (5,), (2, 3), (1, 7), (2, 3, 4), (3, 0, 2), (2, 1, 3, 2, 2), (0,), (65, 33)]
    random = np.random.default_rng(1)
    n = 0
    for code, shape, order, endian in itertools.product(types, shapes, 'CF', '<>'):
      version = (n % 5 % 3 + 1, 0)
      dtype = np.dtype(ml_dtypes.bfloat16) if code == 'bf' else np.dtype(code)
      if code == 'bf' and endian == '>': continue
      count = int(np.prod(shape))
      raw = random.integers(0, 256, count * dtype.itemsize, dtype=np.uint8)
      if code == '?': raw &= 1
      a = raw.view(dtype).reshape(shape) if count else np.zeros(shape, dtype)
      stored = a if code == 'bf' else a.astype(dtype.newbyteorder(endian))
      stored = np.asarray(stored, order=order)
      with open(f'{n}.npy', 'wb') as f: np.lib.format.write_array(f, stored, version)
      with open(f'{n}.bin', 'wb') as f: f.write(np.ascontiguousarray(a).tobytes())
      same = stored.dtype == dtype and version == (1, 0) and (order == 'C' or stored.flags.c_contiguous)
      print(n, types[code], 'x'.join(map(str, shape)) or '-', same)
      n += 1
    """

  /// Loads each `N.out.npy` and compares it with `N.npy`.
  private static let checkArrays = """
    import glob, numpy as np
    checked = 0
    for name in glob.glob('*.out.npy'):
      ours, theirs = np.load(name), np.load(name.replace('.out', ''))
      assert ours.shape == theirs.shape, name
      assert ours.dtype == theirs.dtype.newbyteorder('<'), name
      assert ours.flags.c_contiguous, name
      assert ours.tobytes() == theirs.astype(ours.dtype).tobytes(), name
      checked += 1
    print(checked)
    """

  @Test func `reads what NumPy writes, and writes what NumPy reads`() throws {
    let folder = try TemporaryFolder()
    let lines = try Python.run(Self.writeArrays, in: folder).split(separator: "\n")
    #expect(lines.count == 15 * 10 * 2 * 2 - 10 * 2)
    var identicalCount = 0
    for line in lines {
      let fields = line.split(separator: " ")
      let elementType = try #require(ElementType(fields[1]))
      let shape = fields[2] == "-" ? [] : fields[2].split(separator: "x").compactMap { Int($0) }
      let data = try TensorData(
        contentsOfNPY: folder.file("\(fields[0]).npy"),
        expecting: .bf16
      )
      #expect(data.elementType == elementType, "\(line)")
      #expect(data.shape == shape, "\(line)")
      #expect(try data.bytes == folder.contents(of: "\(fields[0]).bin"), "\(line)")
      try data.write(toNPY: folder.file("\(fields[0]).out.npy"))
      if fields[3] == "True" {
        identicalCount += 1
        #expect(try data.npyBytes == folder.contents(of: "\(fields[0]).npy"), "\(line)")
      }
    }
    #expect(identicalCount > 100)
    #expect(try Python.run(Self.checkArrays, in: folder) == "\(lines.count)\n")
  }

  @Test func `objects, records, text and times are refused in NumPy's own files`() throws {
    let folder = try TemporaryFolder()
    _ = try Python.run(
      """
      import numpy as np
      np.save('object.npy', np.array([1, 'a'], dtype=object), allow_pickle=True)
      np.save('record.npy', np.zeros(2, dtype=[('a', '<f4'), ('b', '<i4', (2, 2))]))
      np.save('text.npy', np.array(['abc']))
      np.save('bytes.npy', np.array([b'abc']))
      np.save('time.npy', np.array(['2020-01-01'], dtype='M8[D]'))
      np.save('duration.npy', np.array([1], dtype='m8[s]'))
      np.save('longdouble.npy', np.array([1], dtype='g'))
      """,
      in: folder
    )
    for name in ["object", "record", "text", "bytes", "time", "duration", "longdouble"] {
      let error = try #require(
        #expect(throws: TensorDataError.self) {
          try TensorData(contentsOfNPY: folder.file("\(name).npy"))
        }
      )
      #expect(error.code == .unsupportedNPY, "\(error)")
    }
  }

  /// Prints `text f16-bits bf16-bits f32-bits f64-bits` for decimals on, next to and far from ties;
  /// the 16-bit ones rounded with exact fractions.
  private static let writeRoundings = """
    import random, struct, numpy as np
    from decimal import Decimal, getcontext
    from fractions import Fraction
    getcontext().prec = 400
    random.seed(1)
    def table(exponent_bits, fraction_bits):
      bias = 2 ** (exponent_bits - 1) - 1
      values = []
      for bits in range(((1 << exponent_bits) - 1 << fraction_bits) + 1):
        exponent, fraction = bits >> fraction_bits, bits & (1 << fraction_bits) - 1
        significand = fraction if exponent == 0 else fraction + (1 << fraction_bits)
        values.append(significand * Fraction(2) ** (max(exponent, 1) - bias - fraction_bits))
      return values
    tables = [table(5, 10), table(8, 7)]
    def nearest(values, x):
      import bisect
      i = bisect.bisect_right(values, x) - 1
      if i == len(values) - 1: return i
      low, high = x - values[i], values[i + 1] - x
      return i if low < high or (low == high and i % 2 == 0) else i + 1
    def decimal(x):
      return str(Decimal(x.numerator) / Decimal(x.denominator))
    texts = []
    for values in tables:
      for _ in range(300):
        i = random.randrange(len(values) - 1)
        tie = (values[i] + values[i + 1]) / 2
        tiny = Fraction(1, 10 ** random.choice([60, 120, 200]))
        texts += [decimal(tie), decimal(tie * (1 + tiny)), decimal(tie * (1 - tiny))]
    texts += [repr(random.uniform(-1, 1) * 10.0 ** random.randint(-50, 38)) for _ in range(1000)]
    for text in texts:
      x = Fraction(text)
      sign = 0x8000 if text.startswith('-') else 0
      halves = [nearest(values, abs(x)) | sign for values in tables]
      single = struct.unpack('<I', np.float32(Decimal(text)).tobytes())[0]
      # float32 from text with one rounding: NumPy goes through float64, so do it exactly.
      f = np.float32(text)
      candidates = [np.nextafter(f, np.float32(-np.inf)), f, np.nextafter(f, np.float32(np.inf))]
      finite = [c for c in candidates if np.isfinite(c)]
      best = min(finite, key=lambda c: (abs(Fraction(float(c)) - x), int(c.view(np.uint32)) & 1))
      double = struct.unpack('<Q', struct.pack('<d', float(text)))[0]
      print(text, *halves, int(best.view(np.uint32)), double)
    """

  @Test func `decimal text is rounded once to every float type`() throws {
    let folder = try TemporaryFolder()
    let lines = try Python.run(Self.writeRoundings, in: folder).split(separator: "\n")
    #expect(lines.count == 2800)
    for line in lines {
      let fields = line.split(separator: " ").map(String.init)
      let bits = fields.dropFirst().compactMap { UInt64($0) }
      func check(_ type: String, _ expected: UInt64) throws {
        let isInfinite =
          type.hasSuffix("16") && expected & 0x7FFF == (type == "f16" ? 0x7C00 : 0x7F80)
        guard !isInfinite else {
          #expect(throws: TensorDataError.self) {
            try TensorData(parsing: "\(type)=\(fields[0])")
          }
          return
        }
        let bytes = try TensorData(parsing: "\(type)=\(fields[0])").bytes
        let actual = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(actual == expected, "\(type) from \(fields[0])")
      }
      try check("f16", bits[0])
      try check("bf16", bits[1])
      try check("f32", bits[2])
      try check("f64", bits[3])
    }
  }

  @Test func `bfloat16 rounds Float as ml_dtypes does`() throws {
    let folder = try TemporaryFolder()
    _ = try Python.run(
      """
      import numpy as np, ml_dtypes
      bits = np.random.default_rng(1).integers(0, 2**32, 200_000, dtype=np.uint32)
      bits[:1000] = bits[:1000] & 0xFFFF0000 | 0x8000
      a = bits.view(np.float32)
      a = a[~np.isnan(a)]
      np.save('in.npy', a)
      np.save('out.npy', a.astype(ml_dtypes.bfloat16))
      """,
      in: folder
    )
    let floats = try TensorData(contentsOfNPY: folder.file("in.npy")).scalars(as: Float.self)
    let expected = try TensorData(contentsOfNPY: folder.file("out.npy"), expecting: .bf16)
    let rounded = floats.map { BFloat16($0) }
    #expect(try TensorData(rounded, shape: [rounded.count]).bytes == expected.bytes)
  }
}
