// Written by Conformance/Generator/generate-programs.

module @exp_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.exponential %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000807F80FF3041A0C2C9C0D2408C40E6BE78BF18BF9DBFD9C09AC04640F8403CC00E41A7C0C5C03E3FBDC00EC0FF40C1C0A3407EC003C0E64073BE0FC1B340C6BE83BDC7C0FC401EC0EABEF4C0313F4D4093C03FC045C095400341EBC05A3F0541A1C01BBE8A3FE04086C0A1C0EC4015C001C028409E407640AAC08140"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x803F807F00006A47C005F53A31449F42233FC23E0D3F963E953A053CB0411145593DDF45B13B0B3B0640323BDF3D35451D3B23439B3C043EA5444A3F0A3986432E3F703F033B2445AD3D223F003A0040C541263C4F3D3D3DD24261452A3A16407F45D63B5C3F3C408944793CD63BC744C83D083E5D410B433B42A23B6142"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
