"""Wheels and source archives: where they come from, and that they are the pinned ones."""
from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from .home import TEMPORARY
from .reporter import Reporter, SetupError

CHUNK = 1 << 20


class Archives:
    """Where archives come from: a given folder, else what an interrupted setup left, else a download."""

    def __init__(self, options, lock_file, reporter: Reporter):
        self.given = Path(options.wheels) if options.wheels else None
        self.kept = options.home / "wheels" if options.keep_wheels else None
        self.downloads = options.home / "downloads"
        self.lock_file = lock_file
        self.reporter = reporter

    def open(self, archive: dict, download: Callable[[Archives], None]):
        """The pinned archive, opened, its checksum verified; `download` puts it into `downloads`.

        Whoever reads it reads the very file that was verified, even if it is replaced meanwhile.
        """
        path = (self.given or self.downloads) / archive["file"]
        if self.given is None and not (path.exists() and sha256_of(path) == archive["sha256"]):
            (self.downloads / TEMPORARY).mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)  # or it would be taken for what is asked for
            download(self)
        elif not path.exists():
            raise SetupError(f"{archive['file']} is not in {self.given}")
        file = open(path, "rb")
        actual = sha256(file)
        if actual != archive["sha256"]:
            file.close()
            if self.given is None:
                path.unlink()
            raise SetupError(
                f"refused {archive['file']}: its checksum is not the pinned one\n"
                f"  pinned  {archive['sha256']}\n"
                f"  got     {actual}\n"
                "  nothing of it was unpacked"
            )
        return file

    def run(self, command: list[str], what: str, environment: dict[str, str]) -> tuple[int, str]:
        """Runs a command that downloads; its exit status and what it wrote to standard error.

        Its working folder, and that for its temporary files, is one that the next setup empties.
        """
        import subprocess

        temporary = self.downloads / TEMPORARY
        # The command inherits the lock. If setup alone is killed, the next one waits for the command
        # to end and finds a complete archive, instead of two of them writing here.
        with subprocess.Popen(
            command,
            cwd=temporary,
            env={**os.environ, **environment, "TMPDIR": str(temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[self.lock_file.fileno()],
        ) as process:
            self.reporter.begin(what)
            while True:
                try:
                    complaint = process.communicate(timeout=0.2)[1].decode(errors="replace")
                    return process.returncode, complaint
                except subprocess.TimeoutExpired:
                    self.reporter.reach(size_of_files(temporary))

    def discard_downloads(self) -> None:
        if self.kept and self.downloads.exists():
            self.kept.mkdir(exist_ok=True)
            for path in self.downloads.iterdir():
                if path.is_file():
                    os.replace(path, self.kept / path.name)
        shutil.rmtree(self.downloads, ignore_errors=True)


def size_of_files(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size
        except FileNotFoundError:  # it has just been moved
            pass
    return size


def sha256_of(path: Path) -> str:
    with open(path, "rb") as file:
        return sha256(file)


def sha256(file) -> str:
    """The SHA-256 of an opened file, which is left at its start."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
