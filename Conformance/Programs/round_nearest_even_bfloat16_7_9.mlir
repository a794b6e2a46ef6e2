// Written by Conformance/Generator/generate-programs.

module @round_nearest_even_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.round_nearest_even %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x003FC03F204000BFEA4649BF103C02408E40514062C0504014BF14400941E9408DC0A7C09B400EC05ABEB5BF9DC0FF407F3F5940F14000C03B40FBBE0DC1B53F12C0DB40A6BFAA4085408C3F63BFABC08E40D3BF7FC077C0BD3F0CC107419840FEBF85C0B3BFE03F104130C0B54095C08940094119409BC0BFC09DBF4B40"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000004000400000EA4680BF000000408040404080C0404080BF00401041E04080C0A0C0A04000C0000080BFA0C00041803F4040004100C04040000010C1803F00C0E04080BFA0408040803F80BFA0C0804000C080C080C0803F10C10041A04000C080C080BF0040104140C0C040A0C0804010410040A0C0C0C080BF4040"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
