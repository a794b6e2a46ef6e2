"""Running the compilers and linkers that make parts."""
from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .reporter import SetupError, indented


def run_tool(command: list[str], failure: str, folder: Path | None = None) -> bytes:
    """What a command prints; `failure` begins the message if it fails. Variables such as CPATH stay outside."""
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
    result = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    if result.returncode != 0:
        said = indented(result.stderr.decode(errors="replace"), last=5)
        raise SetupError(f"{failure}\n{said}")
    return result.stdout
