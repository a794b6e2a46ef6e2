/// What symbol resolution knows of a symbol, whether machine code or bitcode says it.
///
/// Local symbols are none of its business and are never made into one.
struct InputSymbol: Hashable, Sendable {
  /// Whether the input has the symbol, or wants it.
  enum Definition: Hashable, Sendable {
    /// It is referred to.
    case undefined
    /// It is there.
    case defined
    /// It is there unless another input defines it: zeros, as large as the largest such request.
    case common(size: UInt64, alignment: UInt64)
  }

  /// How definitions of the same name get along.
  enum Binding: Hashable, Sendable {
    /// There is one.
    case global
    /// It gives way to a global one; a reference may stay undefined.
    case weak
  }

  /// Who may see the symbol.
  enum Visibility: UInt8, Hashable, Sendable {
    /// Everybody, and others may replace it.
    case `default` = 0
    /// Only what is linked with it; ELF's `internal` too.
    case hidden = 1
    /// Everybody, but references from here are always to this definition.
    case protected = 2
  }

  /// As the object file spells it.
  var name: String
  /// Whether it is defined here.
  var definition = Definition.undefined
  /// Global or weak.
  var binding = Binding.global
  /// Who may see it.
  var visibility = Visibility.default
  /// Whether each thread has its own.
  var isThreadLocal = false
  /// Whether the input says it is a function; a reference often does not say.
  var isFunction = false
  /// Whether it lies in executable code.
  var isExecutable = false
  /// The group that it is kept or dropped with; nil if it is in none, or in one of which all copies
  /// are kept.
  var comdat: String?

  /// Whether the input wants it from elsewhere.
  var isUndefined: Bool { definition == .undefined }

  /// Whether the input asks for zeros under this name.
  var isCommon: Bool {
    if case .common = definition { true } else { false }
  }
}
