// Written by Conformance/Generator/generate-programs.

module @cosh_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.cosh %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000001480C9B05CF1419D3D2F4076C56643644794415745B9C7604846B623B4FD454E416B4156C24A400BC838C58B4698C0FC45E74691BD9340563C2BBE57C8DD45A8C6563E0C48D945A7C160C6A145A241C6C47B48C1C38CC66A48F3451B4297C7193881469AC6DC3775C074C5B8C1BCC61C485F4831C13CBEE6C57F43"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x003C003C4F77007CE44851401D445B570E4D55621548845669642A6A503C223C3B5A21478A47F34954445866C6556D5D0645355AC55F4540F944973EE340BF698059135E144165666A593C48965C5958324865539C6B0A4E725DAA6AFE594E49BA63893C375DC05D7E3CB2444C576148925E3F671D6ABE46F640B2594F4D"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
