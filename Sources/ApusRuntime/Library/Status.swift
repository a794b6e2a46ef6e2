internal import CApusIREERuntime

// The only place where an iree_status_t becomes a RuntimeError, and is freed.

extension apus_iree_runtime_table {
  /// Returns if the status is OK; throws what it says otherwise, and frees it.
  @inline(__always)
  func check(
    _ status: iree_status_t?,
    function: @autoclosure () -> String? = nil,
    device: @autoclosure () -> String? = nil
  ) throws(RuntimeError) {
    guard let status else { return }
    throw error(consuming: status, function: function(), device: device())
  }

  private func error(
    consuming status: iree_status_t,
    function: String?,
    device: String?
  ) -> RuntimeError {
    // The code is in the low five bits, whether or not there is anything to point to.
    let code = RuntimeError.StatusCode(rawValue: UInt32(UInt(bitPattern: status) & 0x1F))
    var error = RuntimeError(code, "", function: function, device: device)
    error.parse(text(of: status))
    iree_status_free(status)
    return error
  }

  private func text(of status: iree_status_t) -> String {
    var allocator = systemAllocator
    var buffer: UnsafeMutablePointer<CChar>?
    var count = 0
    guard iree_status_to_string(status, &allocator, &buffer, &count), let buffer else { return "" }
    defer { iree_allocator_free(systemAllocator, buffer) }
    return String(
      decoding: UnsafeRawBufferPointer(start: buffer, count: count),
      as: UTF8.self
    )
  }
}

extension RuntimeError {
  /// Takes apart what `iree_status_to_string` writes:
  /// `FILE:LINE: CODE; message; what was being done; ...`, with the stack's frames on lines that
  /// begin with their number in brackets, and go on in lines that are indented.
  mutating func parse(_ text: String) {
    var parts: [Substring] = []
    for line in text.split(separator: "\n") {
      let trimmed = line.drop { $0 == " " }
      if let frame = Self.frame(line) {
        stack.append(String(frame))
      } else if let last = stack.indices.last, trimmed.startIndex != line.startIndex {
        stack[last] += " \(trimmed)"
      } else {
        parts.append(trimmed)
      }
    }
    var rest = parts.joined(separator: "\n")[...]

    let code = code.description
    if rest.hasPrefix(code) {
      rest = rest.dropFirst(code.count)
    } else if let range = rest.firstRange(of: ": \(code)") {
      let location = rest[..<range.lowerBound]
      if let colon = location.lastIndex(of: ":"),
        let line = Int(location[location.index(after: colon)...])
      {
        // What the virtual machine finds has no place in IREE's source: "<vm>:0".
        if line > 0 {
          sourceLocation = SourceLocation(file: String(location[..<colon]), line: line)
        }
        rest = rest[range.upperBound...]
      }
    }
    while let first = rest.first, "; \n".contains(first) { rest.removeFirst() }
    while let last = rest.last, "; \n".contains(last) { rest.removeLast() }
    message = rest.isEmpty ? "IREE says no more than \(code)" : String(rest)
  }

  /// A frame of the stack without its number, if the line begins one: `[ 0] bytecode module.f:12`.
  private static func frame(_ line: Substring) -> Substring? {
    guard line.first == "[", let end = line.firstIndex(of: "]"),
      Int(line[..<end].dropFirst().drop { $0 == " " }) != nil
    else { return nil }
    return line[end...].dropFirst().drop { $0 == " " }
  }
}

/// A bare status code, as IREE's callbacks may return it.
func status(_ code: Int) -> iree_status_t? {
  iree_status_t(bitPattern: code)
}

/// Lends a string to IREE for the duration of a call.
func withStringView<Result, Failure: Error>(
  _ string: String,
  _ body: (iree_string_view_t) throws(Failure) -> Result
) throws(Failure) -> Result {
  let utf8 = ContiguousArray(string.utf8)
  var result: Swift.Result<Result, Failure>?
  utf8.withUnsafeBytes { bytes in
    let view = iree_string_view_t(
      data: bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
      size: bytes.count
    )
    do throws(Failure) {
      result = .success(try body(view))
    } catch {
      result = .failure(error)
    }
  }
  switch result {
  case .success(let value): return value
  case .failure(let error): throw error
  case nil: preconditionFailure("withUnsafeBytes calls its body")
  }
}

extension String {
  /// A copy of IREE's string.
  init(_ view: iree_string_view_t) {
    self.init(
      decoding: UnsafeRawBufferPointer(start: view.data, count: view.size),
      as: UTF8.self
    )
  }
}
