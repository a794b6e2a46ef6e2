import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

/// Programs linked by compilers, which start `apus-ld` as they start any linker.
@Suite struct CompilerDriverTests {
  /// Compiles and links a program with a compiler, and returns what the program prints.
  private func output(
    of source: String,
    named name: String,
    by compiler: FilePath,
    _ arguments: [String],
    linker: FilePath?
  ) async throws -> String {
    let fixture = try LinkFixture()
    try fixture.folder.write(source, to: name)
    let result = try await runTool(
      compiler,
      [name, "-o", "program"] + arguments + (linker.map { ["--ld-path=\($0)"] } ?? []),
      in: fixture.folder.path
    )
    try #require(result.status == 0, "\(result.error)")
    #expect(result.error == "")
    let run = try await runTool(fixture.folder.file("program"), ["0.6"])
    try #require(run.status == 0, "\(run.error)")
    return run.output
  }

  private static let c = """
    #include <math.h>
    #include <stdio.h>
    #include <stdlib.h>
    static int order[3], count;
    __attribute__((constructor(102))) static void second(void) { order[count++] = 2; }
    __attribute__((constructor(101))) static void first(void) { order[count++] = 1; }
    __attribute__((constructor)) static void third(void) { order[count++] = 3; }
    __attribute__((destructor)) static void last(void) { puts("good bye"); }
    int main(int count, char **arguments) {
      double x = atof(arguments[1]);
      printf("%d%d%d %a %a %a\\n", order[0], order[1], order[2], sin(x), pow(x, 1.5), fdim(x, 0.25));
      return 0;
    }
    """

  @Test(arguments: [
    [], ["-fPIE", "-pie"], ["-static"], ["-no-pie"], ["-fPIE", "-static-pie"], ["-g"],
  ])
  func `clang links a program in C, and everything runs before and after main`(
    mode: [String]
  ) async throws {
    let clang = LLVMTools.path("clang")
    let library = Peers.muslMath("x86_64").string
    let arguments = ["-O2", "-fno-math-errno"] + mode + [library]
    let ours = try await output(
      of: Self.c,
      named: "main.c",
      by: clang,
      ["-flto"] + arguments,
      linker: Peers.linker
    )
    #expect(ours.hasPrefix("123 "))
    #expect(ours.hasSuffix("\ngood bye\n"))
    let native = try await output(
      of: Self.c,
      named: "main.c",
      by: clang,
      arguments,
      linker: LLVMTools.path("ld.lld")
    )
    #expect(ours == native)
  }

  private static let cxx = """
    #include <cmath>
    #include <cstdlib>
    #include <iostream>
    #include <stdexcept>
    #include <string>
    #include <vector>
    struct Greeting {
      std::string text;
      Greeting() : text("a string that is too long for its object") {}
      ~Greeting() { std::cout << "good bye\\n"; }
    };
    Greeting greeting;
    template <class T> struct Counted { static inline int count = std::atoi("5"); };
    int main(int count, char **arguments) {
      std::vector<double> numbers;
      for (int i = 0; i < Counted<int>::count; ++i)
        numbers.push_back(std::sin(i) + std::pow(i, std::atof(arguments[1])));
      try {
        throw std::runtime_error(greeting.text);
      } catch (const std::exception &error) {
        std::cout << error.what() << std::hexfloat;
      }
      for (double x : numbers) std::cout << ' ' << x;
      std::cout << '\\n';
    }
    """

  @Test(arguments: [[], ["-static"]])
  func `clang links a program in C++, with exceptions and global objects`(
    mode: [String]
  ) async throws {
    let clang = LLVMTools.path("clang++")
    let library = Peers.muslMath("x86_64").string
    let arguments = ["-O2", "-fno-math-errno"] + mode + [library, "-lstdc++"]
    let ours = try await output(
      of: Self.cxx,
      named: "main.cpp",
      by: clang,
      ["-flto"] + arguments,
      linker: Peers.linker
    )
    let native = try await output(
      of: Self.cxx,
      named: "main.cpp",
      by: clang,
      arguments,
      linker: LLVMTools.path("ld.lld")
    )
    #expect(ours == native)
    #expect(ours.hasSuffix("\ngood bye\n"))
  }

  // MARK: Swift

  /// A tool of the Swift toolchain that built the tests.
  private static func swiftTool(_ name: String) throws -> FilePath {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    let path = folders.map { FilePath(String($0)).appending(name) }.first {
      FileManager.default.isExecutableFile(atPath: $0.string)
    }
    return try #require(path, "\(name) built these tests")
  }

  private static let swift = """
    #if canImport(Glibc)
      import Glibc
    #endif
    struct Shape {
      var name: String
      var sizes: [Double]
    }
    @inline(never) func area(_ shape: Shape) -> Double {
      shape.sizes.map { sin($0) + pow($0, 1.5) + $0.squareRoot() }.reduce(0, +)
    }
    let shapes = [Shape(name: "round", sizes: [0.6, 2]), Shape(name: "none", sizes: [])]
    for shape in shapes { print(shape.name, area(shape)) }
    """

  @Test(arguments: [["-O"], ["-Onone"]])
  func `swiftc links its bitcode, which an older LLVM wrote`(mode: [String]) async throws {
    let fixture = try LinkFixture()
    try fixture.folder.write(Self.swift, to: "main.swift")
    let swiftc = try Self.swiftTool("swiftc")
    let library = Peers.muslMath("x86_64").string
    let ours = try await runTool(
      swiftc,
      mode + [
        "-lto=llvm-full", "main.swift", "-o", "ours", "-ld-path=\(Peers.linker)",
        "-Xlinker", library, "-Xlinker", "--why-extract=why.txt",
      ],
      in: fixture.folder.path
    )
    try #require(ours.status == 0, "\(ours.error)")
    let why = String(decoding: try fixture.folder.contents(of: "why.txt"), as: UTF8.self)
    #expect(why.contains("(sin.o)"))
    let native = try await runTool(
      swiftc,
      mode + ["main.swift", "-o", "native", "-Xlinker", library],
      in: fixture.folder.path
    )
    try #require(native.status == 0, "\(native.error)")
    let expected = try await runTool(fixture.folder.file("native"), [])
    #expect(try await runTool(fixture.folder.file("ours"), []) == expected)
    #expect(expected.status == 0)
    #expect(expected.output.hasPrefix("round 6.95593525"))
  }
}
