// Written by Conformance/Generator/generate-programs.

module @asinh_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.asinh %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803AEAC66C3F97BE07C19B40CA40C5C086C00EC100C18A4088BF1ABF6A40B040F940473FC0C0AFC0F7409240AEC0324048C0123F54BE0BC00EC06E3E8240D8400F4159C02140A640EE4030C0EB40DB408340B2406B408C409040C2C03B405DC0E94027C074C06F408DBFEBC09DC07140CFC095C0E640D740E6C083BF"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803A30C1533F95BE35C01240234021C009C038C032C00B406DBF12BF00401A403040373F1FC01AC02F400E4019C0E03FEEBF0B3F53BEC2BFC5BF6C3E074027403940F8BFD43F16402D40DEBF2C40284008401B4001400C400D4020C0E63FFABF2C40D8BF03C0024074BF2CC013C0024024C010C02B4027402BC066BF"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
