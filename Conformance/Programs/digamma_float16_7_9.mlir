// Written by Conformance/Generator/generate-programs.

module @digamma_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.digamma %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 16 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x003C004000B400BC2D402D443F490946A0448F444A475F449E44F849B443F5388448CE4847448E48174887495244CE4634498C48BB492C4916490E49A545354872420B4270474A491545E5408D471349883F964778472F40E43A4245104432496138D64930492B491D384839213B89467B49CB3AEE4174488A4587401E45"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x9EB8C436D441007EA637383D9B40DA3EAE3D9D3DAA3F6D3DAC3DE040DA3CE2BD4A406B40543D4F401440B7405F3D5F3F96404E40CA4093408A4087408F3E2340073C733BC03F9F40193E6A39D13F89408235D63FC53FAF37A7BA3F3E183D9640FDBED4409540934095BF5ABD2DBA323FB240DBBA453B42407A3EA438203E"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
