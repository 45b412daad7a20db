"""executors: the same results and the same errors in one process or in several, and a clean tree whatever happens."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
import pytest

from pipeline.errors import PipelineError
from pipeline.executors import crew
from tests.benchmarks.generate import generate
from tests.cli.command import environment

pytestmark = pytest.mark.thorough

JOBS = pytest.mark.parametrize("jobs", [1, 2])


# ---- what is done


def product(shared: int, item: int) -> int:
    # The first take longest, so that the last are done first.
    time.sleep(0.002 * (10 - item))
    return shared * item


def refuse(shared: int, item: int) -> int:
    time.sleep(0.01 * (10 - item))
    if item in (3, 7):
        raise PipelineError(f"{item} cannot be done", where=f"file-{item}", hint="leave it")
    return item


def stumble(shared: int, item: str) -> int:
    return {"de_DE": 1}[item]


def end(shared: int, item: str) -> str:
    if item == "fr_FR":
        os.kill(os.getpid(), signal.SIGKILL)
    return item


# ---- the seam


@JOBS
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    with crew(7, jobs) as workers:
        results = workers.map(product, range(10))
        assert len(results) == 10
        assert list(results) == [7 * item for item in range(10)]


@JOBS
def test_of_several_errors_the_first_in_the_order_of_the_items_is_raised(jobs: int) -> None:
    with pytest.raises(PipelineError) as raised, crew(0, jobs) as workers:
        list(workers.map(refuse, range(10)))
    error = raised.value
    assert (error.message, error.where, error.hint) == ("3 cannot be done", "file-3", "leave it")


@JOBS
def test_a_crew_does_one_kind_of_work_after_another(jobs: int) -> None:
    with crew(2, jobs) as workers:
        assert list(workers.map(product, [1, 2])) == [2, 4]
        assert list(workers.map(product, [])) == []
        assert list(workers.map(product, [3])) == [6]


def test_a_fault_of_ours_names_the_unit_of_work() -> None:
    with pytest.raises(PipelineError) as raised, crew(0, 2) as workers:
        list(workers.map(stumble, ["de_DE", "ja_JP"]))
    assert raised.value.message == "a fault of the pipeline itself while it worked on ja_JP: KeyError: 'ja_JP'"
    assert "--jobs 1" in (raised.value.hint or "")


def test_in_one_process_a_fault_of_ours_shows_where_it_is() -> None:
    with pytest.raises(KeyError), crew(0, 1) as workers:
        list(workers.map(stumble, ["de_DE", "ja_JP"]))


def test_a_worker_that_dies_is_an_error_that_names_what_was_under_way_and_nothing_else() -> None:
    with crew(0, 2) as workers:
        results = iter(workers.map(end, ["de_DE", "fr_FR", "ja_JP", "pl_PL", "ar_SA"]))
        assert next(results) == "de_DE"
        with pytest.raises(PipelineError) as raised:
            list(results)
    assert "a worker died while it worked on fr_FR" in raised.value.message
    assert "de_DE" not in raised.value.message
    assert raised.value.message.count(",") <= 1


def test_workers_end_with_their_crew() -> None:
    before = set(psutil.Process().children())
    with crew(1, 2) as workers:
        assert list(workers.map(product, [1, 2, 3])) == [1, 2, 3]
        assert set(psutil.Process().children()) > before
    assert set(psutil.Process().children()) == before


# ---- a whole export on several cores


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough for several processes, and an earlier export of it."""
    folder = tmp_path_factory.mktemp("content")
    generate(folder, documents=20, locales=2)
    assert ended(started(folder, "--jobs", "2")) == (0, "")
    return folder


@pytest.fixture
def repository(content: Path, tmp_path: Path) -> Path:
    """A copy, of which every bundle has to be made anew."""
    folder = tmp_path / "content"
    shutil.copytree(content, folder)
    settings = folder / "pyproject.toml"
    named = '[tool.pipeline]\nbase_url = "https://example.org/faq/"\n'
    settings.write_text(settings.read_text("utf-8").replace("[tool.pipeline]\n", named), "utf-8")
    return folder


def started(folder: Path, *options: str) -> "subprocess.Popen[str]":
    """`pipeline export` in a session of its own, as in a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--project", str(folder), "export", *options],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit code, and what it said was wrong."""
    _, told = process.communicate(timeout=100)
    return process.returncode, told


def exports(folder: Path) -> Mapping[str, bytes]:
    found = (path for path in (folder / "exports").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def until(condition: Callable[[], object], process: "subprocess.Popen[str]") -> None:
    """Wait until it holds or the process has ended."""
    while not condition() and process.poll() is None:
        time.sleep(0.01)


def at_work(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children()
    except psutil.NoSuchProcess:
        return []


def staged(folder: Path) -> bool:
    return any((folder / "exports").glob("*/.*.tmp"))


def test_one_process_and_several_write_the_same_bytes(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(content, folder, ignore=shutil.ignore_patterns("exports", ".pipeline"))
    assert ended(started(folder, "--jobs", "1")) == (0, "")
    assert exports(folder) == exports(content)


def test_a_worker_that_is_killed_is_told_and_the_earlier_export_stands(repository: Path) -> None:
    before = exports(repository)
    process = started(repository, "--jobs", "2")
    until(lambda: at_work(process), process)
    at_work(process)[0].kill()
    code, told = ended(process)
    assert code == 2
    assert told.startswith("error: a worker died while it worked on faq-00001")
    assert "earlier exports stand" in told
    assert exports(repository) == before


@pytest.mark.parametrize(
    ("asked", "moment"), [(signal.SIGINT, "checking"), (signal.SIGTERM, "checking"), (signal.SIGINT, "writing")]
)
def test_an_export_that_is_stopped_leaves_the_tree_as_it_was(
    repository: Path, asked: signal.Signals, moment: str
) -> None:
    before = exports(repository)
    process = started(repository, "--jobs", "2")
    until(lambda: at_work(process) if moment == "checking" else staged(repository), process)
    if asked == signal.SIGINT:
        os.killpg(process.pid, asked)  # as a terminal does
    else:
        process.send_signal(asked)
    code, told = ended(process)
    # It may have been done already; then it is done wholly.
    assert (code, told.strip()) == (130, "stopped") or (code, moment) == (0, "writing")
    if code:
        assert exports(repository) == before
    assert not staged(repository)
    assert at_work(process) == []
