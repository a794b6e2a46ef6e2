"""What setup says: results, errors, progress."""
from __future__ import annotations

import sys


class SetupError(Exception):
    """Something that ends the setup; the text says what, with which file, and what to do."""


class Reporter:
    """Results to standard output, errors to standard error; progress only where people watch."""

    def __init__(self, quiet: bool):
        self.quiet = quiet
        self.shows_progress = not quiet and sys.stderr.isatty()

    def say(self, line: str) -> None:
        self._clear()
        if not self.quiet:
            print(line, flush=True)

    def fail(self, message: str) -> None:
        self._clear()
        print(f"setup: {message}", file=sys.stderr, flush=True)

    def begin(self, what: str, total: int = 0, unit: str = "bytes") -> None:
        """Shows what is being done from now on; `total` is how much it is, if known."""
        self.what, self.done, self.total, self.unit = what, 0, total, unit
        self._show()

    def advance(self, count: int) -> None:
        self.reach(self.done + count)

    def reach(self, done: int) -> None:
        self.done = done
        self._show()

    def _show(self) -> None:
        if not self.shows_progress:
            return
        done, total, unit = self.done, self.total, self.unit
        if unit == "bytes":
            done, total, unit = done >> 20, total >> 20, "MiB"
        amount = ""
        if self.done:
            amount = f": {done} of {total} {unit}" if self.total else f": {done} {unit}"
        self._clear()
        print(self.what + amount, end="", file=sys.stderr, flush=True)

    def _clear(self) -> None:
        if self.shows_progress:
            print("\r\x1b[K", end="", file=sys.stderr)


def indented(text: str, last: int) -> str:
    """The last lines of what a command said."""
    return "\n".join("  " + line for line in text.strip().splitlines()[-last:])
