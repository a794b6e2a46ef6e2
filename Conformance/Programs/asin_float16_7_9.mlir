// Written by Conformance/Generator/generate-programs.

module @asin_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.asin %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x003C00BC000000400014DDB4B6331CBAABB8DE3844B920B8473639B84BBA3EB62FBA2A36DDB5D2311CB844B96FBB46377BB917B85DB9C8B4339F7D386F389DB8E92EB1BA7DA9E43936B8D5B6AA350E26BFB6ED2BB6B8A738E93417B81B23CAB82E2F1BB840B24B2C4330B73701B37F3BDFB83638C7BB3FBA6E38513439B0"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x483E48BE0000007E0014F1B4CA33F4BAFCB83B39BFB955B8733673B83EBB6AB611BB543601B6DA3151B8BFB9C5BC8D370ABA4BB8E1B9DBB4339FC438B338EBB8EC2EEDBB7DA99F3A6FB80FB7CA350E26F7B6EE2B0AB9F738FE344BB81B2322B9322F50B84AB24C2C4630063810B3DB3C3DB96F3856BD2BBBB2385F343CB0"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
