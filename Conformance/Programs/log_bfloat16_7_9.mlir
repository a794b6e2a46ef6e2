// Written by Conformance/Generator/generate-programs.

module @log_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.log %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803F807F80BFA20D813FD1402640D140D2400A416C40813FDC400041AF403C400B41794008409F403C401240FC400741CC40943F38402040C94003418540CC40943FAD3FFE40BA40C83F5140A240EC40484015405F407C40FA40743FE7400141ED40F4406140E2408B3F1E3F0C412B407C402E40D2400E41C1406440"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x80FF0000807FC07F8AC2FF3BF03F743FF03FF13F0A40A73FFF3BF73F0540D93F8A3F0A40AE3F413FCD3F8A3F533F04400840ED3F153E873F6B3FEB3F0740B63FED3F153E9A3E0540E13FE43E973FD03F0040923F583FA03FAF3F044045BDFD3F064000400240A13FFA3FA93DF7BE0B407C3FAF3F803FF13F0C40E63FA33F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
