// Written by Conformance/Generator/generate-programs.

module @abs_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.abs %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x000000FCCAC54BC5CB40F546723E33412E3CBCC12A3F48B087C78A45984566C5DA3452C17DC41C995942283CACC6F2C65F3D95C37A45AD443DC27FC71246F437F1C775C71242D13F7E409BB9DBC51841D6BC69BA54471C47D1C2DD4331C69EBF65C63CC700C653C3E6C6A6C2BE3CA4C35F3B463C964537BE41C75C423AC2"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x0000007CCA454B45CB40F546723E33412E3CBC412A3F483087478A4598456645DA3452417D441C195942283CAC46F2465F3D95437A45AD443D427F471246F437F14775471242D13F7E409B39DB451841D63C693A54471C47D142DD4331469E3F65463C4700465343E646A642BE3CA4435F3B463C9645373E41475C423A42"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
