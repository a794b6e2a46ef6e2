// Written by Conformance/Generator/generate-programs.

module @floor_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.floor %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000003C00B85377F9456941683863C4023961BAFABFB3C7AA41A9C5FEC5C6BC033D0D48C644FD4023C8344025BD9245AEC4514836BDA72013C816463EC31FBA1EBBDAC7C3C17247C2C3C4BD262C8AC516BE5542FFC534481F48804714C869BFFCBB484767BE8B34CFC39BC79FC5ED422E36B945A73DB3C4B7C2A144AFC0"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000003C00BC537700450040000000C5000000BC00C000C8004000C600C600C0003C00480044004080C8004000C0004500C5004800C0000080C8004600C400BC00BC00C800C2004700C400C0000000C600C0004200C600480048004780C800C000BC004700C0000000C400C800C6004200000045003C00C500C4004400C2"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
