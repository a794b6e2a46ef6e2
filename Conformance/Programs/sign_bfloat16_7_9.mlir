// Written by Conformance/Generator/generate-programs.

module @sign_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.sign %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000807F80FF86C07540463F2D3E95C09DC01540634003BFC8BF70C0E8C0DAC00640FDC0FB40BB400DC055BFD240E74003C151C0434080C0DEC074C0C9408E3FC4C02AC0A140B0BF103F42408B403640CBC0C83F96C06340B540DDC0C23E3CBF67C02440A24025C0D6C02A402C400F410DC1B1C0E0C081C0FAC00CC19940"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803F80BF80BF803F803F803F80BF80BF803F803F80BF80BF80BF80BF80BF803F80BF803F803F80BF80BF803F803F80BF80BF803F80BF80BF80BF803F803F80BF80BF803F80BF803F803F803F803F80BF803F80BF803F803F80BF803F80BF80BF803F803F80BF80BF803F803F803F80BF80BF80BF80BF80BF80BF803F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
