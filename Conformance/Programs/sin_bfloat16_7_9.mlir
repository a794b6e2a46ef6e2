// Written by Conformance/Generator/generate-programs.

module @sin_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.sine %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000EA46FAC34940803A48C0294095C0A63F0D410CC10AC18FC08E40E9C0FE40DA408140B0C0D04018C1F5C0BFC068C0C9C021403BBF143FB1C037C0A5409AC00C4196C0FF3F1EC11D41D440B6BFF3BF5DC00040474073C09A4007C0AF3F743F67C0D740AEC02DC0E93F26401741BABF1A4115C0ADBF123F44408C4082BE"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000643DEF3E7E3A803A88BCF63E803F763F133F20BF38BF783F76BF57BF7F3F013F47BF353F5C3E9A3D7BBF9E3EEE3EFE3A163F2BBF0C3F2F3F8FBE67BF7F3F203F803F6A3FDF3EC2BEAC3E7DBF72BF9D3E693F043D1C3F7FBF5CBF7B3F513FE73ED83E403FD9BE783F053F50BC7EBF4CBE3ABF7ABF0A3FA23D72BF81BE"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
