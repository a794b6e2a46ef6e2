// Written by Conformance/Generator/generate-programs.

module @erfc_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.erfc %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803A604080FFFE3F214018C0E43D69C05C407EC07FC0C8BF01C088BF19C0594007C0FDBE6DBF913F72C0EB3EDEBEFC3F7440573F68BF06C0433FB53F6C40BCBFF1BFB13F0140D93F4C40C0BE1CC0513F6540D4BE30408E3F933F3EC0C9BF4BC033BF34C0F83F01C055BF38BECDBFA43F203F634065BE943FAC3E50C0"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x803F803F47350040A43BC4390040603F00409C3500400040FD3FFF3FEF3F0040DA350040C23FE83FE03D0040043FBB3FB03B9633713EE63F0040903E3A3D4534FB3FFF3F4F3D8F3B873CDC36B43F00407E3EE134B93FD338EF3DD63D0040FD3F0040D73F0040C93BFF3FE13F9A3FFD3F8F3DC13E0E35A03FD13D223F0040"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
