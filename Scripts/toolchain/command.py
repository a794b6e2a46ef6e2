"""The command: its options, and the order in which things are brought."""
from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

from . import debian
from .archives import Archives
from .home import is_tidy, lock, sweep
from .parts import Part, install
from .reporter import Reporter, SetupError

PINS = Path(__file__).resolve().parents[2] / "Sources/ApusNativeLibrary/toolchain.json"

USAGE_NOTES = """\
environment:
  APUS_HOME    the folder to install into (default: ~/.cache/apus)
  APUS_WHEELS  as --wheels
  APUS_PINS    as --pins
  APUS_IREE_VERSION  as --iree

exit status: 0 all is there, 1 something is missing or failed, 2 wrong usage

examples:
  Scripts/setup                            install what compiling, linking and running needs
  Scripts/setup --peers                    also what tests and benchmarks compare with
  Scripts/setup --check --peers            verify the checksum of every installed file
  Scripts/setup --keep-wheels && cp -r ~/.cache/apus/wheels /media/stick
  Scripts/setup --wheels /media/stick/wheels     install on a machine without a network
"""


def main() -> int:
    options = parse_arguments()
    reporter = Reporter(options.quiet)
    try:
        with open(options.pins, encoding="utf-8") as file:
            pins = json.load(file)
        version = chosen_version(pins, options.iree)
        groups = ["needed", "linking"] + (["peers"] if options.peers else [])
        parts = [
            Part(entry, options.home) for entry in pins["parts"]
            if entry["group"] in groups and entry.get("iree", version) == version
        ]  # fmt: skip
        machine = platform.machine()
        packages = [
            entry for entry in pins["debian"]
            if entry["group"] in groups and entry.get("architecture", machine) == machine
        ]  # fmt: skip
        if options.check:
            return check(parts, packages, reporter)
        return set_up(parts, packages, options, reporter)
    except SetupError as error:
        reporter.fail(str(error))
    except OSError as error:
        reporter.fail(f"{error.strerror or error}: {error.filename or options.home}")
    except KeyboardInterrupt:
        reporter.fail("interrupted; the next setup continues from here")
    return 1


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="Scripts/setup",
        description="Puts the prebuilt parts of the toolchain into $APUS_HOME, else ~/.cache/apus.",
        epilog=USAGE_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--peers", action="store_true", help="also bring what tests and benchmarks compare with"
    )
    parser.add_argument("--check", action="store_true", help="only verify what is installed")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    parser.add_argument(
        "--wheels",
        metavar="DIR",
        help="take the wheels and source archives from a folder, without the network",
    )
    parser.add_argument(
        "--keep-wheels",
        action="store_true",
        help="keep downloaded wheels and source archives in $APUS_HOME/wheels",
    )
    parser.add_argument("--pins", metavar="FILE", help="the pin file to follow")
    parser.add_argument(
        "--iree", metavar="VERSION", help="the version of IREE (default: the pin file's first)"
    )
    options = parser.parse_args()

    environment = os.environ
    options.home = Path(environment.get("APUS_HOME") or Path.home() / ".cache/apus").absolute()
    options.wheels = options.wheels or environment.get("APUS_WHEELS")
    options.iree = options.iree or environment.get("APUS_IREE_VERSION")
    options.pins = options.pins or environment.get("APUS_PINS") or str(PINS)
    if options.wheels and not os.path.isdir(options.wheels):
        parser.error(f"no such folder: {options.wheels}")
    if not os.path.isfile(options.pins):
        parser.error(f"no such pin file: {options.pins}")
    return options


def chosen_version(pins: dict, chosen: str | None) -> str:
    """The version of IREE to install: the chosen one, which the pin file must have parts for."""
    versions = [pins["iree"], *(part["iree"] for part in pins["parts"] if "iree" in part)]
    if chosen and chosen not in versions:
        known = ", ".join(dict.fromkeys(versions))
        raise SetupError(f"no version {chosen} of IREE is pinned; there are: {known}")
    return chosen or pins["iree"]


def set_up(parts: list[Part], packages: list[dict], options, reporter: Reporter) -> int:
    """Installs the parts that are not there. Those that cannot be had here are only reported."""
    missing_packages = debian.missing(packages)
    has_installed = bool(missing_packages) and debian.install_packages(missing_packages, reporter)
    if has_installed:
        missing_packages = debian.missing(packages)
    unavailable = [part for part in parts if part.problem() and part.unavailability()]
    wanted = [part for part in parts if part not in unavailable]

    if not is_tidy(options.home) or any(part.problem() for part in wanted):
        with lock(options.home, reporter) as lock_file:
            sweep(options.home)
            archives = Archives(options, lock_file, reporter)
            try:
                for part in wanted:
                    if part.problem():
                        install(part, archives, reporter)
                archives.discard_downloads()
            finally:
                sweep(options.home)
        has_installed = True

    for part in unavailable:
        reporter.fail(f"the {part.name} part, for {part.purpose}: {part.unavailability()}")
    if missing_packages:
        reporter.fail(debian.explain_missing(missing_packages))
    if unavailable or missing_packages:
        return 1
    if has_installed:
        reporter.say(f"the toolchain is installed in {options.home}")
    else:
        reporter.say(f"nothing to do: the toolchain in {options.home} is complete")
    return 0


def check(parts: list[Part], packages: list[dict], reporter: Reporter) -> int:
    """Verifies every installed file against its stamp, and the stamp against the pins."""
    status = 0
    for part in parts:
        problem = part.problem(thorough=True)
        if problem:
            setup = "Scripts/setup" + (" --peers" if part.group == "peers" else "")
            reporter.fail(
                f"the {part.name} part, for {part.purpose}: {problem}\n"
                f"  bring it anew: rm -rf {part.folder} && {setup}"
            )
            status = 1
        else:
            reporter.say(f"{part.name}: {part.folder}")
    missing_packages = debian.missing(packages)
    if missing_packages:
        reporter.fail(debian.explain_missing(missing_packages))
        status = 1
    return status
