// Written by Conformance/Generator/generate-programs.

module @cos_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.cosine %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000EA46FAC3C93FA5C0D340CFC0ABBF49400941F340E1C0D8408EC0A33FEEC01FC1A940383F0A417FBE16C11F41323FDBC0EF40F83FC7C0A8BE01C10240DC3F484006C106416F3FDF40A6400C41AB403640573FE9C0B140313FECC03E4007C11040CD40A4C00040DB405C4003C189C010C0A03FD2C0E3C0D0C0E0C01441"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x803F803F62BFFE39DC3E743F7C3F6E3E80BF27BF843E3C3F653F8BBE963ECF3E5FBF0A3F413F32BF783F80BF5FBF453F593FC03EB8BE7F3F723F54BEE4BE17BE80BFFFBEFFBE183F463FEA3E48BF173F75BF2B3F0B3F3B3F453FEC3E7CBF0DBF21BF7E3FCD3ED5BE593F75BFA8BED6BE21BFA13E763F303F7A3F413F7CBF"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
