// Written by Conformance/Generator/generate-programs.

module @sqrt_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.sqrt %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000003C007C00BC0000474828411E41F445A038C545744729426E45D840AF3EC03E4E3DED3F7541A9457E48E64732423F45893BB946293C53447734EB463133FB3F7B455B464C4151414B48FE3D42430A3C2E46703E59478D44F0463141AF446A47A4472E4880462645CE43B447FE46C244F6477C4847483F465746AC34"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000003C007C007E0000DA416C3E663EE140153ACE407641053FA9403A3E2C3D323D9B3CA13D9B3EC240FF419F410A3F9540C43B3041143C29403A3843419637A63DAF400B41823E863EDC41E53C9F3F053CF940133D6C4144404541723E544072418741C84119418A40E73F8D414A415D40A541FD41DA41004109415338"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
