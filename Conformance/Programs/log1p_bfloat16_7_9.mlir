// Written by Conformance/Generator/generate-programs.

module @log1p_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.log_plus_one %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x000080BF807F00C0803AF03E30402BBCB640483FED40483F0941E340AC402940BE40B13D6E3FBC40984068BF0A41EE40C1BC2E40DD3F08410D3E0D40233FA9400141D040C94076BFDB40ED3F5A40AC3F0E400A41BC4060405C40BA4004412A406DBFBA3E88400A419C406440644092400D409F408B403EBF233F8E400440"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x000080FF807FC07F803AC53EA93F2CBCF33F143F0840143F11400640ED3FA53FF83FAA3D283FF73FE03F17C011400840C3BCA83F803F1040043E953FFC3EEB3F0D400140FE3F50C00440863FBE3F5A3F963F1140F73FC13FBF3FF63F0E40A63F26C09F3ED43F1140E33FC23FC23FDC3F953FE53FD73FAEBFFC3ED93F8F3F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
