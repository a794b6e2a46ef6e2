// Written by Conformance/Generator/generate-programs.

module @asin_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.asin %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x803F80BF00000040803A38BDA7BEF2BE09BFA23E80BF913E14BB6ABFEB3D4E3F0B3FC13E223F443E223F1C3F4B3E1DBFC1BE743F543F313FB63ECABEE83E693EBEBE2BBF0E3FCF3E1B3E72BEAFBE093F6EBF0C3FC6BB273FF53E15BE0FBF793F7B3F103FC93B6D3E36BF173F263FF53E95BE0F3F643FE33DEF3E103FE73E"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0xC93FC9BF0000C07F803A38BDAABEFCBE11BFA53EC9BF933E14BB94BFEC3D6F3F133FC63E2F3F453E2F3F283F4C3E29BFC6BEA23F7A3F433FBA3ED0BEF13E6B3EC3BE3BBF173FD53E1C3E74BEB3BE113F99BF143FC6BB363FFF3E16BE18BFAB3FB03F193FC93B6F3E4ABF223F353FFF3E97BE183F8D3FE33DF93E193FF03E"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
