// Written by Conformance/Generator/generate-programs.

module @expm1_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.exponential_minus_one %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803A80FF304111BE9240B53F66BF37BF94C094C08CC025C0914000BF4F3FC9BF303F1640FB3FA33F613F35C097C064C0A0BE4A3F36C08C3F5B40B1BF89C0BDBF5A405F3F3FBE73C09C3F8C404B4088C047C016C08E4007C02D4012C076408CC060C0A0402BC0273E75BF8B409AC034C0CC3F2A40B43F8E3F1FC093C0"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803A80BF6A4707BEBE42474018BF03BF7DBF7DBF7DBF6DBFB842C9BE9F3F4BBF7D3F1741C3402540B43F71BF7EBF79BF89BE9A3F71BFFE3FED4140BF7CBF46BFE941B23F2EBE7ABF19409D42B7417CBF75BF67BFA74261BF5F4166BF37427DBF78BF13436EBF353E1EBF98427EBF71BF7B405441454002406BBF7DBF"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
