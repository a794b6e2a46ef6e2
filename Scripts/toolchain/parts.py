"""The parts of the toolchain: what each is made of, whether it is there, and making it."""
from __future__ import annotations

import json
import os
import platform
import sys
from functools import partial as bound
from pathlib import Path

from . import debian, llvmlibrary, mathlibrary, wheels
from .archives import Archives, sha256_of
from .home import replace
from .reporter import Reporter

STAMP = "stamp.json"


class Part:
    """A folder of the toolchain, and what it is made of.

    Its kind is `files`, single files taken out of wheels; `python`, a virtual environment of this
    host's Python with whole wheels in it; `built`, made here from a Debian source package; or `linked`,
    made here from archives of objects that a Debian package has. What wheels bring is for this machine,
    unless the part names another architecture.
    """

    def __init__(self, entry: dict, home: Path):
        self.name = entry["name"]
        self.kind = entry["kind"]
        self.group = entry["group"]
        self.purpose = entry["purpose"]
        self.folder = home / entry["folder"]
        self.architecture = entry.get("architecture", platform.machine())
        self.packages = entry["packages"]
        self.source = entry.get("source")
        self.build = entry.get("build")
        self.link = entry.get("link")

    def wheels(self, python: str) -> list[tuple[dict, dict | None]]:
        """Each package with its wheel for the part's architecture and, where it matters, for `python`."""
        return [(package, self._wheel(package, python)) for package in self.packages]

    def _wheel(self, package: dict, python: str) -> dict | None:
        for wheel in package["wheels"]:
            wheel_python, _, platforms = wheels.tags(wheel["file"])
            if platforms[0].endswith("_" + self.architecture) and sys.platform == "linux":
                if self.kind != "python" or wheel_python == python:
                    return wheel
        return None

    def unavailability(self) -> str | None:
        """Why the part cannot be had on this machine; None where it can."""
        if self.build and not os.path.exists(self.build["compiler"]):
            return f"{self.build['compiler']} is missing"
        missing = llvmlibrary.missing_file(self.link) if self.link else None
        if missing:
            return f"{missing} is missing"
        for package, wheel in self.wheels(wheels.host_python()):
            if wheel is None:
                host = f"{sys.platform} on {self.architecture}"
                if self.kind == "python":
                    host += f" and Python {sys.version_info[0]}.{sys.version_info[1]}"
                return f"no wheel of {package['name']} {package['version']} is pinned for {host}"
        return None

    def problem(self, thorough: bool = False) -> str | None:
        """What is wrong with the installed folder; None where it is complete and as pinned.

        Files are compared by size, or by SHA-256 if `thorough`.
        """
        try:
            stamp = json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
            pinned = self.origin(stamp["python"] or wheels.host_python())
            if stamp["wheels"] != pinned["wheels"]:
                return f"{self.folder} holds other wheels than the pinned ones"
            if any(stamp.get(key) != pinned.get(key) for key in ("source", "build", "link", "inputs")):
                return f"{self.folder} was built from other sources or in another way than pinned"
            if self.kind != "python" and set(stamp["files"]) != self.file_names():
                return f"{self.folder} holds other files than the pinned ones"
            for name, (size, digest) in stamp["files"].items():
                path = self.folder / name
                if path.stat().st_size != size or (thorough and sha256_of(path) != digest):
                    return f"{path} is damaged"
        except FileNotFoundError as error:
            return f"{error.filename} is missing"
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"{self.folder / STAMP} is damaged"
        if self.kind == "python" and not (self.folder / "bin/python3").exists():
            return f"the Python that {self.folder} was made for is gone"
        return None

    def origin(self, python: str) -> dict:
        """What the folder is to be made from, as the stamp says it."""
        chosen = [wheel for _, wheel in self.wheels(python) if wheel]
        origin = {"wheels": {wheel["file"]: wheel["sha256"] for wheel in chosen}}
        if self.build:
            origin |= {"source": self.source, "build": self.build}
        if self.link:
            origin |= {"link": self.link, "inputs": llvmlibrary.inputs(self.link)}
        return origin

    def file_names(self) -> set[str]:
        """The names of the files that are taken out of wheels or made, and of the links to them."""
        names = mathlibrary.file_names(self.build) if self.build else set()
        if self.link:
            names |= llvmlibrary.file_names()
        for package in self.packages:
            names.update(package["files"].values(), package.get("links", {}))
        return names


def install(part: Part, archives: Archives, reporter: Reporter) -> None:
    """Makes the part's folder, under another name until it is complete."""
    partial = part.folder.with_name(part.folder.name + ".partial")
    if part.kind == "python":
        wheels.make_python_environment(partial)
    files = {}
    for package, wheel in part.wheels(wheels.host_python()):
        with archives.open(wheel, bound(wheels.download, package, wheel)) as file:
            files.update(wheels.unpack(file, package, part.kind, partial, reporter))
    if part.build:
        with archives.open(part.source, bound(debian.download_source, part.source)) as file:
            files.update(mathlibrary.build_library(file, part.build, partial, reporter))
    if part.link:
        files.update(llvmlibrary.link_library(part.link, partial, reporter))
    stamp = {
        "part": part.name,
        "python": wheels.host_python() if part.kind == "python" else None,
        **part.origin(wheels.host_python()),
        "files": files,
    }
    (partial / STAMP).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    replace(part.folder, partial)
    reporter.say(f"installed {part.name}: {part.folder}")
