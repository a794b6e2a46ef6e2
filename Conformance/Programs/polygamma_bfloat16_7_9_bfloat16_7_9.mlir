// Written by Conformance/Generator/generate-programs.

module @polygamma_bfloat16_7_9_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0:2 = call @inputs() : () -> (tensor<7x9xbf16>, tensor<7x9xbf16>)
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.polygamma %0#0, %0#1 : tensor<7x9xbf16>, tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 16 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>, tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x00404040803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F803F"> : tensor<7x9xbf16>
    %cst_1 = stablehlo.constant dense<"0x4040C03FB2408F400A3FDD3F8D40F740A740B13F1B408F404B40D240A940DC403D408B401840BC408840954093408440553F98409F40C440AE409740E5405640C740B9409C409040EB40B6404040EE4026400C414340EB40BA40CF40064156408A404C40CB3F0C41A0404440073FA13F8C40EE40F140043F8F409C3F0740"> : tensor<7x9xbf16>
    return %cst_0, %cst_1 : tensor<7x9xbf16>, tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x1EBEB43F4A3E803E8B40473F823E0E3E583E853F023F803EBD3E293E553E203ECE3E843E063F3E3E883E753E793E8C3E0B40703E643E363E4F3E723E1A3EB23E333E413E693E7F3E153E453ECA3E133EF03EF83DC73E153E403E2B3E023EB23E863EBC3E5E3FF83D633EC53E9040983F833E133E113E9640803E9F3F1A3F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
