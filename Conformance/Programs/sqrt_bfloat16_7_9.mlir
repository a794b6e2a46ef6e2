// Written by Conformance/Generator/generate-programs.

module @sqrt_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.sqrt %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803F807F80BFA20DC9406940F23E58400640054172402240A2400D410C4103419A40F23EB94034403340F840A840E640153E033F523FC840AD3EE33F6B40203FE93EE34089401740AF401640CB3EC340C73F483FB740F63FED40B340BC408140C7404F400941924050402740D54025403B40BB40CA40A23E9B3FA640"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803F807FC07F90262040F43F303FEB3FB93F3940F93FCC3F10403E403D4037400C40303F1A40D73FD63F324013402C40C33E373F683F2040153FAA3FF53F4A3F2D3F2A400440C53F1640C43F213F1E40A03F623F1940B13F2E4017401B4000402040E63F3B400940E73FCF3F2540CE3FDB3F1B402140103F8D3F1240"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
