// Written by Conformance/Generator/generate-programs.

module @ceil_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.ceil %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000003C00B85377AFC5CA44284602C4F63F40443CC76F4729BF83C70F37A8C1D546DCC13948C1BF2D3DBA450DC5734134A7A9C27FC81242214480429FC4A8C583C724448041E93F3FBEB442264666444BC0EFB70FC58D3FFCC5D5410046714660438A43FF436B4457C6543D9E473DBFC4C6634025C605C81347893DE746"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000003C0000537700C50045004700C40040004500C7004800BC00C7003C00C0004700C0804800BC0040004600C50042000000C200C800440045004400C400C500C700450042004000BC00440047004500C0000000C5004000C5004200460047004400440044004500C60040004800BC00C6004200C600C8004800400047"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
