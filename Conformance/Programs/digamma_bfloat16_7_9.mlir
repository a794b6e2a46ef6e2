// Written by Conformance/Generator/generate-programs.

module @digamma_bfloat16_7_9 {
  func.func public @main() -> tensor<7x9xbf16> {
    %0 = call @inputs() : () -> tensor<7x9xbf16>
    %1 = call @expected() : () -> tensor<7x9xbf16>
    %2 = chlo.digamma %0 : tensor<7x9xbf16> -> tensor<7x9xbf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 16 : i64} : (tensor<7x9xbf16>, tensor<7x9xbf16>) -> ()
    return %2 : tensor<7x9xbf16>
  }
  func.func private @inputs() -> (tensor<7x9xbf16>) {
    %cst_0 = stablehlo.constant dense<"0x803F004080BE80BFC04021417D408540CB40FC408640E53F424015419340D840A33F384171402A410E41014135411E4137413D417940AA3FA140A44021408D4044403841B940B2403F412A41E33F634038416E40DB401441B840013F26415240EE40113F2441CC4011410141EA40134196401F40054133411F41D43F7440"> : tensor<7x9xbf16>
    return %cst_0 : tensor<7x9xbf16>
  }
  func.func private @expected() -> tensor<7x9xbf16> {
    %cst = stablehlo.constant dense<"0x14BFD83E3B40C07FDA3F11409F3FA63FE23F0040A73F8E3E6F3F0B40B53FEB3F4DBE1940983F14400840024018400F4019401B409D3F0DBEC23FC43F363FAF3F723F1940D53FD03F1C401440883E8F3F1940963FED3F0B40D43FF9BF1340843FF83FD6BF1240E33F09400240F63F0A40B83F323F044018401040313E9A3F"> : tensor<7x9xbf16>
    return %cst : tensor<7x9xbf16>
  }
}
