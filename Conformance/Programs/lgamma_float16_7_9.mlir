// Written by Conformance/Generator/generate-programs.

module @lgamma_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.lgamma %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x003C004000B400BC4056AF3CFD47E643F3487D466C45BE47F342033DEC4965416A4868492F4448482242F43DA947E94117492E453E48BB494D3C3B49DD450F47453D4D42DC400248FD489249BA4932473E452243AE415D480E4748493243A348FA483A4872423145763852389F48E93CE73F7E44C4433346A942AD381A47"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x000000005C3E007C9D5DE4AC4048EA3E494AA445AA430148B13C55AE484CEC361F49554B0E40D7480B3AC1AFD94737399B4AE842C2480D4CFBA8ED4A8E44B0461AAFB13A91334748604AB84B0B4CF34619431A3D67380349AF460B4B3E3D9949594ABA48443BF1427937F6379049F1AD30A1E340963E2245133CC336C546"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
