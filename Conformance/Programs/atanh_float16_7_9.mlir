// Written by Conformance/Generator/generate-programs.

module @atanh_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.atanh %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00000014003C00409FB998305C343E3357B80935CAB1C7B412395228BDB6D53B7434AC38A4AA719FF1300A34F5B85C3409B6E23B0138E5BB642E24BADD31CF39453A81B356B93C335432603ACFB9F1366B399AB197322CB0BEB1D6B40CB99939B3B0B43AAABB3CBB6B3BD0B8DC3A05B65FBA3BBA23BAD934D8B9E4303538"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00000014007C007EFBBAA03079345F33DCB83635DAB1EDB4FB3952282FB78C4093345939A6AA719FFB302134CCB9793459B6E940663804C1692E0FBCEE315D3B383CA5B371BA5D336A325C3C5DBB6F37983AA9B1AF3232B0CEB1FEB4F1B9EF3ABCB0DB3CAFBFFBBD8E3E91B9223D55B65BBC2BBC0EBC013570BBEE30AD38"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
