// Written by Conformance/Generator/generate-programs.

module @round_nearest_afz_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.round_nearest_afz %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x003FC03F204000BFEA469E40C040E7C008C01B400AC19740DC409D400AC060C0EAC039C00DC00CC1514021BFA04003C1FC40D54060400AC002C16AC010BF7D40E0C066BFF23F33C0EEBFA4C0ADC0C4BF2CC0EFC0DB40B23F5B3F353F7640813F31406FBFD93FA3C087BF8B405EBF293F91C0F34018C06CC08FC01640C240"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x803F0040404080BFEA46A040C040E0C000C0004010C1A040E040A04000C080C0E0C040C000C010C1404080BFA04000C10041E040804000C000C180C080BF8040E0C080BF004040C000C0A0C0A0C000C040C0E0C0E040803F803F803F8040803F404080BF0040A0C080BF804080BF803FA0C0004100C080C080C00040C040"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
