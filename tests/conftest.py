"""conftest: the fixtures that all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.repository import Repository, reference_repository

# No example is judged by the speed of the machine. In CI the same examples run each time, so that a red run is a
# change's own; elsewhere each run tries others.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A copy of the reference content that a test may break."""
    folder = tmp_path / "content"
    folder.mkdir()
    return reference_repository(folder)
