/// What `--help` and `--version` say.
public enum LinkHelp {
  /// The version line.
  ///
  /// Build systems look in it for `LLD` and a number, libtool for `compatible with GNU linkers`.
  public static let version = "Apus LLD 22.1.8 (compatible with GNU linkers)"

  /// How to use the command of this name: `apus link`, `apus-ld`.
  public static func text(command: String) -> String {
    let sections = [
      overview(command), output, inputs, symbols, math, optimization, report, general,
      examples(command),
    ]
    // Old libtool looks for the last line before it believes that shared libraries can be made.
    return sections.joined(separator: "\n\n") + "\n\n\(command): supported targets: elf\n"
  }

  private static func overview(_ command: String) -> String {
    """
    OVERVIEW: Link objects, bitcode and libraries into one file.

    Bitcode is optimised as one program, and its math becomes calls of exactly the
    library members it needs: small ones are inlined, large ones are taken as the
    machine code they are. lld makes the final file.

    USAGE: \(command) [options] <file> ...

    Options are GNU ld's, as lld has them: every option of lld is known, has the
    same meaning, and may be written with one dash or two. Those below are the ones
    that matter most, and Apus's own, marked with a star.
    """
  }

  private static let output = """
    OUTPUT
      -o <file>                 Where to write the result (default: a.out).
      -shared                   Make a shared library.
      -pie, -no-pie             Make a position-independent program, or not.
      -static                   Link with archives only.
      -r                        Make an object that is linked again; or, if the output
                                is called .a, an archive that can be optimised again.
      -e <symbol>               Where the program begins (default: _start).
      -soname <name>            What a shared library calls itself.
      --gc-sections             Leave out what nothing refers to.
      -s, -S                    Leave out all symbols, or debug information.
      -T <script>               Lay the output out as a linker script says.
      -z <keyword>              now, relro, defs, muldefs, ... as in ld.
    """

  private static let inputs = """
    INPUTS
      <file>                    An object, bitcode (.bc, .ll), an archive, a shared
                                library or a linker script.
      -l <name>, -l:<file>      A library in the search path: libNAME.so, libNAME.a.
      -L <folder>               Search this folder, too; = stands for the sysroot.
      --sysroot <folder>        Where the target's files lie.
      -Bstatic, -Bdynamic       Take only archives from here on, or shared libraries, too.
      --as-needed               Only depend on shared libraries that are used.
      --whole-archive           Extract every member, up to --no-whole-archive.
      --start-group, --end-group
                                Search these archives until nothing more is needed.
      --start-lib, --end-lib    Treat objects as members of an archive.
      --no-fat-lto-objects      Ignore the bitcode of objects with machine code.
      @<file>                   Read arguments from a file.
    """

  private static let symbols = """
    SYMBOLS
      -u <symbol>               Extract the member that defines this symbol.
      --version-script <file>   Which symbols to export, and as which version.
      --dynamic-list <file>     Symbols to export by name.
      --export-dynamic, -E      Export all symbols of a program.
      --export-dynamic-symbol <pattern>
                                Export the symbols that match.
      --exclude-libs <names>    Export no symbol of these archives; ALL for every one.
      --defsym <symbol>=<value> Define a symbol.
      --wrap <symbol>           Refer to __wrap_SYMBOL in its place.
      --no-undefined            Let a shared library have no undefined symbols.
      --allow-multiple-definition
                                The first definition of a symbol counts.
    """

  private static let math = """
    MATH
      --inline-math <what>    * Which library functions may be inlined: none, small
                                (default), or all, which compiles large ones, too.
      --vector-library <name> * Whose functions take vectors, where the link offers
                                them: libmvec (default, at most 4 ulp), or none.
      --keep-intrinsics       * With -r: leave math unresolved for the next link; an
                                object is then bitcode.
    """

  private static let optimization = """
    OPTIMIZATION
      --lto-O<level>            How much, 0 to 3 (default: 2).
      -plugin-opt=mcpu=<cpu>    The processor, where functions name none.
      -mllvm <option>           Tell LLVM itself.
      --lto-emit-llvm           Make optimised bitcode, not machine code.
      --threads=<number>        How many threads to use (default: as many as
                                processors). The output does not depend on it.
      --save-temps              Leave bitcode and objects beside the output.
    """

  private static let report = """
    REPORT
      --explain               * What was lowered to what and why; every extracted
                                member, for which symbol, first needed by which
                                function; what was inlined, what is machine code.
      --time-phases           * How long each phase took.
      --json                  * Both as JSON.
      --why-extract=<file>      The extracted members, as lld writes them.
      -Map <file>               A map of the output.
      --quiet                 * No warnings.
    """

  private static let general = """
    GENERAL
      -v, -V, --version         Show the version.
      --help                    Show this.
    """

  private static func examples(_ command: String) -> String {
    """
    EXAMPLES
      \(command) -shared -o kernel.so kernel.bc libm.a
      \(command) -shared -o kernel.so kernel.bc libm.a --explain
      \(command) -r -o foo.a part1.bc part2.bc libm.a
      \(command) -r -o foo.o part1.bc part2.bc --keep-intrinsics
      clang -O2 -flto --ld-path=apus-ld main.c libm.a
    """
  }
}
