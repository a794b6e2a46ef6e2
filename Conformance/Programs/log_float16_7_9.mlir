// Written by Conformance/Generator/generate-programs.

module @log_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.log %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000003C007C00BC0000083CA3429742AC45BF371A48B44338443B42BC3F5946F546B842293434457F4400459847883D90402E4583406E4550442344E641614637473F483D414E38A94747402E3CFD3F8D420442EF459146DA42D241AF2C504630481242DF3B7241B036934656434935D643C3475F481E383148B0458843"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00FC0000007C007E00FCF81FCC3CC53CF13ECEB93640653DC23D8C3C4639643FC23FD93C63BD993E033E703E0E403035993A943E823AC43ED93DAE3D533C693FE83F4740B43BF5B81240153AA0298939BF3C683C1F3F873FED3C463C3BC15F3F4040713C29A4023CFBBA883F333D6EBC763D1940564050B94140F43E4E3D"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
