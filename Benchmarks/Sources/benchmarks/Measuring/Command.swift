import Apus
import Foundation

/// A program with its arguments, which is run to its end.
struct Command {
  var executable: FilePath
  var arguments: [String]

  init(_ executable: FilePath, _ arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// Runs it, with as little around it as can be: a link takes some milliseconds.
  ///
  /// - Returns: the seconds it took.
  func seconds() throws -> Double {
    var words = ([executable.string] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var status: Int32 = 0
    let start = ContinuousClock.now
    var process = pid_t()
    let failure = posix_spawn(&process, executable.string, nil, nil, &words, environ)
    guard failure == 0 else {
      throw BenchmarkError("cannot start \(executable): \(String(cString: strerror(failure)))")
    }
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let duration = ContinuousClock.now - start
    guard status == 0 else { throw BenchmarkError("\(executable) failed with status \(status)") }
    return duration / .seconds(1)
  }

  /// Runs it.
  ///
  /// - Returns: the most memory, in bytes, that its largest process held.
  func peakMemory(on workbench: Workbench) throws -> Int {
    // The kernel counts what the parent held when the process began. This parent may be large, so a small
    // one stands between.
    let script = """
      import resource, subprocess, sys
      subprocess.run(sys.argv[1:], check=True)
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
      """
    let output = try workbench.output(
      of: workbench.toolchain.python,
      ["-c", script, executable.string] + arguments
    )
    guard let kilobytes = Int(output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw BenchmarkError("the peak memory of \(executable) is '\(output)'")
    }
    return kilobytes * 1024
  }
}
