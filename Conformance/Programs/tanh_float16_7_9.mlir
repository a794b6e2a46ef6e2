// Written by Conformance/Generator/generate-programs.

module @tanh_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.tanh %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00000014004D00FCC5428ABB53419E3A05C436B5B83D34C019C37CADB5BDD0C356C4FABDE1C32F428BB8E1C39FC215C303C22FBC7B2E564488342EBDCFC2CEC3D4385F3C0FBE7D34B3BD23B9C2C46736AAC43FBC9CC460A644B23F406F39C840E5429F4032C20B403AC2E9412B37C4B34B3AE0C25C443EC4B741B8BA3241"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00000014003C00BCFB3BE4B9EC3B6E39FFBB09B5223BC4BBFDBB79AD21BBFEBBFFBB3CBBFEBBF83B1CB8FEBBFBBBFDBBF6BB3EBA752EFF3B6A34E2BAFBBBFEBB5138623A43BB603420BB88B800BC153600BC4ABA00BC60A630B2C63BBA38DE3BFC3BD83BF8BBB93BF8BBF53BB9369EB34039FCBBFF3BFFBBF33B7CB9E93B"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
