// Written by Conformance/Generator/generate-programs.

module @expm1_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.exponential_minus_one %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000001400FC804949BE76C4CDBE47BA873E47C45D3E2CB1C4C3EAC18940DE44FDB54D442BB9C742F9C00C448BB9A9C0304131314F401A44992FBEAB7FC2F44479C0DB44E631F643C72A3E432241CDB4DAC4BB3DC1C204422BC061C3A2422EBB5939FE415E4413418D40F043F1BB3244B83EA7B1E8C0FE4349BE84C459C0"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000011400BC4F7B56BAE8BB8ABA5AB81D44E4BBD143C7B0D6BB96BB54480858FFB48C549DB7284F56BB0753FFB739BB314AA3319F476E53093083ABB0BB655825BBF7577A329152F62A8C50024A26B4F0BB6142BABBD04C01BBCDBBA44EBDB89C3BC04CDD54D2495E487D5209B916545D442EB150BBAC5256BAEABB17BB"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
