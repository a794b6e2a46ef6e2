// Written by Conformance/Generator/generate-programs.

module @acos_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.acos %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x803F80BF00000040A1BE073E55BF0B3F203F973E8B3E67BE3D3F0E3F90BD3B3F543F443F333F52BFDFBEB73E09BF023FFABE2C3E77BF3BBE183DB4BE4CBF67BF32BFFC3C5FBF18BE073F333EDE3E173F433F70BFFC3EB53E1EBF773F2B3DCC3EBABD953E38BE91BE85BE57BFF3BE02BF81BE2A3FB33E0ABFE43C55BF2E3F"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x00004940C93FC07FF23FB83F23407F3F653FA33FA63FE63F3E3F7C3FD23F403F183F333F4C3F224001409A3F0940853F0540B33F3840E13FC43FF73F20402D401640C53F2840DC3F823FB33F903F713F343F3240873F9B3F0F40883EC43F953FD53FA33FE03FEE3FEB3F244004400740EA3F583F9B3F0940C53F2340533F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
