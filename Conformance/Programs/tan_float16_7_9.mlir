// Written by Conformance/Generator/generate-programs.

module @tan_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.tan %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x00005377483E0014AAC4053CEAC0CEC0F345C03FF54808B9364832407AC53745E641BDC81246BFC8CCB89CC8C5452DC8A7BB3B43BEBE7CC88CB98DC4A7447EC8A1488D47D7BD9841AFC80EC5254313C6B3B9DB454344723C3746DE44F648E341484778C7EBC7DDC8AC46F6C5773DAFC71DC88EBEC7C2F8C4D148BDB4CCC7"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000623D096800142BCD4C3E883A4B3B8DB535C14238D2B945BEE0BE2C3C48BF3CB2A2AAEBB252AC78B9B03283B85D3FACBD1A385748D937A6BA22C6294C8A3765B165427EC8BFB5612B9D415A37C932E9BA4BB722400B4061AC69C657386EB2343EEFC0CE4BFBB48D365835D244D0C51E415B4B09B4A143C132E2B45FCC"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
