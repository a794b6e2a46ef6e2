// Written by Conformance/Generator/generate-programs.

module @atanh_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.atanh %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803A803F0040C3BD813ED93D163E20BF19BF2CBFE83D52BF71BDF43D953ED63E663E2B3E2EBF8B3C6BBFAF3E7E3E5ABFADBEFE3E17BF103EF5BED4BE1D3F33BF59BF7E3E46BFC5BEB63E103FAFBE873E573F0D3F713F783FEA3E59BF38BD153F853E66BF473F0ABD2EBF65BF3C3F95BE72BF43BF59BF633F77BF393E"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803A807FC07FC4BD843EDA3D173E3CBF31BF50BFE93D94BF71BDF53D993EE43E6A3E2D3E54BF8B3CCABFB63E823EA2BFB4BE0B3F2DBF113E05BFE2BE373F5EBFA0BF823E84BFD0BEBE3E233FB6BE8A3E9C3F1F3FE03F0540FD3EA0BF38BD2A3F883EBBBF853F0ABD54BFB9BF703F99BEE5BF80BFA0BFB43F01C03B3E"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
