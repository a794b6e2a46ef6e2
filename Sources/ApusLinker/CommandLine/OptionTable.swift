/// Every option of GNU-flavoured lld, as data: how it is spelled, what it takes, what becomes of it.
///
/// A test compares the table with `ld.lld --help`. Options that ``LinkerArguments`` interprets are
/// `understood`; a new one that lld alone needs is one word in the right group here.
struct KnownOption: Sendable {
  /// What follows the name.
  enum Operand: Sendable {
    /// Nothing: `--shared`.
    case none
    /// `=VALUE`, in the same argument: `--why-extract=FILE`.
    case joined
    /// `=VALUE` or nothing: `--build-id`.
    case optional
    /// `=VALUE`, or the next argument: `--entry main`.
    case either
    /// The next argument: `--opt-remarks-passes inline`.
    case separate
  }

  /// How many dashes may come before the name.
  enum Dashes: Sendable {
    /// Only two, where one would be read as a short option: `-explain` is `-e xplain`.
    case two
    /// One or two.
    case either
  }

  /// What becomes of it.
  enum Effect: Sendable {
    /// ``LinkerArguments`` interprets it.
    case understood
    /// It goes to lld as it is.
    case native
    /// It never had an effect in lld either, or none on the result.
    case none
    /// Leaving it out gives a correct result, but not all that was asked for.
    case warned(String)
    /// Leaving it out would give something else than was asked for.
    case unsupported(String)
  }

  var name: String
  var operand: Operand
  var dashes: Dashes
  var effect: Effect
}

enum OptionTable {
  /// The option of this name, without dashes; other names of an option lead to the option.
  static func option(named name: String) -> KnownOption? {
    options[aliases[name] ?? name]
  }

  /// What a short option takes.
  enum ShortOperand: Sendable {
    /// Nothing: `-r`.
    case none
    /// The rest of the argument, or the next one: `-lm`, `-l m`.
    case joinedOrSeparate
    /// The next argument: `-f NAME`.
    case separate
  }

  /// The options of one letter, and `-dT`, with the options they stand for.
  static let shortOptions: [String: (name: String, operand: ShortOperand)] = [
    "(": ("start-group", .none), ")": ("end-group", .none), "E": ("export-dynamic", .none),
    "M": ("print-map", .none), "N": ("omagic", .none), "S": ("strip-debug", .none),
    "V": ("v", .none), "X": ("discard-locals", .none), "d": ("d", .none), "g": ("g", .none),
    "n": ("nmagic", .none), "q": ("emit-relocs", .none), "r": ("relocatable", .none),
    "s": ("strip-all", .none), "t": ("trace", .none), "v": ("v", .none),
    "w": ("no-warnings", .none), "x": ("discard-all", .none),
    "G": ("G", .joinedOrSeparate), "L": ("library-path", .joinedOrSeparate),
    "O": ("O", .joinedOrSeparate), "R": ("rpath", .joinedOrSeparate),
    "T": ("script", .joinedOrSeparate), "e": ("entry", .joinedOrSeparate),
    "h": ("soname", .joinedOrSeparate), "l": ("library", .joinedOrSeparate),
    "m": ("m", .joinedOrSeparate), "o": ("output", .joinedOrSeparate),
    "u": ("undefined", .joinedOrSeparate), "y": ("trace-symbol", .joinedOrSeparate),
    "z": ("z", .joinedOrSeparate),
    "F": ("filter", .separate), "b": ("format", .separate), "f": ("auxiliary", .separate),
    "dT": ("default-script", .separate),
  ]

  /// Options that are a prefix and a number: `--lto-O2`.
  static let numberedOptions = ["lto-O", "lto-CGO"]

  /// Every long name, for telling which is near a wrong one.
  static var longNames: [String] {
    (options.keys.filter { $0.utf8.count > 1 } + aliases.keys).sorted()
  }

  private static let aliases = [
    "Bshareable": "shared", "call_shared": "Bdynamic", "dn": "Bstatic", "dy": "Bdynamic",
    "non_shared": "Bstatic", "pic-executable": "pie", "static": "Bstatic",
  ]

  private static let options: [String: KnownOption] = {
    var options: [String: KnownOption] = [:]
    options.reserveCapacity(512)
    for group in groups {
      for name in group.names.utf8.split(whereSeparator: \.isWhiteSpace) {
        let name = String(Substring(name))
        options[name] = KnownOption(
          name: name,
          operand: group.operand,
          dashes: group.dashes,
          effect: group.effect
        )
      }
    }
    return options
  }()

