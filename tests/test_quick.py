"""quick: `make test` leaves out only tests that say so; where no peer may be missing, as in CI, none is left out."""

import os
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.peers import require
from tests.repository import ROOT

pytestmark = pytest.mark.thorough

# Collects tests in a Python where some modules are not installed.
COLLECT = """
import sys

import pytest


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


missing = set(sys.argv[1].split())
sys.meta_path.insert(0, Missing())
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *sys.argv[2:]]))
"""


def options(target: str, **environment: str) -> Sequence[str]:
    """What a target of the Makefile tells pytest."""
    outer = {name: value for name, value in os.environ.items() if "MAKE" not in name and "PEERS" not in name}
    command = [require("make"), "--dry-run", "--always-make", target]
    told = subprocess.run(command, cwd=ROOT, env=outer | environment, capture_output=True, check=True, text=True)
    (line,) = [line for line in told.stdout.splitlines() if "bin/pytest" in line]
    return shlex.split(line.partition("bin/pytest")[2])


def modules_of_dev() -> list[str]:
    """The modules that are installed here and would not be with the extra `test` alone."""
    project: Mapping[str, dict[str, list[str]]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    found = {"faq-pipeline"}
    while wanted:
        requirement = Requirement(wanted.pop())
        name = canonicalize_name(requirement.name)
        if name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            found.add(name)
            wanted.extend(requires(name) or [])
    return [
        module
        for module, owners in packages_distributions().items()
        if found.isdisjoint(canonicalize_name(owner) for owner in owners)
    ]


def test_no_test_is_left_out_where_no_peer_may_be_missing() -> None:
    assert options("test", PIPELINE_REQUIRE_PEERS="1") == options("test-all") == ["-n", "auto"]


def test_the_quick_tests_are_thousands_and_need_only_the_extra_test(request: pytest.FixtureRequest) -> None:
    """Each test of this run that is not marked is collected where nothing else is installed."""
    chosen = options("test")[2:]
    command = [sys.executable, "-c", COLLECT, " ".join(modules_of_dev()), *chosen]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    collected = {line for line in told.stdout.splitlines() if "::" in line}
    assert len(collected) > 4000
    assert {item.nodeid for item in request.session.items if not item.get_closest_marker("thorough")} <= collected
