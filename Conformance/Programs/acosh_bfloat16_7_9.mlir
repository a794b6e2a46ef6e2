// Written by Conformance/Generator/generate-programs.

module @acosh_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.acosh %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x803F823FEA46003F82408540E740EC40AD4000410941F540DC403040CE40C740ED4040408240A6409840F44098402740854008410B418E400341FE40C5403940A14004416A40F54001400A416A40F8409E400F41A9405A405E40933F9440FD408A3FD640BD40DE40AC40C6400341E840C740D7401840D840F33FFF400740"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000353E3041C07F054007402B402C401840314036402E402740D63F234021402C40E23F054015400F402E400F40CF3F0740354037400B40334031402040DD3F13403340FC3F2E40AA3F3640FC3F2F40124038401640F33FF53F0A3F0E403040C93E26401E4028401740214033402B4021402640C13F2640A13F3140B03F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
