internal import CApusIREECompiler

/// A value of a module: an operation's result or a block's argument.
struct MLIRValue: Hashable {
  let library: CompilerLibrary
  let handle: MlirValue

  var type: MLIRType? {
    MLIRType(library.mlir.mlirValueGetType(handle), library)
  }

  /// The operation whose result it is; nil for a block's argument.
  var definingOperation: MLIROperation? {
    guard library.mlir.mlirValueIsAOpResult(handle) else { return nil }
    return MLIROperation(library.mlir.mlirOpResultGetOwner(handle), library)
  }

  /// The operation whose result it is, or whose region it is an argument of.
  var owner: MLIROperation? {
    if let operation = definingOperation { return operation }
    let block = library.mlir.mlirBlockArgumentGetOwner(handle)
    return MLIROperation(library.mlir.mlirBlockGetParentOperation(block), library)
  }

  /// The number that it is in every element, if it is a constant or a part of one.
  var constant: Double? {
    guard let operation = definingOperation else { return nil }
    return switch operation.name {
    case "arith.constant", "llvm.mlir.constant", "stablehlo.constant":
      operation[attribute: "value"]?.splatNumber
    // A vector of several dimensions is an array of vectors.
    case "llvm.extractvalue", "llvm.extractelement", "llvm.shufflevector":
      operation.operands.first?.constant
    default: nil
    }
  }

  static func == (a: MLIRValue, b: MLIRValue) -> Bool {
    a.library.mlir.mlirValueEqual(a.handle, b.handle)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(handle.ptr) }
}

/// A type.
struct MLIRType {
  let library: CompilerLibrary
  let handle: MlirType

  init?(_ handle: MlirType, _ library: CompilerLibrary) {
    guard handle.ptr != nil else { return nil }
    self.handle = handle
    self.library = library
  }

  /// As MLIR writes it: `vector<8xf32>`.
  var text: String {
    printed { library.mlir.mlirTypePrint(handle, $0, $1) }
  }
}

/// An attribute.
struct MLIRAttribute {
  let library: CompilerLibrary
  let handle: MlirAttribute

  init?(_ handle: MlirAttribute, _ library: CompilerLibrary) {
    guard handle.ptr != nil else { return nil }
    self.handle = handle
    self.library = library
  }

  /// As MLIR writes it: `"name"`, `@symbol`, `dense<1.0> : vector<8xf32>`.
  var text: String {
    printed { library.mlir.mlirAttributePrint(handle, $0, $1) }
  }

  /// The elements of a dense constant of complex numbers of `f64`, real and imaginary parts in turn; one
  /// number if all are the same; nil for other attributes.
  ///
  /// - Parameter type: the type of the constant.
  func complexElements(_ type: MLIRType) -> [Double]? {
    let api = library.mlir
    guard type.text.hasSuffix("xcomplex<f64>>") || type.text == "tensor<complex<f64>>",
      api.mlirAttributeIsADenseElements(handle),
      let bytes = api.mlirDenseElementsAttrGetRawData(handle)
    else { return nil }
    let isSplat = api.mlirDenseElementsAttrIsSplat(handle)
    let count = isSplat ? 1 : Int(api.mlirElementsAttrGetNumElements(handle))
    return [Double](
      UnsafeRawBufferPointer(start: bytes, count: count * 16).bindMemory(to: Double.self)
    )
  }

  /// A dense constant of `f64`: one number for every element, or as many as there are.
  init?(_ numbers: [Double], _ type: MLIRType) {
    let attribute = numbers.withUnsafeBytes {
      type.library.mlir.mlirDenseElementsAttrRawBufferGet(type.handle, $0.count, $0.baseAddress)
    }
    self.init(attribute, type.library)
  }

  /// Whether it is a dense constant with the same value in all elements.
  var isSplat: Bool {
    library.mlir.mlirAttributeIsADenseElements(handle)
      && library.mlir.mlirDenseElementsAttrIsSplat(handle)
  }

  /// The float that it is, or that all its elements are.
  ///
  /// A NaN keeps the high bits of its payload.
  var splatNumber: Double? {
    let api = library.mlir
    if api.mlirAttributeIsAFloat(handle) { return api.mlirFloatAttrGetValueDouble(handle) }
    guard api.mlirAttributeIsADenseFPElements(handle), api.mlirDenseElementsAttrIsSplat(handle)
    else { return nil }
    return MLIRAttribute(api.mlirDenseElementsAttrGetSplatValue(handle), library)?.splatNumber
  }
}

private final class Text {
  var value = ""
}

/// What a function of MLIR's prints.
private func printed(
  _ print: (
    @convention(c) (MlirStringRef, UnsafeMutableRawPointer?) -> Void, UnsafeMutableRawPointer
  )
    -> Void
) -> String {
  let text = Text()
  print(
    { part, userData in
      guard let userData else { return }
      Unmanaged<Text>.fromOpaque(userData).takeUnretainedValue().value += String(part)
    },
    Unmanaged.passUnretained(text).toOpaque()
  )
  return text.value
}
