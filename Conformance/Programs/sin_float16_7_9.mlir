// Written by Conformance/Generator/generate-programs.

module @sin_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.sine %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00005377D0DF484200146AC2943CCB477D447EC586C507477248E14497C8AB4225BD90C64BC309467844B23D54C89045FD4568C037C2B440E8C2644386C6FE3996C1F03B694567C79046B6C25AC70648354467485D48534830375044A1C669BC86B2C3470BC2B3BA8AC7F148D6C444C64044E3C688C5A3C4A5C825C894C1"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00006CBA7C37ED1300142F2C493BFC3BCDBBB03983396B391338E4BBC4B31EB2AEBB69B4BD37DBB3C4BBEA3B90B947B9A6B474BA5FA8AF39E73435B89DB3733977B5B33A21BA33BB6934CB3203BBDA3B00BBA63825399B39F3365EBB6CB524BB7AB2F73BABAFF1B99BBB13B7F03B7F2429BB8AB87739FA3B54B041BB86B5"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
