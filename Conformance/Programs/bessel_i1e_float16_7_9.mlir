// Written by Conformance/Generator/generate-programs.

module @bessel_i1e_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.bessel_i1e %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 16 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000004800C83CC8EB455F49C0C62C4C7DCCC3C96DB71048A1487C4A70C08F4A4D4A10443F4B73CCA049FCC2A9C724C1A1C4B4C81244614CADBC76C689C83B49974688433CC609C89D4C794B403D42C045CA0B457FC4C54BBCCCEECB622DD3492D477DC76E4440C93CCBC1C6B948FEC6174861C2744C953789C3D3C6B645"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x00004B304BB02FB0E530822FA0B01B2EE6AD45AFCCB043300530E12EC7B2D82EF92EB031882EECAD5A2F00B260B091B269B1FBAFAF31F82DDDB2B7B00FB09A2FAD30D931C9B047B0D22D6F2EF632D3B2FDAE3B3179B1512EC0AD42AEF4283C2F81306CB0813197AF89AEA0B0F72F8EB040302FB2EB2DDB30D8B19BB0F830"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
