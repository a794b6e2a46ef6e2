"""The toolchain's folder as a whole: its lock, and what an interrupted setup leaves in it."""
from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

from .reporter import Reporter

TEMPORARY = "temporary"  # the folder in downloads/ for what is not yet there in full


def lock(home: Path, reporter: Reporter):
    """An open file whose lock keeps every other setup out until it is closed."""
    home.mkdir(parents=True, exist_ok=True)
    file = open(home / ".lock", "w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        reporter.begin("waiting for another setup to finish")
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def is_tidy(home: Path) -> bool:
    return not (home / "downloads").exists() and not partial_folders(home)


def sweep(home: Path) -> None:
    """Removes what an interrupted setup left, except its archives."""
    for folder in partial_folders(home):
        shutil.rmtree(folder)
    downloads = home / "downloads"
    shutil.rmtree(downloads / TEMPORARY, ignore_errors=True)
    if downloads.exists() and not any(downloads.iterdir()):
        downloads.rmdir()


def partial_folders(home: Path) -> list[Path]:
    return [*home.glob("*.partial"), *home.glob("peers/*.partial")]


def replace(folder: Path, replacement: Path) -> None:
    """Lets the new folder take the name of the old one, if there is an old one."""
    old = folder.with_name(folder.name + ".old.partial")
    if folder.exists():
        folder.rename(old)
    replacement.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
