extension LibcallTable {
  static let generated: StaticString = """
    """
}
