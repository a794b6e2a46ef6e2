// Written by Conformance/Generator/generate-programs.

module @logistic_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.logistic %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00000055007C00FC67481EC762C803C4A94760C0AF3651442D4229C33C48D53C20C663C11F452A363348823955C4BE4316C7D1462B456C41BAB0EC457440B53F1845AAC3CCC5D1BCBFC6B645E0B874C568438E464D3BDD344EC70D48C63897AD194636C879C6BCC4574808C704480A3E18C7C6AAF747F8C445C842C33244"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0038003C003C0000003CA4121C098D24FF3B752ED338E53BA73BF126003C293A78180E2CF43BC338003C5339A422D63BD912FE3BF43B803B6937FB3B393BFC3AF43B6E25331A6233CF14F93BA3355E1CCF3BFD3BB5399A388111FF3B2939A737FB3B350B52167620003C3C13FF3B8D3ACC12CA37FF3B121F690A9F26E23B"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
