// Written by Conformance/Generator/generate-programs.

module @sinh_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.sinh %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803A30C19643C33F46C0B3C0804008C1DCC0CBBF934085405C402E4096C030C001BFE9C015C0EEC0B2C045C03DC0594097409640E1C01AC0EF4081C035C024C03F403840D740554028C0B040AAC09E40983F1EBFA6C00441C34002C1D9BFB140C2400B41263FAD405E4045BDF4C089C0CB40AD40FC40234083C0043E"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803AEAC6807F0C4030C106C3DA411AC5F2C316C04642FF417941F24059C2F9C007BF36C4A3C054C402C32DC119C16D41604259420DC4B0C05B44E1C107C1CEC01E410D41CF435F41DCC0F542CBC28B42BE3F28BFB3C2EF445E43D3C428C0FC4257433945323FDF42804145BD80C411C28E43DF42A444CB40F0C1043E"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
