// Written by Conformance/Generator/generate-programs.

module @floor_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.floor %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803F00BFEA462F4081C0E5400EC1B3C0EB40AC402540E7C0C940A2C049C080401FC037C0C240B24055BF0DC1B8C03E3EA9BF4440F83E183EE540FF40FDC0D9C0D73F314028C00841BAC018C00D41C4404F400841B53FF940D74078C0DBC0A240BA40FA40B640FBC021408E401BC05B40F04085C0BBBD38C0B440A2C0"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803F80BFEA460040A0C0E04010C1C0C0E040A040004000C1C040C0C080C0804040C040C0C040A04080BF10C1C0C0000000C0404000000000E040E04000C1E0C0803F004040C00041C0C040C00041C04040400041803FE040C04080C0E0C0A040A040E040A04000C10040804040C04040E040A0C080BF40C0A040C0C0"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
