// Written by Conformance/Generator/generate-programs.

module @erfc_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.erfc %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00000014004300FCA1B947BCB4BD6A43173908B84BC2E93F6838803D5E3C5CC2CE437CBDC8429338CC342940B739D240ED3F7ABCF7C180C0C6C1EFC2FA3E7A2B34BD40BA9BC28843C74352C39DBFDC415DC325C288BED0C176C2F0402A402740CA4197B3F341F3C24AB6A440A1C2D5C1F5C131C0AB3DDE43B7C26CB6EBAC"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x003CFE3B0C000040B93E7A3FD33F0300E435193E00404A1DFA36A22AD82F00400100CA3F1B00B3365F39AF1AFF345A11331D8C3F0040FF3F00400040FC22793BBD3FEC3E0040020001000040F93F3F0200400040EB3F00400040E00FA01ACE1AC9020D3DB3010040B03D3B14004000400040FD3FC52900000040B83D593C"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
