// Written by Conformance/Generator/generate-programs.

module @tanh_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.tanh %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803AA04180FF9A4047C097C08440723F00C0624035BE78C068C00F4028C0854073C091405E4097C081C065402640394019C034C019C0CABF34C0E73FADBF9FBE624026C017C02DC079C02B3F42C09AC080C090C0BEBF26C0D2BF72C086408D3F54409AC013C088C066BF97C0CABE33C071C079BF533F96C05EC0C43F"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803A803F80BF803F7FBF80BF803F3D3F77BF803F33BE80BF80BF7A3F7DBF803F80BF803F803F80BF80BF803F7D3F7E3F7CBF7EBF7CBF6BBF7EBF733F60BF9ABE803F7DBF7BBF7EBF80BF153F7FBF80BF80BF80BF67BF7DBF6DBF80BF803F4D3F7F3F80BF7BBF80BF37BF80BFC0BE7EBF80BF40BF2D3F80BF80BF693F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
