// Written by Conformance/Generator/generate-programs.

module @erf_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.erf %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00000014004600FCD9418EBDFDAF6B3FEC4151BBFF4067C3AF3BC23E7BB6D842F03DA53B15401FC392C30AB6BFB6AB4115C2FD408EC16ABFADC2A6435441E9BC46417ABD6F3C1942E8C09FC23E3FD4C0E03C2238D535C1397EC2A7B6E743484023BCD13FA5350B41E3C03EC0EA3F672F15C0A443F7ABB5C38C9B36BC3CC3"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00008314003C00BC003C9BBB7CB0EE3B003C6FBAFF3B00BC9B3ADD3BEEB6003CB73B963AF83B00BC00BC81B62FB7003C00BCFF3B00BCEEBB00BC003C003C57BB003C94BB103B003CFFBB00BCEB3BFFBB523B48384D36873900BC18B7003CFB3BDABAF43B1D36FF3BFFBBFABBF53B2830F8BB003C7DAC00BC429CE8BA00BC"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
