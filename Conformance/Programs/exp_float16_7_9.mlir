// Written by Conformance/Generator/generate-programs.

module @exp_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.exponential %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000007C00FC804900D593C7C14659441A443BC56B4273433C4576456C47B3C3EA432B4356C47831ECC4E2C633C743C7B83EF8C4A747B447B2C2234871C631C83041F84446431F467941D745BFC0B5C6E2C20AC51DC50FC57AC49EBC2A41E8C732C40C2EEF4768C8E1428A469545293F7B42AE469C44993D3848B5C3EEC6"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x003C007C00004F7B00003510B362D5548E537B1D304E2F51DD595B5B886673258A528150B422BF3C761F33141F12C0115D451E1F1D6854688028A76B88167F0BB14A7F58BF501D5FB74B5F5DF72D02151928A31E291E821ED3210B359D4A090EB723653C7369E108CB4F6761265CFD45634E386247560E44826C6E250214"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
