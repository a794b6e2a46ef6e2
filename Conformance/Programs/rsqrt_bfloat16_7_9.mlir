// Written by Conformance/Generator/generate-programs.

module @rsqrt_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.rsqrt %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803F807F80BFA20DC03D0341E13F0640BB3E9B407B408F40E640C3406D40F840C93FE33F99408C404C3DAF40FB40633E01410440EB407F40A73F54401F400E4165408440E73F8740734007419F40A340BF40173F4340B43FE640F43FD93F2240E340BE400F4180401A3F3D408D40E93F8540A6409B3FF240EC40BC40"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x807F803F0000C07F64585140B33E413F313FD43FE93E013FF23EBF3ECF3E053FB83E4C3F403FEA3EF53E8F40DB3EB73E0840B43E323FBD3E003F603F0D3F223FAC3E073FFC3E3F3FF93E033FB03EE63EE33ED23EA73F133F583FBF3E393F453F213FC03ED23EAB3E003FA53F153FF43E3E3FFB3EE13E693FBA3EBD3ED33E"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
