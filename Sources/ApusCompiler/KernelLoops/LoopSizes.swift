/// How many steps of a loop are taken at once, a number for each loop, as an operation's configuration has them.
struct LoopSizes {
  private let name: String
  var sizes: [Int]

  /// - Parameters:
  ///   - name: `vector_reduction`.
  ///   - configuration: the text of a `#iree_cpu.lowering_config`.
  /// - Returns: nil if it has none of the name.
  init?(_ name: String, in configuration: String) {
    guard let start = configuration.firstRange(of: "\(name) = [")?.upperBound else { return nil }
    let list = configuration[start...].prefix { $0 != "]" }
    self.name = name
    sizes = list.split(separator: ", ").compactMap { Int($0) }
    // Sizes of scalable vectors are no plain numbers.
    guard text == "\(name) = [\(list)]" else { return nil }
  }

  /// As the configuration has it.
  var text: String { "\(name) = [\(sizes.map(String.init).joined(separator: ", "))]" }

  /// Those of an operation that lacks the innermost loop.
  var withoutLast: LoopSizes {
    var others = self
    others.sizes.removeLast()
    return others
  }
}

extension MLIROperation {
  /// How IREE is to make loops of it.
  var loopConfiguration: String? { self[attribute: "lowering_config"]?.text }

  func setLoopConfiguration(_ text: String) {
    guard let attribute = attribute(text) else { return }
    setAttribute("lowering_config", to: attribute)
  }
}
