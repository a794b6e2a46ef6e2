// Written by Conformance/Generator/generate-programs.

module @erf_inv_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.erf_inv %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 16 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803A0040CFBE2BBF453F17BF2EBF113E4EBF933E05BF2ABE0BBE433F093F283F5B3FB3BE533EA8BEA43ECBBE183E4ABF513F593C1CBE4C3D09BF633F483FE3BE40BF88BDD4BEBEBE463E55BF473F3B3E0F3E213F20BE9FBE2D3FEB3E6EBF1C3F1D3F593F743F093F9FBE0E3E1F3FA63E793F2A3F30BF2DBE033F66BF"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000633AC07FC0BE30BF593F15BF34BF013E6ABF853EFFBE18BEF8BD553F043F2B3F843FA4BE3D3E99BE953EBCBE073E62BF713F403C0BBE353D04BF8F3F5F3FD5BE50BF71BDC5BEAFBE313E7ABF5D3F273EFF3D223F0FBE91BE323FDD3EA4BF1B3F1D3F823FB43F043F91BEFD3D1F3F973EC83F2E3F37BF1ABEFB3E94BF"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
