#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a safetensors file says is in it.
///
/// The file is the length of a JSON object, the object, and the tensors' bytes. The object has a member
/// for each tensor: its type, its shape, and where its bytes begin and end, counted from the object's
/// end.
///
/// Related documentation: <https://github.com/huggingface/safetensors#format>.
struct SafetensorsHeader {
  let records: [ParameterRecord]

  private struct Tensor: Decodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// A member of the object: a tensor, or texts about the file.
  private enum Member: Decodable {
    case tensor(Tensor)
    case metadata

    init(from decoder: any Decoder) throws {
      if decoder.codingPath.last?.stringValue == "__metadata__" {
        _ = try [String: String](from: decoder)
        self = .metadata
      } else {
        self = .tensor(try Tensor(from: decoder))
      }
    }
  }

  init(_ file: UnsafeRawBufferPointer) throws(RuntimeError) {
    var cursor = ParameterFileCursor(file)
    let json = try cursor.take(cursor.take(UInt64.self))
    let data = UnsafeRawBufferPointer(rebasing: file[cursor.offset...])
    var records: [ParameterRecord] = []
    for (key, member) in try Self.members(json) {
      guard case .tensor(let tensor) = member else { continue }
      records.append(try Self.record(key, tensor, in: data, at: cursor.offset))
    }
    self.records = records
  }

  private static func members(
    _ json: UnsafeRawBufferPointer
  ) throws(RuntimeError) -> [String: Member] {
    do {
      return try JSONDecoder().decode([String: Member].self, from: Data(json))
    } catch DecodingError.dataCorrupted {
      throw RuntimeError(.invalidArgument, "the header is not JSON")
    } catch let error as DecodingError {
      throw RuntimeError(.invalidArgument, "the header's JSON is of another form\(place(error))")
    } catch {
      throw RuntimeError(.invalidArgument, "the header cannot be read: \(error)")
    }
  }

  private static func place(_ error: DecodingError) -> String {
    let path =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath
      @unknown default: [any CodingKey]()
      }
    return path.isEmpty ? "" : ": see '\(path.map(\.stringValue).joined(separator: "."))'"
  }

  private static func record(
    _ key: String,
    _ tensor: Tensor,
    in data: UnsafeRawBufferPointer,
    at base: Int
  ) throws(RuntimeError) -> ParameterRecord {
    guard tensor.data_offsets.count == 2, 0 <= tensor.data_offsets[0],
      tensor.data_offsets[0] <= tensor.data_offsets[1]
    else {
      throw RuntimeError(
        .invalidArgument,
        "the parameter '\(key)' has the offsets \(tensor.data_offsets)"
      )
    }
    let (begin, end) = (tensor.data_offsets[0], tensor.data_offsets[1])
    guard end <= data.count else {
      throw RuntimeError(
        .outOfRange,
        "the parameter '\(key)' reaches beyond the end of the file: \(end - begin) bytes at"
          + " \(begin), there are \(data.count)"
      )
    }
    if let expected = byteCount(of: tensor), expected != end - begin {
      throw RuntimeError(
        .invalidArgument,
        "the parameter '\(key)' of type \(tensor.dtype) and shape \(tensor.shape) has"
          + " \(end - begin) bytes"
      )
    }
    return ParameterRecord(key: key, byteCount: end - begin, offset: base + begin)
  }

  /// The bytes that the type and shape take; nil for a type that is not known here.
  private static func byteCount(of tensor: Tensor) -> Int? {
    let elementByteCounts = [
      "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "U16": 2, "I16": 2, "F16": 2,
      "BF16": 2, "U32": 4, "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8, "C64": 8,
    ]
    guard var byteCount = elementByteCounts[tensor.dtype] else { return nil }
    for dimension in tensor.shape {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: dimension)
      // No tensor has -1 bytes, so it is the wrong number.
      if overflow || dimension < 0 { return -1 }
      byteCount = product
    }
    return byteCount
  }
}
