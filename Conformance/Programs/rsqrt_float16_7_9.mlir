// Written by Conformance/Generator/generate-programs.

module @rsqrt_float16_7_9 {
  func.func public @main() -> tensor<7x9xf16> {
    %0 = call @inputs() : () -> tensor<7x9xf16>
    %1 = call @expected() : () -> tensor<7x9xf16>
    %2 = stablehlo.rsqrt %0 : tensor<7x9xf16>
    stablehlo.custom_call @check.expect_close(%2, %1) {has_side_effect = true, max_ulp_difference = 4 : i64} : (tensor<7x9xf16>, tensor<7x9xf16>) -> ()
    return %2 : tensor<7x9xf16>
  }
  func.func private @inputs() -> (tensor<7x9xf16>) {
    %cst_0 = stablehlo.constant dense<"0x0000003C007C00BC00005945983FAE45364278412C424448FB3AA242F8464624AD405244D23DE1472B41033EE44661411A4431441644063D09419145FB4707347D48FA41EE3BBB43AD42A43C493EB04097462A48BF42903C3D48A1459C427F3E0047914083456F46D346E73F5C478E42F2442536EB4483421747D6368746"> : tensor<7x9xf16>
    return %cst_0 : tensor<7x9xf16>
  }
  func.func private @expected() -> tensor<7x9xf16> {
    %cst = stablehlo.constant dense<"0x007C003C0000007E007CEB36CE39B7368A38D7388E387A35483C65381036BD473B39B337A23AB335FA38873A1836E138E637D137EA37243B0B39C836AA35F93F5735A138053C123861386D3B623A3A393C368B355B387E3B7F35BE366738473A0C364B39D1364F362036B139E6356B383237743E37376F3802361F3E4336"> : tensor<7x9xf16>
    return %cst : tensor<7x9xf16>
  }
}
