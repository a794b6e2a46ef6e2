// Written by Conformance/Generator/generate-programs.

module @sign_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.sign %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000007C00FCD7C57745B5C2394699C36047334559C65CC5D84041C514C8E9C7B8C168B23348EFC6934543BFBCC121C5DD4536C4113DE9C5D54100B7C544393ABE3F60BDCD44FCBD40C4E7403BC7FFC478C41B444EC82D4452C0A2BD21412547373CD3BB89C74C44E1BF58C8644872366147F444A935073B284726C61341"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000003C00BC00BC003C00BC003C00BC003C003C00BC00BC003C00BC00BC00BC00BC00BC003C00BC003C00BC00BC00BC003C00BC003C00BC003C00BC003C003C003C00BC003C00BC00BC003C00BC00BC00BC003C00BC003C00BC00BC003C003C003C00BC00BC003C00BC00BC003C003C003C003C003C003C003C00BC003C"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
