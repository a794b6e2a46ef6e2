// Written by Conformance/Generator/generate-programs.

module @sinh_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = chlo.sinh %0 : tensor<7x9xf16> -> tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000001480C9B05C65BDC343DB443843ED423A44BD4233C540C887C74147FA42BCC07AC0FFC54ABD264413C373C714C85C3F684247467434A9C635C43645C844DB4618456E326D4526BA784280445C43F3C420B894404D454544014420C0C4C608C83448423E594887BE4F46AF3D223F9C40AFC2AA4461C172C443C880BF"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x000000144FF7007C2FBF0E4E03549D4CF84B4750414BA9D5CDE842E38661164C49C5A3C447DAF9BEEA4F4BCCB7E2CFE62342244A295C833419DE32D0BA5574536A5F185579321957C6BA564AA051F34C68D44FB8E24444567850D94EBDC3C7DE33E65F689240D669EBC04B5CCC3FC841F6440FCBA15254C753D1EAE85EC2"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
