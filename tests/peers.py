"""peers: other programs that the tests compare ours with; one that is missing skips the test, or fails it in CI."""

import importlib.util
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

_DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "msgcat": "gettext",
    "msgfmt": "gettext",
    "msginit": "gettext",
    "pandoc": "pandoc",
    "xmllint": "libxml2-utils",
}


def require(program: str) -> str:
    """The path of a program.

    Without it the test is skipped, saying which Debian package to install; where PIPELINE_REQUIRE_PEERS=1 is set it
    fails instead.
    """
    path = shutil.which(program)
    if path is None:
        _missing(f"{program} is not installed: apt-get install {_DEBIAN_PACKAGES.get(program, program)}")
    return path


def require_package(name: str) -> Path:
    """The folder of an installed Python package, which is not imported; missing ones are treated as in `require`."""
    specification = importlib.util.find_spec(name)
    if specification is None or specification.origin is None:
        _missing(f"the Python package {name} is not installed: pip install -e '.[dev]'")
    return Path(specification.origin).parent


def _missing(reason: str) -> NoReturn:
    if os.environ.get("PIPELINE_REQUIRE_PEERS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
