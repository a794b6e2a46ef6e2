// Written by Conformance/Generator/generate-programs.

module @abs_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = stablehlo.abs %0 : tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x000080FF94C0F4C0D63E9F40DA40C2408A3C4D40A340C740E5C005BF2740C8C0904090C0E1C0A4C0CF4082C0073F4940B1C08F40A440D5C09D406DC0114099407DBEA6C0EF4081409C40B0BFD0C069C072C0F040DCC0BB4082C07540B33EE8C0AFC0A740ED3DE74055C0F8C0E5408EC02F3FFE403AC094C0D3C009C0A440"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x0000807F9440F440D63E9F40DA40C2408A3C4D40A340C740E540053F2740C84090409040E140A440CF408240073F4940B1408F40A440D5409D406D40114099407D3EA640EF4081409C40B03FD04069407240F040DC40BB4082407540B33EE840AF40A740ED3DE7405540F840E5408E402F3FFE403A409440D3400940A440"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
