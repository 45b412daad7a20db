"""command: the command line as a person or a program calls it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from tests.repository import EPOCH, ROOT

ESCAPE = "\x1b"
SCRIPT = Path(sys.executable).with_name("pipeline")


@dataclass(frozen=True)
class Result:
    """How a call ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Result]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    """`pipeline ...` in a folder, in this process, on a fixed day."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["pipeline", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        assert "Traceback" not in err
        return Result(code or 0, out, err)

    return run


def environment(**values: str) -> dict[str, str]:
    """An environment for a process of its own, which knows nothing of where the tests run."""
    kept: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONWARNINGS": "error::ResourceWarning", **values}


def process(*arguments: str, folder: Path = ROOT, **values: str) -> Result:
    """`python -m pipeline ...` as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env=environment(**values),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    return Result(done.returncode, done.stdout, done.stderr)
