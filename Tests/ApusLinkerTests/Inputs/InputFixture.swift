import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Inputs of a linker, made of text by the real tools, in a folder of the test's own.
struct InputFixture {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// GNU's archiver.
  static let gnuArchiver: FilePath = "/usr/bin/ar"

  /// C or C++ that has one of everything that a symbol table can say.
  static let everyKindOfSymbol = """
    extern "C" double sin(double);
    extern "C" int elsewhere, perhaps __attribute__((weak));
    extern "C" { int initialized = 3; int zero; const int constant = 4; static int internal = 5; }
    __attribute__((visibility("hidden"))) int hidden = 6;
    __attribute__((visibility("protected"))) int guarded = 7;
    __attribute__((weak)) int gives_way = 8;
    thread_local int one_each = 9;
    extern thread_local int one_each_elsewhere;
    inline int counter() { static int count; return ++count; }
    template <class T> T twice(T x) { return x + x; }
    struct Shape { virtual ~Shape(); virtual double area() { return sin(1); } };
    Shape::~Shape() {}
    extern "C" int target(int x) { return twice(x) + counter() + elsewhere + internal++; }
    extern "C" int second_name(int) __attribute__((alias("target")));
    extern "C" __attribute__((weak, visibility("hidden"))) int weak_and_hidden() { return 0; }
    extern "C" int *address() { return &perhaps ? &perhaps : &one_each_elsewhere; }
    __asm__(".text\\n.globl from_assembly\\nfrom_assembly:\\n  ret\\n");
    """

  /// Compiles a source, whose name says the language, and returns what was made.
  @discardableResult
  func compile(
    _ source: String,
    _ name: String,
    to output: String,
    _ flags: String...
  ) async throws -> FileSlice {
    try folder.write(source, to: name)
    try await runLLVMTool("clang", ["-c", name, "-o", output] + flags, in: folder.path)
    return try contents(output)
  }

  /// Makes an archive with LLVM's archiver.
  @discardableResult
  func archive(_ name: String, _ flags: [String], _ members: [String]) async throws -> FileSlice {
    try await runLLVMTool("llvm-ar", flags + [name] + members, in: folder.path)
    return try contents(name)
  }

  /// Makes an archive with GNU's archiver, which is kept from using LLVM's plugin.
  @discardableResult
  func gnuArchive(_ name: String, _ flags: String, _ members: [String]) async throws -> FileSlice {
    let result = try await runTool(
      Self.gnuArchiver,
      ["--plugin=/dev/null", flags, name] + members,
      in: folder.path
    )
    try #require(result.status == 0, "\(result.error)")
    return try contents(name)
  }

  /// A file in the folder.
  func contents(_ name: String) throws -> FileSlice {
    try FileSlice(mapping: folder.file(name))
  }

  /// A library of the system's, as the compiler finds it: `libc.a`, `libm.so.6`.
  ///
  /// Where a linker script stands in its place (Debian's `libm.a`), the first file it names.
  static func systemLibrary(_ name: String) async throws -> FilePath {
    let path = try await runLLVMTool("clang", ["-print-file-name=\(name)"])
    let file = FilePath(path.trimmingSuffix { $0.isWhitespace })
    try #require(file.isAbsolute, "\(name) is part of the C library's development package")
    let contents = try FileSlice(mapping: file)
    guard InputFormat(contents) == .text else { return file }
    let words = contents.text.split { $0.isWhitespace || "()".contains($0) }.map(String.init)
    return FilePath(try #require(words.first { $0.hasPrefix("/") && $0.hasSuffix(".a") }))
  }
}

extension String {
  /// Everything before the characters at the end that are such.
  func trimmingSuffix(while isSuch: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, isSuch(last) { text.removeLast() }
    return text
  }

  /// The words of a line.
  var words: [String] { split(separator: " ").map(String.init) }
}

/// What a reader throws, or nil if it succeeds.
func linkError(_ body: () throws -> Void) -> LinkError? {
  do {
    try body()
    return nil
  } catch let error as LinkError {
    return error
  } catch {
    Issue.record("not a LinkError: \(error)")
    return nil
  }
}

/// Closures for indexes of archives whose members all can be read without LLVM.
func llvmIsNotNeeded(_ member: FileSlice) throws -> [InputSymbol] {
  Issue.record("\(member.name) should be readable without LLVM")
  return []
}
