/// Has a kernel compute with subnormal numbers.
///
/// IREE's workers treat them as zero, in what goes in and in what comes out, by two bits of the processor's
/// control register: the logarithm of `1e-310` would be minus infinity. A kernel that calls math functions
/// clears these bits when it begins and restores them when it returns, once a workgroup.
enum FloatingPointState {
  /// Clears the bits, and returns the register as it was.
  static let enter = "apus.keep_subnormals"
  /// Restores the register.
  static let leave = "apus.restore_floating_point_state"

  /// Both functions for an architecture, in the `llvm` dialect; nil where there is no such state.
  static func definitions(for architecture: String) -> String? {
    switch architecture {
    case "x86_64": x86
    case "aarch64": aarch64
    default: nil
    }
  }

  /// The type of the register's contents.
  static func type(for architecture: String) -> String {
    architecture == "aarch64" ? "i64" : "i32"
  }

  private static let attributes =
    #"attributes {always_inline, no_unwind, sym_visibility = "private"}"#

  /// MXCSR: flush to zero is bit 15, denormals are zero bit 6.
  private static let x86 = """
    llvm.func internal @\(enter)() -> i32 \(attributes) {
      %one = llvm.mlir.constant(1 : i32) : i32
      %place = llvm.alloca %one x i32 : (i32) -> !llvm.ptr
      llvm.call_intrinsic "llvm.x86.sse.stmxcsr"(%place) : (!llvm.ptr) -> ()
      %before = llvm.load %place : !llvm.ptr -> i32
      %mask = llvm.mlir.constant(\(~(1 << 15 | 1 << 6) as Int32) : i32) : i32
      %after = llvm.and %before, %mask : i32
      llvm.store %after, %place : i32, !llvm.ptr
      llvm.call_intrinsic "llvm.x86.sse.ldmxcsr"(%place) : (!llvm.ptr) -> ()
      llvm.return %before : i32
    }
    llvm.func internal @\(leave)(%before: i32) \(attributes) {
      %one = llvm.mlir.constant(1 : i32) : i32
      %place = llvm.alloca %one x i32 : (i32) -> !llvm.ptr
      llvm.store %before, %place : i32, !llvm.ptr
      llvm.call_intrinsic "llvm.x86.sse.ldmxcsr"(%place) : (!llvm.ptr) -> ()
      llvm.return
    }

    """

  /// FPCR: flush to zero is bit 24, that of half precision bit 19.
  private static let aarch64 = """
    llvm.func internal @\(enter)() -> i64 \(attributes) {
      %before = llvm.call_intrinsic "llvm.aarch64.get.fpcr"() : () -> i64
      %mask = llvm.mlir.constant(\(~(1 << 24 | 1 << 19) as Int64) : i64) : i64
      %after = llvm.and %before, %mask : i64
      llvm.call_intrinsic "llvm.aarch64.set.fpcr"(%after) : (i64) -> ()
      llvm.return %before : i64
    }
    llvm.func internal @\(leave)(%before: i64) \(attributes) {
      llvm.call_intrinsic "llvm.aarch64.set.fpcr"(%before) : (i64) -> ()
      llvm.return
    }

    """
}