  private struct Group: Sendable {
    var operand: KnownOption.Operand
    var dashes: KnownOption.Dashes
    var effect: KnownOption.Effect
    var names: String

    init(
      _ operand: KnownOption.Operand,
      _ dashes: KnownOption.Dashes,
      _ effect: KnownOption.Effect,
      _ names: String
    ) {
      self.operand = operand
      self.dashes = dashes
      self.effect = effect
      self.names = names
    }
  }

  private static let groups = understood + native + linkTimeOptimization + withoutEffect

  private static let understood = [
    Group(
      .none,
      .either,
      .understood,
      """
      Bdynamic Bstatic as-needed no-as-needed allow-multiple-definition
      no-allow-multiple-definition end-group start-group end-lib start-lib export-dynamic
      no-export-dynamic error-unresolved-symbols warn-unresolved-symbols noinhibit-exec help nmagic
      nostdlib no-undefined pie no-pie pop-state push-state relocatable shared v verbose version
      whole-archive no-whole-archive fatal-warnings no-fatal-warnings no-nmagic no-omagic
      """
    ),
    Group(
      .none,
      .two,
      .understood,
      """
      omagic no-warnings fat-lto-objects no-fat-lto-objects dependent-libraries
      no-dependent-libraries explain time-phases keep-intrinsics json quiet lto-emit-llvm
      """
    ),
    Group(
      .either,
      .either,
      .understood,
      """
      defsym dynamic-list entry exclude-libs fini init format just-symbols library library-path
      script sysroot undefined unresolved-symbols version-script wrap m z
      """
    ),
    Group(
      .either,
      .two,
      .understood,
      """
      default-script export-dynamic-symbol export-dynamic-symbol-list output remap-inputs threads
      undefined-glob rsp-quoting dependency-file inline-math vector-library
      """
    ),
    Group(.joined, .two, .understood, "why-extract remap-inputs-file"),
  ]

  private static let native = [
    Group(
      .none,
      .either,
      .native,
      """
      be8 Bno-symbolic Bsymbolic Bsymbolic-functions Bsymbolic-non-weak
      Bsymbolic-non-weak-functions check-sections no-check-sections demangle no-demangle
      disable-new-dtags enable-new-dtags discard-all discard-locals discard-none EB EL eh-frame-hdr
      no-eh-frame-hdr emit-relocs fix-cortex-a53-843419 fix-cortex-a8 gc-sections no-gc-sections
      merge-exidx-entries no-merge-exidx-entries no-dynamic-linker no-warn-mismatch pic-veneer
      no-print-gc-sections print-icf-sections no-print-icf-sections print-map print-memory-usage
      strip-all strip-debug target1-rel target1-abs trace unique undefined-version
      no-undefined-version warn-common no-warn-common allow-shlib-undefined
      no-allow-shlib-undefined
      """
    ),
    Group(
      .none,
      .two,
      .native,
      """
      cmse-implib optimize-bb-jumps no-optimize-bb-jumps fortran-common no-fortran-common
      apply-dynamic-relocs no-apply-dynamic-relocs bp-compression-sort-startup-functions
      no-bp-compression-sort-startup-functions verbose-bp-section-orderer no-color-diagnostics cref
      debug-names no-debug-names enable-non-contiguous-regions execute-only no-execute-only
      force-group-allocation gdb-index no-gdb-index gnu-unique no-gnu-unique
      ignore-function-address-equality ignore-data-address-equality mmap-output-file
      no-mmap-output-file relax no-relax relax-gp no-relax-gp rosegment no-rosegment xosegment
      no-xosegment toc-optimize no-toc-optimize pcrel-optimize no-pcrel-optimize
      use-android-relr-tags no-use-android-relr-tags warn-backrefs no-warn-backrefs
      warn-ifunc-textrel no-warn-ifunc-textrel warn-symbol-ordering no-warn-symbol-ordering
      vs-diagnostics no-power10-stubs check-dynamic-relocations no-check-dynamic-relocations
      android-memtag-stack no-android-memtag-stack android-memtag-heap no-android-memtag-heap
      branch-to-branch no-branch-to-branch no-call-graph-profile-sort
      """
    ),
    Group(
      .either,
      .either,
      .native,
      """
      auxiliary compress-debug-sections split-stack-adjust-size Tbss Tdata Ttext Ttext-segment
      call-graph-ordering-file dynamic-linker filter hash-style keep-unique Map orphan-handling
      print-symbol-order rpath retain-symbols-file section-start soname sort-section target2
      trace-symbol mips-got-size O
      """
    ),
    Group(
      .either,
      .two,
      .native,
      """
      compress-sections in-implib out-implib irpgo-profile error-limit error-handling-script
      image-base oformat pack-dyn-relocs reproduce symbol-ordering-file time-trace-granularity
      warn-backrefs-exclude why-live android-memtag-mode shuffle-sections
      """
    ),
    Group(.joined, .either, .native, "icf print-archive-stats"),
    Group(
      .joined,
      .two,
      .native,
      """
      call-graph-profile-sort bp-compression-sort bp-startup-sort randomize-section-padding
      package-metadata
      """
    ),
    Group(.optional, .either, .native, "build-id print-gc-sections"),
    Group(.optional, .two, .native, "color-diagnostics time-trace power10-stubs"),
  ]

