/// How much a reader may still do.
///
/// A FlatBuffer may refer to one long string a million times, and bytecode may be written so that
/// following its branches takes forever: both within a small file. Each thing that is copied or
/// followed is charged here, against a budget in proportion to the file that no module of a
/// compiler's comes near; a file that exceeds it is given up on, instead of memory or time.
final class ReadBudget {
  private var remaining: Int

  /// A budget of some steps for every byte, and `least` in any case.
  init(byteCount: Int, stepsPerByte: Int, least: Int = 1 << 20, most: Int = .max) {
    let (proportional, overflow) = byteCount.multipliedReportingOverflow(by: stepsPerByte)
    remaining = min(most, overflow ? .max : max(proportional, least))
  }

  /// Takes `cost` from what is left; false if there is not so much left, now and from then on.
  func allows(_ cost: Int) -> Bool {
    guard cost <= remaining else {
      remaining = -1
      return false
    }
    remaining -= max(0, cost)
    return true
  }

  /// As ``allows(_:)``, as an error.
  ///
  /// - Throws: ``VMBytecodeError`` with the code `tooInvolved`.
  func charge(_ cost: Int, _ what: @autoclosure () -> String) throws(VMBytecodeError) {
    guard allows(cost) else { throw .tooInvolved(what()) }
  }
}
