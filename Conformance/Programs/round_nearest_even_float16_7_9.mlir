// Written by Conformance/Generator/generate-programs.

module @round_nearest_even_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.round_nearest_even %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0038003E004100B85377BCC50F45DF44E8C0733E42BCCAB84F3E3EC54E414C47D847A141244756C40E3D04B2DE45994365BFA6C673C8D1449D3869C5C445302EDA36F24314C261C8CA38D3C06CBCCFBFADBC1DC15AC668C84042F44061C8AF448946C7462948F24215C24FC4084205C802454E42AB457E46ECC5E446FE47"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000004000400000537700C60045004500C0004000BC00BC004000C50042004700480042004700C4003C00000046004400C000C780C80045003C00C5004600000000004400C280C8003C00C000BC00C000BC00C200C680C80042004080C80045004700470048004200C200C4004200C8004500420046004600C600470048"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
