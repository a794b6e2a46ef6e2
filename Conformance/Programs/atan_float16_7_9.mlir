// Written by Conformance/Generator/generate-programs.

module @atan_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.atan %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00000014007C00FC61C0D7C712C8AD4241C8D2C5F4C0834794BADB312A4437C615BC9CC0D5C5DA456843DBBF5948AA3AAEBF2D42E5BC5AB9A845B7C62E4826C8F6C5A5C5354504C8F6C7D7C60846C8C72CC88945632F5EBE9DC008451AC484467F44D9C431BE3B48764474C8F1C6BBC089C676C686478BBA44C8134877C6"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00000014483E48BE92BCC7BDCBBD1E3DD1BD9ABDC0BCC13D81B9CB31573DA5BD5DBAA5BC9BBD9B3D3A3D66BCD33D8E395DBC083D16BBB7B8953DB1BDCF3DCEBD9EBD95BD863DCABDC9BDB4BDA03DC6BDCEBD913D5B2F0ABCA6BC803D54BDAD3D683D78BDFABBD03D673DD6BDB6BDAFBCADBDABBDC13D7CB9D1BDCB3DABBD"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
