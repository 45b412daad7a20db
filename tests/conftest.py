"""conftest: the fixtures that all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.peers import require
from tests.properties import cases
from tests.repository import Repository, reference_repository

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No example is judged by the speed of the machine. In CI the same examples run each time, so that a red run is a
# change's own; elsewhere each run tries others.
settings.register_profile("here", cases(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


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
