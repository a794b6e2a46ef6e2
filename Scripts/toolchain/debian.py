"""Debian's packages: which are there, installing those that are not, and source archives."""
from __future__ import annotations

import os
import select
import shutil
from pathlib import Path

from .archives import Archives
from .home import TEMPORARY
from .reporter import Reporter, SetupError, indented

APT_SETTINGS = Path("/etc/apt")


# Binary packages


def is_present(package: dict) -> bool:
    """Whether what is needed of a package is there, whoever brought it."""
    if "file" in package:
        return os.path.exists(package["file"])
    import ctypes

    try:
        ctypes.CDLL(package["library"])
        return True
    except OSError:
        return False


def missing(packages: list[dict]) -> list[dict]:
    return [package for package in packages if not is_present(package)]


def install_packages(packages: list[dict], reporter: Reporter) -> bool:
    """Installs the packages, if that is possible here: by root, where there is apt-get."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    names = [package["name"] for package in packages]
    # If the update fails, the packages may be known nevertheless.
    run_apt(["update"], "updating the list of Debian's packages", reporter)
    status, complaint = run_apt(
        ["install", "--yes", "--no-install-recommends", *names],
        f"installing {' '.join(names)}",
        reporter,
    )
    if status != 0:
        said = indented(complaint, last=5)
        reporter.fail(f"apt-get could not install {' '.join(names)}:\n{said}")
        return False
    reporter.say(f"installed Debian's {' '.join(names)}")
    return True


def run_apt(arguments: list[str], what: str, reporter: Reporter) -> tuple[int, str]:
    """Runs apt-get, which says on a file descriptor how far it is; its exit status and complaint."""
    import subprocess
    import tempfile

    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as complaint, open(reading, "rb", buffering=0) as progress:
        with subprocess.Popen(
            [
                "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600",
                "-o", f"APT::Status-Fd={writing}", *arguments,
            ],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaint,
            pass_fds=[writing],
        ) as process:  # fmt: skip
            os.close(writing)
            reporter.begin(what, unit="%")
            while process.poll() is None:
                if select.select([progress], [], [], 0.2)[0]:
                    show_progress(progress.read(1 << 16).decode(errors="replace"), reporter)
        complaint.seek(0)
        return process.returncode, complaint.read().decode(errors="replace")


def show_progress(status: str, reporter: Reporter) -> None:
    """Each line of apt-get's status is `pmstatus:PACKAGE:PERCENT:TEXT`, or `dlstatus:...`."""
    for line in reversed(status.splitlines()):
        fields = line.split(":")
        if len(fields) >= 4 and fields[2].replace(".", "", 1).isdigit():
            reporter.reach(int(float(fields[2])))
            return


def explain_missing(packages: list[dict]) -> str:
    lines = [
        f"{package.get('library') or package['file']} is missing, for {package['purpose']}"
        for package in packages
    ]
    names = " ".join(package["name"] for package in packages)
    command = f"apt-get install --no-install-recommends {names}"
    return "\n".join([*lines, f"  install it, on Debian as root: {command}"])


# Source packages


def download_source(source: dict, archives: Archives) -> None:
    """Lets apt-get fetch the archive of a source package, from where it fetches packages.

    The system's own lists are seldom those of sources. So apt-get gets lists and settings of its own,
    in a temporary folder: nothing of the system is changed, and nobody need be root.
    """
    hint = f"  on a machine without a network, bring {source['file']} and give --wheels DIR"
    if not shutil.which("apt-get"):
        raise SetupError(f"apt-get is missing, which downloads {source['file']}\n{hint}")
    temporary = archives.downloads / TEMPORARY
    for folder in ["parts", "lists/partial", "cache/archives/partial"]:
        (temporary / folder).mkdir(parents=True, exist_ok=True)
    write_source_lists(temporary / "parts")
    apt = [
        "apt-get", "-qq",
        "-o", "Dir::Etc::sourcelist=/dev/null",
        "-o", f"Dir::Etc::sourceparts={temporary / 'parts'}",
        "-o", f"Dir::State::lists={temporary / 'lists'}",
        "-o", f"Dir::Cache={temporary / 'cache'}",
        "-o", "APT::Sandbox::User=",  # Debian's user for downloads can't write here
    ]  # fmt: skip
    what = f"downloading {source['name']}"
    # If one of the lists can't be had, the package may be in another.
    _, complaint = archives.run([*apt, "update"], what, {})
    command = ["source", "--download-only", "--tar-only", source["name"]]
    status, failure = archives.run([*apt, *command], what, {})
    if status != 0:
        said = indented(complaint + failure, last=4)
        raise SetupError(f"apt-get could not download {source['name']}:\n{said}\n{hint}")
    if not (temporary / source["file"]).exists():
        raise SetupError(
            f"apt-get brought no {source['file']}: this release of Debian has another version of"
            f" {source['name']}\n{hint}"
        )
    os.replace(temporary / source["file"], archives.downloads / source["file"])


def write_source_lists(folder: Path) -> None:
    """Writes lists of sources for every list of packages that apt is set up with."""
    lists = [APT_SETTINGS / "sources.list", *sorted(APT_SETTINGS.glob("sources.list.d/*"))]
    for path in lists:
        if path.suffix in (".list", ".sources") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            lines = [source_line(line) for line in text.splitlines()]
            (folder / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def source_line(line: str) -> str:
    """A line of a list, in either of apt's formats, that names sources where it named packages."""
    words = line.split(maxsplit=1)
    if words and words[0] == "deb":
        return f"deb-src {words[1]}"
    if words and words[0] == "deb-src":  # the line for packages becomes the same
        return ""
    return "Types: deb-src" if line.lower().startswith("types:") else line
