// Written by Conformance/Generator/generate-programs.

module @lgamma_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.lgamma %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x803F004080BE80BFC84214417A403F41DB408B3F964067402740104131410B412940294132410E40D3400E41D6409940FF3FA9400D419340EF402D412A4175408A401C40334181403A4101418C400341CE408C4076401E41CD40034114411F418440E5402B412741DC40C34018402E413B413541094147408340B83FE440"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x00000000CB3F807FB4433241D63F8B41C94033BD2E40A93FBB3E2A4174411F41C73E61417641DC3DBB402541C040374057BB674023412540EF406B416441CA3F0D40783E7941EA3F85410A4112400E41B2401240CD3F4841B0400E4132414B41FA3FDC4066415D41CB409E404E3E6D4186417E411B414C3FF53FF8BDDA40"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
