/// A line on the terminal that says what is being done, and goes away when it is done.
///
/// Pipes and `--quiet` get none.
struct ProgressLine: Sendable {
  private let isShown: Bool

  init(quiet: Bool) { isShown = !quiet && Terminal.error.isInteractive }

  /// Replaces what the line says.
  func show(_ text: String) {
    if isShown { Terminal.error.write("\r\u{1B}[2K\(text)") }
  }

  /// Removes the line.
  func clear() {
    if isShown { Terminal.error.write("\r\u{1B}[2K") }
  }
}
