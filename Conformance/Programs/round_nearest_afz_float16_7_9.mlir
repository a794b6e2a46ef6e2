// Written by Conformance/Generator/generate-programs.

module @round_nearest_afz_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.round_nearest_afz %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0038003E004100B853778EC64EC635BBDB3C6F3ACB44C0C4CC4361C61FBEC22497B302335CC8C1C3DD47B6C427457F481448AA46F640C6C0F2C6474316C8BF3C4C48143DE3C5004451C8FC447AC3DAC4A6C79DC02CC737335EC452C18F45363B1C45F6C5CEBE6F3E99C3BA3E45BE01C52B43514280B62EC45646CDC4F9C3"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x003C0040004200BC537700C700C600BC003C003C004500C5004400C600C000000000000080C800C4004800C50045804800480047004000C000C7004400C8003C8048003C00C6004480C8004500C400C500C800C000C7000000C400C20046003C004500C600C0004000C4004000C000C500440042000000C4004600C500C4"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
