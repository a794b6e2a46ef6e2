// Written by Conformance/Generator/generate-programs.

module @atan_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.atan %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803A807F80FF923FB03EAEC0A6C09BBFA840BDBE44BDE4BFE5C004419DBE7A40E5C0583FC140D53FAB3F93C01640CAC0BC4080C0ABC056C0A2C0EDC0A5BFAAC0F43FE1C0FDC0E440EDC0CE40D8405F40D940C6C0B6BF87C093C0A0C0E540F73ECDC0E9C0CE3E0AC1CD403B404FC06FC0DD3FD240EDBFDC3F0FC1FDC0"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803AC93FC9BF5A3FAA3EB2BFB1BF61BFB13FB5BE44BD88BFB7BFBA3F98BEA93FB7BF333FB43F843F6E3FAEBF953FB5BFB33FAABFB1BFA4BFB0BFB8BF69BFB1BF8B3FB7BFB9BFB73FB8BFB53FB63FA53FB63FB5BF75BFABBFAEBFB0BFB73FE63EB5BFB8BFC43EBABFB53F9F3FA3BFA8BF863FB63F8ABF863FBBBFB9BF"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
