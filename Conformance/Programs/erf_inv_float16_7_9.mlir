// Written by Conformance/Generator/generate-programs.

module @erf_inv_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.erf_inv %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 16 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x000000140040143B4EB97CBA4D2EC8B9F32CA8335A3AB9BBB02A2BBB9A3A52B808B73727CA372DBB4D3AF9388FB6B93385BB7A3586391F244D2D3DB8CD3287A20D3BCF364C373538543462359BB84339F63BBCB618BB043ACC3BF42C86AC4A2EA0B74DB0483BD936583BEDBB16345B37F138D3B71139B5AF6FB00A380BBB"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00001713007E743C6FB96CBB992D25BA652CE432273BF9BDEE2999BCAD3B2EB896B6652666379DBC0E3BFC3818B6F43252BD0335C0394E23B52C16B81A32C9A16A3C5A36DE360D38D333EC3485B85F39F63F47B67BBC893A533E662C04AC962D38B7A9AFCC3C6536EB3C5CBF5F33EE36F13870B71B39DBAEE6AFB83767BC"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
