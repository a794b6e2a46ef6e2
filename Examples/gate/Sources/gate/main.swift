import Apus

let source = try Source(contentsOf: FilePath(CommandLine.arguments.dropFirst().first ?? "add.mlir"))
let runtime = try Runtime()
let program = try await Program(compiling: source, on: runtime)
let add = try program.function("add")

let a = try Tensor<Float>([1, 2, 3, 4], on: runtime)
let b = try Tensor<Float>([10, 20, 30, 40], on: runtime)
let sum: Tensor<Float> = try add(a, b)

let result = try sum.scalars()
print("a + b = \(result.map { Int($0) })")
print("FFI GATE: \(result == [11, 22, 33, 44] ? "PASS" : "FAIL")")
