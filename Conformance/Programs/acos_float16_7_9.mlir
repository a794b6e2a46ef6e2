// Written by Conformance/Generator/generate-programs.

module @acos_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.acos %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x003C00BC000000409E284CB6CE3BDDB9A4380EB745AE0923272F0E353CB8C738E2B9F337932FFA3A01B83EB92FB482B91CBAE23ABDB7CCA841B894B2E0B462B8F7B59BA56138863B31AD2ABA2DB4313A26BBB1B98D385A3917BBA2B255302CB82CB277289430D0BBA83844BBEF2EBDB7A739C5A49CB5C438E236A63822B9"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00004842483E007E243EE73F1633C9409E3B0E40AD3E3A3ED63DFF3C4240723BCB40343CCF3D173831409240573FA940E140473827406F3E43401D3F863F4D40D03F5F3EEF3B8D359C3EE740573F7C395A41BA40BA3BB43A52411E3FBD3D3D400F3F253EB53DD941993B6B41D93D27404A3A5C3EB73F763B813C9B3B8940"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
