// Written by Conformance/Generator/generate-programs.

module @tan_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.tan %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000EA46C93F803AC3401BC119C1924003C13D3C8CC0BD4029C014419FC0C1C085409D3CA5C0F14011BFDB3FB33E90C0EF400BC1D43F74409D3FB2C03BC0A84024C008C1BB403A3FBB40AF40D03F9F40AD4042C0513F633FDC40EDC085BFAFC08340A440AF3F12C1C140C9C0BA40F9401541383FFF40D7C0864051C0F040"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000643D0145803A44BE8ABE0EBED44039403D3C36C0CBBE0C3F35BE7440843ECE3F9D3C07403F4023BFE3C0BB3E94C01E40683F3BC14B3F3340613F653ED7BF273FAA3FF1BE643FF1BE88BF93C174C09ABFE33D883F9D3F2C3F05C0DABF883FB43F12C09B409E3E84BEFE3A02BF5C41E7BD603F0BC1EEBEDD3FFFBD2D40"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
