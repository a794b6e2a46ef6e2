// Written by Conformance/Generator/generate-programs.

module @log1p_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.log_plus_one %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x000000BC007C00C00014FA430048D546C7434E481C477FBAABACB137F6B47044A641694667466548CF4027486841D5441A45B047B23385ADDD4458B285462A2C21BAC8B870B83A30D7429C391746F63F76452748DF38C8446348044788430F42213F2845C243314554430F458F40DB46AB3992417BB183451F2D6E3EBD43"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x000000FC007C007EFF136E3E65401E40593E87403040AFBED9AC4836F0B5C63E5E3D014001409040E63C76403D3D0E3F3C3F5340E532C6AD133F12B30940092CD0BD49BB79BAF12FF23D4038D63F623C773F76409C37053F8F402A403F3E933D183C453F573E4B3F293E353FC03C1F404938533D03B27F3FED2CAB3B553E"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
