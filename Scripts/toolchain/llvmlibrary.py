"""LLVM's library for Apus: Debian's archives of LLVM linked to one that opens fast.

Debian's own library has every target and every tool's code, and asks the dynamic linker for a solver,
a terminal and Unicode: most of the time that a small link takes goes into opening it. This one has what
follows from the functions that Apus calls, and a few of Apus's own that LLVM's C API lacks.
"""
from __future__ import annotations

import hashlib
import os
import platform
import re
from pathlib import Path

from .archives import sha256_of
from .reporter import Reporter, SetupError
from .tools import run_tool

LIBRARY = "libLLVM.so"
PROJECT = Path(__file__).resolve().parents[2]


def file_names() -> set[str]:
    return {LIBRARY}


def missing_file(link: dict) -> str | None:
    """A file that linking needs and that is not there."""
    needed = [link["compiler"], link["linker"], *(os.path.join(link["folder"], name) for name in link["whole"])]
    return next((path for path in needed if not os.path.exists(path)), None)


def inputs(link: dict) -> str:
    """What the library depends on besides the pins, as one digest: functions, sources, the archives' sizes."""
    archives = [[path.name, path.stat().st_size] for path in find_archives(link)]
    sources = [path.read_text(encoding="utf-8") for path in find_sources(link)]
    return hashlib.sha256(repr([called_functions(link), sources, archives]).encode()).hexdigest()


def find_archives(link: dict) -> list[Path]:
    return sorted(Path(link["folder"]).glob("libLLVM*.a"))


def find_sources(link: dict) -> list[Path]:
    return [PROJECT / source for source in link["sources"]]


def called_functions(link: dict) -> list[str]:
    """The names in the list of declarations `F(result, name, (parameters))`."""
    header = (PROJECT / link["declarations"]).read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", header).replace("\\\n", "")
    names = re.findall(r"\bF\(\s*[\w\s*]+,\s*(\w+)\s*,", code)
    if not names:
        raise SetupError(f"{link['declarations']} declares no function")
    return names


def link_library(link: dict, folder: Path, reporter: Reporter) -> dict:
    """Links the library; its size and SHA-256."""
    reporter.begin("linking LLVM")
    folder.mkdir(parents=True)
    functions = called_functions(link)
    exports = folder / "exports"
    exports.write_text("{ global: " + " ".join(f"{name};" for name in functions) + " local: *; };")
    library = folder / LIBRARY
    objects = compile_sources(link, folder)
    machine = f"{platform.machine()}-linux-gnu"
    command = [
        link["linker"], *link["flags"], "-o", str(library), f"--version-script={exports}",
        *map(str, objects),
        *(f"--undefined={name}" for name in functions),
        "--whole-archive", *(os.path.join(link["folder"], name) for name in link["whole"]),
        "--no-whole-archive", "--start-group", *map(str, find_archives(link)), "--end-group",
        f"-L/usr/lib/{machine}", f"-L/lib/{machine}", "--as-needed",
        *(f"-l{name}" for name in link["libraries"]),
    ]  # fmt: skip
    run_tool(command, f"cannot link LLVM's library: {link['linker']}")
    for path in [exports, *objects]:
        path.unlink()
    return {LIBRARY: [library.stat().st_size, sha256_of(library)]}


def compile_sources(link: dict, folder: Path) -> list[Path]:
    """The objects of Apus's own functions."""
    headers = (PROJECT / link["declarations"]).parent
    objects = []
    for source in find_sources(link):
        objects.append(folder / f"{source.stem}.o")
        run_tool(
            [link["compiler"], *link["compilerFlags"], f"-I{headers}", "-c", str(source), "-o", str(objects[-1])],
            f"cannot compile {source}",
        )
    return objects
