// Written by Conformance/Generator/generate-programs.

module @erf_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.erf %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803AC04080FF3AC04C40643FE8BF013FCB3F7A40EA3F52C03D403AC03C3F91BF26C05E40F83E7840A03F4DBF12C0EFBF45C073409ABF71C038C0E83D12C06A4030C01A405F3F1140D2BFA93F5CC018405E3F64C01F3FC73FB23F5BC008BF7FC0EABE32C071C04F407DC097BD31BF4DBD0E4003C095BF8CBFD6BF09C0"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000903A803F80BF80BF803F4B3F7DBF063F7A3F803F7E3F80BF803F80BF333F64BF80BF803F023F803F6C3F3EBF80BF7EBF80BF803F69BF80BF80BF023E80BF803F80BF803F483F803F7BBF703F80BF803F483F80BF1F3F793F733F80BF0CBF80BFF7BE80BF80BF803F80BFAABD2CBF67BD803F7FBF66BF61BF7BBF7FBF"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
