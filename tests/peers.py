"""peers: other programs that the tests compare ours with; one that is missing skips the test, or fails it in CI."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import pytest

_DEBIAN_PACKAGES = {
    "Xvfb": "xvfb",
    "chromium": "chromium",
    "java": "default-jre-headless",
    "msgattrib": "gettext",
    "msgcat": "gettext",
    "msgfmt": "gettext",
    "msginit": "gettext",
    "msgmerge": "gettext",
    "nginx": "nginx",
    "node": "nodejs, in version 20 or newer",
    "openssl": "openssl",
    "pandoc": "pandoc",
    "pdftotext": "poppler-utils",
    "php": "php-cli",
    "unshare": "util-linux",
    "xmllint": "libxml2-utils",
}


# Set by conftest for each test.
quick = False


def require(program: str) -> str:
    """The path of a program.

    Without it the test is skipped, saying which Debian package to install; where PIPELINE_REQUIRE_PEERS=1 is set it
    fails instead.
    """
    _may_ask(program)
    # Debian keeps servers where a user's path does not lead.
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    if path is None:
        missing(f"{program} is not installed: apt-get install {_DEBIAN_PACKAGES.get(program, program)}")
    return path


def require_package(name: str) -> Path:
    """The folder of an installed Python package, which is not imported; missing ones are treated as in `require`."""
    _may_ask(name)
    specification = importlib.util.find_spec(name)
    if specification is None or specification.origin is None:
        missing(f"the Python package {name} is not installed: pip install -e '.[dev]'")
    return Path(specification.origin).parent


def require_npm() -> tuple[str, Path]:
    """Node, and the folder with the packages of tests/node; `make test-all` installs them where npm is there."""
    node = require("node")
    version = subprocess.run([node, "--version"], capture_output=True, check=True, encoding="utf-8").stdout
    if int(version.removeprefix("v").partition(".")[0]) < 20:
        missing(f"{version.strip()} of Node is too old: version 20 or newer is needed")
    folder = Path(__file__).with_name("node")
    if not (folder / "node_modules").is_dir():
        missing("the packages of tests/node are not installed: npm ci --prefix tests/node")
    return node, folder


class TestFile(pytest.Module):
    """A file of tests; one that imports a Python package that is not installed is treated as in `require`."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        try:
            return super().collect()
        except self.CollectError as error:
            name = getattr(error.__cause__, "name", None) or ""
            if not isinstance(error.__cause__, ModuleNotFoundError) or name.startswith(("pipeline", "tests")):
                raise
            missing(f"the Python package {name.partition('.')[0]} is not installed: pip install -e '.[dev]'")


def _may_ask(name: str) -> None:
    if quick:
        pytest.fail(f"a test that needs {name} is marked `thorough`", pytrace=False)


def missing(reason: str) -> NoReturn:
    if os.environ.get("PIPELINE_REQUIRE_PEERS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
