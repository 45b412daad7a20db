"""conftest: the fixtures that all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import peers
from tests.peers import TestFile, require
from tests.properties import cases
from tests.repository import Repository, reference_repository

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No example is judged by the speed of the machine. In CI the same examples run each time, so that a red run is a
# change's own; elsewhere each run tries others.
settings.register_profile("here", cases(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file that `make test` leaves out as a whole need not be imported for that; None leaves it to others."""
    if config.option.markexpr != "not thorough" or not collection_path.match("test_*.py"):
        return None
    return "\npytestmark = pytest.mark.thorough\n" in collection_path.read_text("utf-8") or None


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    module: pytest.Module = TestFile.from_parent(parent, path=module_path)
    return module


def pytest_runtest_setup(item: pytest.Item) -> None:
    peers.quick = item.get_closest_marker("thorough") is None


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all tests of a worker; few workers need it."""
    from playwright.sync_api import sync_playwright

    path = require("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield launched
        launched.close()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A copy of the reference content that a test may break."""
    folder = tmp_path / "content"
    folder.mkdir()
    return reference_repository(folder)
