/// A value as it is written on a command line, in the syntax of `iree-run-module`.
///
/// - `4xf32=1,2,3,4`, `2x2xf32=[1 2][3 4]`: a tensor, its type and then its elements. Commas and
///   blanks separate them; brackets may show the rows, must pair, and mean nothing.
/// - `2x3xf64=0.5`: one element fills the tensor.
/// - `2x3xf64`: a tensor of zeros. `0xf32` is one too, of no elements, and not a hexadecimal
///   number.
/// - `i32=5`: a tensor of rank 0, or a scalar. The function's signature tells which is wanted.
/// - `5`, `-2.5`, `true`: a number whose type the signature tells.
/// - `@file.npy`: a tensor from a NumPy file. With a type before (`4xbf16=@file.npy`) the file must
///   hold just that.
/// - `4xf32=@file.bin`: a tensor from a file of nothing but its elements.
///
/// Integers are decimal or, after `0x`, hexadecimal; those without signedness range from the least
/// signed to the greatest unsigned one (`i8`: -128 to 255). Floats are rounded once, to the
/// nearest; `nan`, `inf` and `-inf` are floats, a number too large for its type is an error. Truth
/// values are `0`, `1`, `true` and `false`. Complex numbers are `1+2i`, `-3.5i`, `1` or `(1,2)`.
///
/// It differs from `iree-run-module` in what that tool reads as octal (`010` is ten here), in bytes
/// written in hexadecimal (truth values `00` and `01` are the same in both; complex numbers are
/// read as bytes only under the tool's own name for the type, `cf64`, `cf128`), in numbers that it
/// takes for infinite (`f32=1e50`), and in `+file`, `*file` and `&`, which it alone has.
public enum ValueText: Sendable, Equatable {
  /// A tensor, or a scalar with its type if the shape is empty.
  case tensor(TensorData)
  /// A number without a type.
  case number(String)

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - text: the value; blanks around it do not matter. Paths of files are relative to the
  ///     working directory.
  ///   - elementType: the element type wanted. It only matters for a NumPy file whose elements have
  ///     no name there (bfloat16).
  /// - Throws: `TensorDataError` if the text is not a value, or a file it names cannot be read.
  public init(
    parsing text: String,
    expecting elementType: ElementType? = nil
  ) throws(TensorDataError) {
    try self.init(
      parsing: text,
      expecting: elementType,
      memoryLimit: PhysicalMemory.byteCount
    )
  }

  /// Reads a value; a tensor larger than `memoryLimit` bytes is an error.
  init(
    parsing text: String,
    expecting elementType: ElementType?,
    memoryLimit: Int
  ) throws(TensorDataError) {
    do throws(TensorDataError) {
      var parser = ValueTextParser(text, memoryLimit: memoryLimit)
      self = try parser.parse(expecting: elementType)
    } catch {
      throw error.inText(text)
    }
  }

  /// The value as a tensor.
  ///
  /// - Parameter elementType: what a number without a type is to be.
  /// - Throws: `TensorDataError` if it is a number and no element type is given, or one that cannot
  ///   hold it.
  public func tensor(of elementType: ElementType?) throws(TensorDataError) -> TensorData {
    switch self {
    case .tensor(let data): return data
    case .number(let text):
      guard let elementType else {
        throw TensorDataError(
          .text,
          "a number alone has no type: write it as 'f32=\(text)' or with a shape",
          text: text
        )
      }
      return try Self.rankZero(text, of: elementType)
    }
  }

  /// The value as a scalar: a tensor of rank 0, whose one element is of the type wanted.
  ///
  /// - Throws: `TensorDataError` if it is a tensor with dimensions or of another type, or a number
  ///   that the type cannot hold.
  public func scalar(of type: ValueType.ScalarType) throws(TensorDataError) -> TensorData {
    let elementType: ElementType =
      switch type {
      case .i32: .i32
      case .i64: .i64
      case .f32: .f32
      case .f64: .f64
      }
    switch self {
    case .number(let text): return try Self.rankZero(text, of: elementType)
    case .tensor(let data):
      guard data.shape.isEmpty, data.elementType.matches(elementType) else {
        throw TensorDataError(
          .elementType,
          "expected a scalar of type \(type.rawValue), got a tensor of type \(data.type)"
        )
      }
      return data
    }
  }

  private static func rankZero(
    _ text: String,
    of elementType: ElementType
  ) throws(TensorDataError) -> TensorData {
    _ = try TensorData.byteCount(elementType: elementType, shape: [])
    do throws(TensorDataError) {
      var bytes: [UInt8] = []
      try ElementParser(elementType).append(text, to: &bytes)
      return TensorData(unchecked: bytes, elementType: elementType, shape: [])
    } catch {
      throw error.inText(text)
    }
  }
}

extension TensorData {
  /// Reads a tensor as it is written on a command line; see ``ValueText``.
  ///
  /// - Parameters:
  ///   - text: the value.
  ///   - elementType: what a number without a type is to be, and the elements of a NumPy file that
  ///     has no name for them.
  /// - Throws: `TensorDataError` if the text is not a tensor, or a file it names cannot be read.
  public init(
    parsing text: String,
    expecting elementType: ElementType? = nil
  ) throws(TensorDataError) {
    self = try ValueText(parsing: text, expecting: elementType).tensor(of: elementType)
  }
}
