"""machine: what the figures were measured on, and with which versions."""

import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

_PROGRAMS = {
    "Hugo": ("hugo", "version"),
    "po4a": ("po4a", "--version"),
    "gettext": ("msgmerge", "--version"),
}
_PACKAGES = ("polib", "Babel", "Jinja2", "mdpo", "rspolib", "translate-toolkit", "click")
_VERSION = re.compile(r"\d+\.\d+[.\d]*")


def machine() -> str:
    """Processor, cores, memory, system."""
    cores = len(os.sched_getaffinity(0))
    memory = _found(r"MemTotal:\s+(\d+) kB", "/proc/meminfo")
    return ", ".join(
        (
            _found(r"model name\s*:\s*(.+)", "/proc/cpuinfo") or platform.machine(),
            f"{cores} core{'' if cores == 1 else 's'}",
            f"{int(memory) / 2**20:.0f} GiB of memory" if memory else "memory unknown",
            f"{platform.system()} {platform.release().partition('-')[0]}",
        )
    )


def _found(pattern: str, file: str) -> str:
    try:
        match = re.search(pattern, Path(file).read_text("utf-8", errors="replace"))
    except OSError:
        return ""
    return match[1].strip() if match else ""


def versions() -> str:
    """The versions of Python and of the peers that are there."""
    return ", ".join((f"Python {platform.python_version()}", *_programs(), *_packages()))


def _programs() -> Iterator[str]:
    for name, command in _PROGRAMS.items():
        if shutil.which(command[0]):
            told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
            match = _VERSION.search(told)
            yield f"{name} {match[0] if match else '?'}"


def _packages() -> Iterator[str]:
    for name in _PACKAGES:
        try:
            yield f"{name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            continue
