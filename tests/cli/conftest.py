"""conftest: the command line in a copy of the reference content."""

import pytest

from tests.cli.command import Run, runner
from tests.repository import Repository


@pytest.fixture
def run(repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`pipeline ...` in the folder of the repository."""
    return runner(monkeypatch, capsys, repository.root)
