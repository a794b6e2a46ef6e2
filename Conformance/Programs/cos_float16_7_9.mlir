// Written by Conformance/Generator/generate-programs.

module @cos_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.cosine %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00005377D0DF483ECD4842C766454EB6DF47DCC376480BC685C4ADC260C5D9C209C2D642A33B12C7014525C403443241BA3F92C570C5CBC432C4B7C772C88242EC45C4C60246EA30BE3E26C345C5B94668414CC559C1E24786483346D2C7CAC70EC8B9454A4449482CB546405A2E34C666410DBF8748C6443AB6D6402FC6"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x003CC5B812BBED0FE0BB7E381139633B61A4A4B902BBC53B22B2D9BBEC38AFBBF0BBB2BBA038A63999344DB828B9D8BAA6B50D3A4E39272DE9B77030E3BAF3BB7C3B163BB33BE83B54AF43BB3B383D3B3EBB6A3824BB61A76FBBF93B4F28272C0BB4C73A93B641B9963B4AB8F63BF93B3BBB1AB275BBCF2B673BFFB9F63B"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