  private static let linkTimeOptimization = [
    Group(.optional, .either, .understood, "save-temps"),
    Group(.either, .either, .understood, "plugin-opt mllvm"),
    Group(.joined, .two, .understood, "lto lto-O lto-CGO lto-partitions thinlto-jobs"),
    // How the work is checked or cached says nothing about what comes out.
    Group(.joined, .two, .none, "thinlto-cache-dir"),
    Group(.either, .two, .none, "thinlto-cache-policy lto-known-safe-vtables"),
    Group(
      .none,
      .two,
      .none,
      """
      lto-pgo-warn-mismatch no-lto-pgo-warn-mismatch no-lto-basic-block-address-map
      no-lto-unique-basic-block-section-names lto-validate-all-vtables-have-type-infos
      no-lto-validate-all-vtables-have-type-infos no-lto-whole-program-visibility
      lto-whole-program-visibility
      """
    ),
    Group(
      .joined,
      .two,
      .warned("profiles are not read while linking"),
      "lto-cs-profile-file lto-sample-profile"
    ),
    Group(
      .none,
      .two,
      .warned("the pass manager reports through --explain"),
      "lto-debug-pass-manager"
    ),
    Group(
      .separate,
      .two,
      .warned("no optimization remarks are written"),
      "opt-remarks-filename opt-remarks-format opt-remarks-passes"
    ),
    Group(
      .either,
      .two,
      .warned("no optimization remarks are written"),
      "opt-remarks-hotness-threshold"
    ),
    Group(
      .none,
      .two,
      .warned("no optimization remarks are written"),
      "opt-remarks-with-hotness"
    ),
    Group(
      .none,
      .two,
      .unsupported("basic blocks get no sections of their own"),
      "lto-basic-block-address-map lto-unique-basic-block-section-names"
    ),
    Group(
      .joined,
      .two,
      .unsupported("basic blocks get no sections of their own"),
      "lto-basic-block-sections"
    ),
    Group(
      .none,
      .two,
      .unsupported("profiles are not made while linking"),
      "lto-cs-profile-generate"
    ),
    Group(
      .joined,
      .two,
      .unsupported("the passes are the linker's own"),
      "lto-newpm-passes lto-aa-pipeline"
    ),
    Group(.either, .two, .unsupported("passes of others are not loaded"), "load-pass-plugin"),
    Group(
      .none,
      .two,
      .unsupported("the output is machine code, or bitcode with --lto-emit-llvm"),
      "lto-emit-asm"
    ),
    Group(
      .joined,
      .two,
      .unsupported("--save-temps keeps the object, beside the output"),
      "lto-obj-path"
    ),
    Group(
      .none,
      .two,
      .unsupported("there is no distributed ThinLTO"),
      "thinlto-emit-imports-files thinlto-emit-index-files"
    ),
    Group(
      .optional,
      .two,
      .unsupported("there is no distributed ThinLTO"),
      "thinlto-index-only"
    ),
    Group(
      .either,
      .two,
      .unsupported("there is no distributed ThinLTO"),
      """
      thinlto-distributor thinlto-distributor-arg thinlto-remote-compiler
      thinlto-remote-compiler-arg thinlto-remote-compiler-prepend-arg thinlto-single-module
      thinlto-object-suffix-replace thinlto-prefix-replace
      """
    ),
  ]

  private static let withoutEffect = [
    Group(
      .none,
      .either,
      .none,
      """
      d g long-plt no-copy-dt-needed-entries no-ctors-in-init-array no-keep-memory secure-plt
      sort-common stats warn-execstack warn-once warn-shared-textrel disable-verify
      """
    ),
    Group(.none, .two, .none, "no-add-needed"),
    Group(.either, .either, .none, "rpath-link plugin G"),
    Group(.either, .two, .unsupported("the file system's root is not changed"), "chroot"),
  ]
}
