// Written by Conformance/Generator/generate-programs.

module @ceil_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.ceil %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000803F00BFEA46CC4037C0C8BE90C073BF9FC0F23E5D3F7E3FD8C0A4C0943F26403BC0DEBF85C00AC149C0453F1BBFA840C0C0ECBF2F40C83FDE401E3E8AC081400B411C404C40D040923F3540863F67C0A4C0FF40543FB93F8DC0FB40E4C08740DDC09F40FDC016BE09C19ABE39C00D4081C03A400141BCC089C0E740"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000803F0000EA46E04000C0000080C0000080C0803F803F803FC0C0A0C00040404000C080BF80C000C140C0803F0000C040C0C080BF40400040E040803F80C0A040104140408040E04000404040004040C0A0C00041803F004080C00041E0C0A040C0C0A040E0C0000000C1000000C0404080C040401041A0C080C00041"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
