// Written by Conformance/Generator/generate-programs.

module @acosh_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.acosh %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x003C103C53770038B5410345CB4415419A45774451488A4352484945C9465F4037429F438244BF46CB45A045EC47614127463A411A441D4027450D444F3C62443E46D23C9B41D045BC40C741EB45063CF240104470485A46B9427346C2440448CB463C3E35471E484A486C3DAE46F5473A44D6478842DB4715423D44473C"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000A6318049007ED73E97408040573ED1405A40B1410140B141B3403441AC3D333F07405F403141E240D3408441953E0241763E2E40653DA54027403F36514009410A39C33EE440073EE43EEE40ED2E383E2940BF411241883F1A417C408C4135410D3C54419841AE418F3A2C4187413E407F41693F80411C3F3F40ED35"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
