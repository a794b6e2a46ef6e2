// Written by Conformance/Generator/generate-programs.

module @bessel_i1e_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.bessel_i1e %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 16 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000004100C10DC02041154195414AC14541CFC06DC1813F8FC1FAC08D41D3C023C1C93F104169C16EBF5D4140C181C1EFC05CC1F9C0F13F8041ECC072416F4052C035C11BC157C16DC139C168C19BC19EC16941424132C14B407EC13E417FC115405DC187411541B9407C41E6C0C2402DC196BD84C026C108C03941A03E"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000093E09BE59BEF83D003EB93DDFBDE23D17BECFBD553EBDBD0BBEBE3D16BEF6BD603E023ED0BD51BED63DE4BDC7BD0EBED6BD0BBE5E3EC73D0EBECD3D3C3E44BEEBBDFCBDD9BDCFBDE8BDD1BDB6BDB4BDD03DE33DECBD463EC8BDE53DC8BD573ED6BDC23D003E1E3EC93D10BE1B3EF0BD0BBD35BEF4BD5ABEE83DED3D"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
