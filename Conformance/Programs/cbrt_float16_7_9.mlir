// Written by Conformance/Generator/generate-programs.

module @cbrt_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.cbrt %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000C04E00C8537700009D4028C515C896BA5EC538C2E5C40FBD5EC0ADC215322848ACC482C2DB44ABC3533C5747F4411EC7B12159C865477047853D1246693F06C8CA3D0B41753F72C0CE42AC41D2C7533258C88344FEBB5ABF1BC0ECB585C329C298BF0FC3034292C25147BC341438134507C79F403A4667C8744786C0"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000004200C0C54F0000493DE9BE07C07FBB01BFD7BDCBBE53BC30BDFABD9A380D40B0BEEDBDC63E43BE1B3CC63FC13DB2BF24331DC0CB3FCF3F743C4C3FEA3C02C0863C723DEC3C38BD043EA93DF1BFA9381DC09C3EFFBBE6BC15BDBEB938BED2BDF4BC17BEC63DF2BDC43F5539643AE03EA9BF4A3D5C3F21C0D03F40BD"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
