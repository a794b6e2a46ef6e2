import Apus

// The weights stay in their file, which is mapped; the compiled program is kept for the next time.
let runtime = try Runtime()
let program = try await Program(
  compiling: Source(contentsOf: "Model/digits.mlir"),
  on: runtime,
  cache: ProgramCache(),
  parameters: [ParameterArchive(contentsOf: "Model/digits.safetensors", scope: "model")]
)
let classify = try program.function("classify")

// Images that training never saw, all in one batch.
let images = try AnyTensor(TensorData(contentsOfNPY: "Data/test-images.npy"), on: runtime)
  .typed(as: Float.self)
let truth = try TensorData(contentsOfNPY: "Data/test-labels.npy").scalars(as: Int32.self)

let (probabilities, labels): (Tensor<Float>, Tensor<Int32>) = try classify(images)

let pixels = try images.scalars()
let predictions = try zip(labels.scalars(), probabilities.scalars().chunks(of: 10)).enumerated()
  .map { index, prediction in
    Prediction(
      label: prediction.0,
      truth: truth[index],
      confidence: prediction.1.max() ?? 0,
      pixels: Array(pixels[index * 64..<index * 64 + 64])
    )
  }
let right = predictions.count { $0.label == $0.truth }
let accuracy = Double(right) / Double(predictions.count) * 100

let shown = predictions.prefix(6) + predictions.filter { $0.label != $0.truth }.prefix(2)
print(sideBySide(shown.map(\.drawing)))
print(
  "\(right) of \(predictions.count) held-out images classified correctly:",
  "accuracy \((accuracy * 100).rounded() / 100) %"
)
