"""Wheels: which one fits, how pip downloads it, what is unpacked of it."""
from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from .archives import CHUNK, Archives, sha256_of
from .debian import install_packages
from .reporter import Reporter, SetupError, indented


def host_python() -> str:
    return f"cp{sys.version_info[0]}{sys.version_info[1]}"


def tags(wheel: str) -> tuple[str, str, list[str]]:
    """What a wheel's file name says it is for: Python, ABI, platforms."""
    python, abi, platforms = wheel[: -len(".whl")].split("-")[-3:]
    return python, abi, platforms.split(".")


# Downloading


def download(package: dict, wheel: dict, archives: Archives) -> None:
    requirement = f"{package['name']}=={package['version']}"
    python, abi, platforms = tags(wheel["file"])
    command = [
        *pip_command(wheel, archives.reporter), "download", requirement,
        "--dest", str(archives.downloads),
        "--quiet", "--no-input", "--no-deps", "--only-binary=:all:",
        "--python-version", f"{python[2]}.{python[3:]}", "--implementation", "cp", "--abi", abi,
    ]  # fmt: skip
    for name in platforms:
        command += ["--platform", name]
    environment = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_REQUIRE_VIRTUALENV": "false"}
    status, complaint = archives.run(command, f"downloading {package['name']}", environment)
    if status != 0:
        raise SetupError(
            f"pip could not download {requirement}:\n{indented(complaint, last=2)}\n"
            "  on a machine without a network, bring the wheels and give --wheels DIR"
        )
    if not (archives.downloads / wheel["file"]).exists():
        raise SetupError(f"pip brought no {wheel['file']} for {requirement}")


def pip_command(wheel: dict, reporter: Reporter) -> list[str]:
    """The command that runs pip: this Python's own, else any, since it only downloads."""
    if pip := find_pip():
        return pip
    if install_packages([{"name": "python3-pip"}], reporter):
        if pip := find_pip():
            return pip
    raise SetupError(
        f"pip is missing, which downloads {wheel['file']}\n"
        "  install it, on Debian: apt-get install python3-pip\n"
        "  or bring the wheels and give --wheels DIR"
    )


def find_pip() -> list[str] | None:
    import importlib.util

    importlib.invalidate_caches()  # apt-get may have just brought it
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    found = shutil.which("pip3") or shutil.which("pip")
    return [found] if found else None


# Unpacking


def make_python_environment(folder: Path) -> None:
    """A virtual environment as PEP 405 has it. The venv module would need Debian's python3-venv."""
    executable = Path(getattr(sys, "_base_executable", None) or sys.executable).resolve()
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/python3").symlink_to(executable)
    (folder / "pyvenv.cfg").write_text(
        f"home = {executable.parent}\ninclude-system-site-packages = false\n", encoding="utf-8"
    )


def unpack(wheel, package: dict, kind: str, folder: Path, reporter: Reporter) -> dict:
    """Unpacks what is wanted of an opened wheel; returns each file's size and SHA-256."""
    import zipfile

    files = {}
    try:
        archive = zipfile.ZipFile(wheel)
        if kind == "python":
            site = f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/"
            members = [member for member in archive.infolist() if not member.is_dir()]
            wanted = [(member, site + member.filename) for member in members]
        else:
            wanted = [(archive.getinfo(name), to) for name, to in package["files"].items()]
        reporter.begin(f"unpacking {package['name']}", sum(m.file_size for m, _ in wanted))
        for member, name in wanted:
            copy(archive, member, folder / name, reporter)
            files[name] = [member.file_size, sha256_of(folder / name)]
    except (zipfile.BadZipFile, KeyError) as error:
        raise SetupError(f"cannot unpack {os.path.basename(wheel.name)}: {error}") from error

    for link, target in package.get("links", {}).items():
        (folder / link).parent.mkdir(parents=True, exist_ok=True)
        (folder / link).symlink_to(target)
        files[link] = files[os.path.normpath(os.path.join(os.path.dirname(link), target))]
    return files


def copy(archive, member, path: Path, reporter: Reporter) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, open(path, "wb") as destination:
        while chunk := source.read(CHUNK):
            destination.write(chunk)
            reporter.advance(len(chunk))
    is_executable = (member.external_attr >> 16) & 0o111
    path.chmod(0o755 if is_executable else 0o644)
