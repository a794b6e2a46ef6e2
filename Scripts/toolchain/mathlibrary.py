"""The math library: musl's math functions as fat objects, machine code and bitcode in one.

Only math is taken of musl, and what its functions call: the floating-point environment. As in musl's
own makefile, a file in the folder of an architecture replaces the one of the same name beside it.
"""
from __future__ import annotations

import os
import re
import shutil
import struct
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from .archives import sha256_of
from .reporter import Reporter, SetupError
from .tools import run_tool

LICENCE = "COPYRIGHT"
UNPACKED = ("arch/", "include/", "src/include/", "src/internal/", "tools/mkalltypes.sed", LICENCE)


def file_names(build: dict) -> set[str]:
    return {LICENCE, *(f"{architecture}/libm.a" for architecture in build["targets"])}


def build_library(archive, build: dict, folder: Path, reporter: Reporter) -> dict:
    """Builds a library for each target from musl's opened archive; each file's size and SHA-256."""
    work = folder / "build"
    unpack(archive, [*UNPACKED, *(name + "/" for name in build["folders"])], work / "musl")
    tasks = []
    for architecture in build["targets"]:
        objects = work / architecture / "objects"
        objects.mkdir(parents=True)
        generate_headers(work, architecture)
        for name, source in find_sources(work / "musl", build["folders"], architecture).items():
            command = compilation(build, architecture, source, objects / f"{name}.o")
            tasks.append((command, work / "musl"))
    run_all(tasks, "building the math library", reporter)

    for architecture in build["targets"]:
        library = folder / architecture / "libm.a"
        library.parent.mkdir()
        make_archive(work / architecture / "objects", library)
        check_functions(library, work / "musl", build["folders"])
    shutil.copyfile(work / "musl" / LICENCE, folder / LICENCE)
    shutil.rmtree(work)
    return {
        name: [(folder / name).stat().st_size, sha256_of(folder / name)]
        for name in sorted(file_names(build))
    }


def unpack(archive, wanted: list[str], folder: Path) -> None:
    """Unpacks the wanted files, without the folder that all of them lie in."""
    import tarfile

    try:
        with tarfile.open(fileobj=archive) as members:
            for member in members:
                name = member.name.partition("/")[2]
                if member.isfile() and name.startswith(tuple(wanted)):
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_bytes(members.extractfile(member).read())
    except (tarfile.TarError, EOFError) as error:
        name = os.path.basename(archive.name)
        raise SetupError(f"cannot unpack {name}: {error}") from error


def generate_headers(work: Path, architecture: str) -> None:
    """Makes the one header that musl generates and math includes: <bits/alltypes.h>."""
    musl = work / "musl"
    headers = work / architecture / "include/bits"
    headers.mkdir(parents=True)
    script = ["sed", "-f", "tools/mkalltypes.sed"]
    templates = [f"arch/{architecture}/bits/alltypes.h.in", "include/alltypes.h.in"]
    (headers / "alltypes.h").write_bytes(run([*script, *templates], musl))


def find_sources(musl: Path, folders: list[str], architecture: str) -> dict[str, Path]:
    """The source, from musl's folder, of each object."""
    sources = {}
    for folder in folders:
        generic = (musl / folder).glob("*.c")
        special = (musl / folder / architecture).glob("*.[csS]")
        for source in [*sorted(generic), *sorted(special)]:
            sources[source.stem] = source.relative_to(musl)
    return sources


def compilation(build: dict, architecture: str, source: Path, target: Path) -> list[str]:
    # Every path that gets into the object is relative, so that it is the same wherever it is built.
    include = [
        f"arch/{architecture}", "arch/generic", "src/include", "src/internal",
        f"../{architecture}/include", "include",
    ]  # fmt: skip
    return [
        build["compiler"], f"--target={build['targets'][architecture]}", *build["flags"],
        *(f"-I{folder}" for folder in include), "-c", str(source), "-o", str(target),
    ]  # fmt: skip


def run_all(tasks: list[tuple[list[str], Path]], what: str, reporter: Reporter) -> None:
    """Compiles on every core; the first failure ends it."""
    reporter.begin(what, len(tasks), "files")
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        futures = [pool.submit(compile_one, command, folder) for command, folder in tasks]
        try:
            for future in as_completed(futures):
                future.result()
                reporter.advance(1)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def compile_one(command: list[str], folder: Path) -> None:
    """Compiles a file, and checks that an object made from C has bitcode beside its machine code."""
    run(command, folder)
    source, target = command[-3], Path(command[-1])
    if source.endswith(".c") and b".llvm.lto" not in section_names(target.read_bytes()):
        raise SetupError(f"{command[0]} put no bitcode into the object of {source}")


def section_names(elf: bytes) -> set[bytes]:
    """The names of the sections of a little-endian 64-bit ELF object; none if it is something else."""
    if elf[:6] != b"\x7fELF\x02\x01":
        return set()
    (headers,) = struct.unpack_from("<Q", elf, 0x28)
    size, count, names_index = struct.unpack_from("<HHH", elf, 0x3A)
    offsets = [struct.unpack_from("<I", elf, headers + index * size)[0] for index in range(count)]
    (names,) = struct.unpack_from("<Q", elf, headers + names_index * size + 0x18)
    return {elf[names + start : elf.index(b"\0", names + start)] for start in offsets}


def make_archive(objects: Path, library: Path) -> None:
    """An archive with an index; `D` leaves out when and by whom it was made."""
    ar = shutil.which("ar")
    if ar is None:
        raise SetupError(
            "ar is missing, which makes the math library\n"
            "  install it, on Debian as root: apt-get install binutils"
        )
    run([ar, "crsD", str(library), *sorted(path.name for path in objects.iterdir())], objects)


def check_functions(library: Path, musl: Path, folders: list[str]) -> None:
    """Checks that each function declared in <math.h>, for `src/math`, is in the library's index."""
    defined = indexed_symbols(library.read_bytes())
    for folder in folders:
        header = musl / "include" / (os.path.basename(folder) + ".h")
        absent = declared_functions(header.read_text(encoding="utf-8")) - defined
        if absent:
            names = ", ".join(sorted(absent))
            raise SetupError(f"the math library lacks what <{header.name}> declares: {names}")


def declared_functions(header: str) -> set[str]:
    """The names of the functions that a header declares and does not define."""
    text = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", "", header, flags=re.MULTILINE)
    return set(re.findall(r"\b(\w+)\s*\([^(){};]*\)\s*;", text))


def indexed_symbols(archive: bytes) -> set[str]:
    """The names in the index of an archive: its first member, a count, offsets, then the names."""
    if archive[8:10] != b"/ ":
        return set()
    (count,) = struct.unpack_from(">I", archive, 68)
    names = archive[72 + 4 * count :].split(b"\0", count)
    return {name.decode() for name in names[:count]}


def run(command: list[str], folder: Path) -> bytes:
    return run_tool(command, f"cannot build the math library: {' '.join(command)}", folder)
