// Written by Conformance/Generator/generate-programs.

module @asinh_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.asinh %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000001453F720C8173C31486344E33AA6C2A447C33E8D359345D1435FC5224822BEA7C0513FFF437DB90F47B4C47A4427C070C528C7F3BA23C12EC300C2CF3DBBBEE3442EC8BD39CCC239BEB53C98C7663706BEF444F047E745CC45B7408F4009A78FB036C8FAC48BC2B2C686C65248D6438CC52F3C6046C03C9B407A48"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000001480C99DC12D3BA5415E403C3AAABF76412F3D7235D7402540C4C09E41DABC53BE753D304021B94E4181C06940E9BDCAC055C148BAB0BEF6BF46BFAC3C2BBD9440A4C15639C0BFE7BC013C73C12837CBBC9B408A41F440EA405F3E3F3E09A78BB0A8C19EC09BBF33C126C1B5412640D4C04F3B1A41083C493EC741"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
