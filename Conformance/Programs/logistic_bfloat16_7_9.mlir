// Written by Conformance/Generator/generate-programs.

module @logistic_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.logistic %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000A042807F80FFA63F09C1BF409040C1402E407040E8C0CAC080408BBEDCBF2140A0BF10419540A5BF48C0BDC099C007C00AC1A7C02A40FBBFCD40CA4097405CC0B3C0CB409440CCC04F4081C0C4C0BA40CEC009C10BC1ABC0C5C0F4400841DCBFB3C02940664043BF0DC1FB40B0C015C062400540EEC0A840EF3F03C1"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x003F803F803F0000493F48397F3F7D3F7F3F703F7A3F3A3AED3A7B3FDD3E1C3E6D3F643E803F7E3F5D3E2C3D323B083CDE3D3C39B03B6F3FFD3D803F803F7E3FFF3C733B803F7E3FDF3A763F8F3C0F3B7F3FD13A483931399C3B0B3B803F803F1C3E733B6F3F793FA33E1C39803F853BB63D793F643F1A3A7F3F5E3F9239"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
