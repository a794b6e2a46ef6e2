// Written by Conformance/Generator/generate-programs.

module @cbrt_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.cbrt %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000D84100C1EA46A20D01418240304080BEC340A0401840D3BF9FC023C0DB3F0A4188C00E41E2C0444007BE2B400C41004157C0E2C0F2C0C4C0574021BA9A40223F95BF0E405240873F0F40E3C091C0D4C06C40094003C19240D9BFA4BEE340B240C6BF41BE8640B740E840DCBECC40C240DDC0D9BFDAC079C0B43FA940"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000404000C0F841DC2E0040CC3FB33F21BFEA3FDB3FAB3F97BFDABFAFBF993F0340CFBF0540F6BFBA3F02BFB23F04400040C0BFF6BFFBBFEABFC03FAEBDD83F5C3F87BFA73FBE3F823FA73FF6BFD4BFF0BFC63FA53F01C0D43F99BF2FBFF63FE33F94BF13BFCE3FE53FF83F41BFED3FE93FF4BF99BFF3BFC9BF8F3FDF3F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
