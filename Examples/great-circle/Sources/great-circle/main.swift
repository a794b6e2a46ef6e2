import Apus
import Foundation

let airports = try Airport.all(contentsOf: "Data/airports.tsv")
let known = try KnownDistances(contentsOf: "Data/known-distances.tsv")
let source = try Source(contentsOf: "great-circle.mlir")
let runtime = try Runtime()

/// The program, compiled; it is kept for the next time.
func compiled(_ options: CompilerOptions = CompilerOptions()) async throws -> Program {
  let bytecode = try await ProgramCache().bytecode(of: source, compiler: Compiler(options: options))
  return try Program([bytecode], on: runtime)
}

let program = try await compiled()
let start = ContinuousClock.now
let survey = try await Survey(of: airports, with: program, computingIn: Double.self)
let seconds = (ContinuousClock.now - start) / .seconds(1)

// What IREE makes of it by itself: f64 becomes f32, and the math is its own.
var defaults = CompilerOptions()
defaults.demoteF64 = true
defaults.math = .iree
let inFloat = try await Survey(of: airports, with: compiled(defaults), computingIn: Float.self)

guard let longest = survey.farthest.max(by: { $0.metres < $1.metres }),
  let shortest = survey.nearest.min(by: { $0.metres < $1.metres }),
  let loneliest = survey.nearest.max(by: { $0.metres < $1.metres })
else { throw DataError(description: "there are no airports") }
let mean = survey.nearest.reduce(0) { $0 + $1.metres } / Double(airports.count)

func show(_ title: String, metres: Double, _ ends: Int...) {
  print("\(title): \(String(format: "%.3f", metres / 1000)) km")
  for end in ends.map({ airports[$0] }) { print("  \(end.code)  \(end.name), \(end.country)") }
}
print("\(airports.count) airports, \(airports.count * (airports.count - 1)) distances")
show("longest route", metres: longest.metres, longest.from, longest.to)
show("shortest route", metres: shortest.metres, shortest.from, shortest.to)
show("loneliest airport, and its nearest", metres: loneliest.metres, loneliest.from, loneliest.to)
show("nearest airport, on average", metres: mean)

var map = Map(of: airports)
map.draw(longest, .longest)
map.draw(loneliest, .nearest)
map.draw(shortest, .nearest)
try map.file.write(to: URL(fileURLWithPath: "great-circle.png"))
print("drawn: great-circle.png")

let error = try known.largestError(of: survey, among: airports)
guard error < 1e-6 else { throw DataError(description: "a known distance is missed by \(error) m") }
print("checked: \(known.routes.count) known distances, none wrong by a micrometre")

// What depends on the machine goes to standard error, so that the rest is always the same.
let errors = zip(inFloat.nearest, survey.nearest).map { abs($0.metres - $1.metres) }
let measurements = """
  computed in \(String(format: "%.2f", seconds)) s on \(max(runtime.workerCount, 1)) threads; \
  the largest error is \(String(format: "%.0f", error * 1e9)) nm
  by IREE alone, in f32: \(errors.count { $0 > 1 }) of \(errors.count) distances to the nearest \
  airport are wrong by more than a metre, one by \(String(format: "%.1f", errors.max() ?? 0)) m

  """
FileHandle.standardError.write(Data(measurements.utf8))
