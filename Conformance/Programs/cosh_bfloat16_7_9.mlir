// Written by Conformance/Generator/generate-programs.

module @cosh_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.cosh %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803A30C19643D2C00641E7408CC05E3F564091C05CC0AF3F884025C088C084C003C17B3F00410FC1FC40F9C0B14002C1D6C034C008C1C23F46408240763F83C0B6C0F54006407D40D4BFBF3F7FC0F5C0F2C067408440C640A4BF9240E5C0A6C057C0A2BFC340FBBF14400C4104C1C3C0BC3E73C00F41E840813D3340"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x803F803FEA46807FB14308452B441F42B33F63413A42794106400C42D4400C42F841E144C33FBA446E45A4449644FC42D344C94306411A4519403141E941C03FF041144384448440D0412E401540D741844471449441F8417343F83F40422044B3426641F53F5E436840A3404545EF445E43893FB2416E453044803F0441"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
