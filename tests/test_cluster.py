"""cluster: a real scheduler and real workers export the same bytes; whatever is lost on the way, no harm is done."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from distributed import Client, Security

from pipeline import cluster
from pipeline.build import build, find
from pipeline.errors import PipelineError
from pipeline.executors import cores
from pipeline.workspace import open_workspace
from tests.benchmarks.generate import generate
from tests.cli.command import environment, process
from tests.repository import ROOT, TODAY, Repository

pytestmark = pytest.mark.thorough

STANDS = "earlier exports stand; see that the cluster runs, then try again"


@dataclass
class Cluster:
    """A scheduler on the loopback interface and its workers, as the commands of Dask start them."""

    folder: Path
    scheduler: "subprocess.Popen[bytes]"
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    security: Security | None = None

    @property
    def address(self) -> str:
        return str(json.loads(self._place.read_text("utf-8"))["address"])

    @property
    def _place(self) -> Path:
        return self.folder / "scheduler.json"

    def hire(self, **values: str) -> "subprocess.Popen[bytes]":
        """Another worker, which waits for the scheduler itself."""
        arguments = ("--scheduler-file", str(self._place), "--nthreads", "1", "--no-nanny")
        self.workers.append(dask("worker", *arguments, folder=self.folder, **values))
        return self.workers[-1]

    def ready(self, workers: int) -> None:
        """Wait until there are so many workers."""
        until(lambda: self._place.exists() and self._place.read_text("utf-8").endswith("}"))
        with Client(self.address, timeout=60, set_as_default=False, security=self.security) as client:
            until(lambda: len(client.nthreads()) == workers)

    def end(self) -> None:
        for one in (*self.workers, self.scheduler):
            one.kill()
            one.wait()


def dask(*arguments: str, folder: Path, **values: str) -> "subprocess.Popen[bytes]":
    known = {"PYTHONPATH": str(ROOT), **values}
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
        cwd=folder,
        env=environment(**known),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def started(folder: Path, workers: int, security: Security | None = None, **values: str) -> Iterator[Cluster]:
    protocol = "tls" if security else "tcp"
    arguments = ("--host", "127.0.0.1", "--port", "0", "--protocol", protocol)
    place = ("--scheduler-file", str(folder / "scheduler.json"))
    running = Cluster(folder, dask("scheduler", *arguments, *place, folder=folder, **values), security=security)
    try:
        for _ in range(workers):
            running.hire(**values)
        running.ready(workers)
        yield running
    finally:
        running.end()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One for the tests that leave it as it was."""
    with started(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running


@pytest.fixture
def breaking(tmp_path: Path) -> Iterator[Cluster]:
    """One that a test may break."""
    with started(tmp_path, workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that was exported in one process."""
    folder = tmp_path_factory.mktemp("content")
    generate(folder, documents=8, locales=2)
    assert process("--project", str(folder), "export", "--jobs", "1").code == 0
    return folder


@pytest.fixture
def copied(content: Path, tmp_path: Path) -> Path:
    """A copy with an earlier export that was another."""
    folder = tmp_path / "content"
    shutil.copytree(content, folder, ignore=shutil.ignore_patterns(".pipeline"))
    for page in (folder / "exports").glob("*/*.html"):
        page.write_text("earlier", "utf-8")
    return folder


def exporting(folder: Path, address: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--project", str(folder), "export", "--cluster", address],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(one: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit code, and what it said was wrong."""
    _, told = one.communicate(timeout=100)
    return one.returncode, told


def exports(folder: Path) -> Mapping[str, bytes]:
    found = (path for path in (folder / "exports").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def staged(folder: Path) -> bool:
    """Whether a worker has begun to write."""
    return any((folder / "exports").glob("*/.*.tmp"))


# ---- what is done by workers, which find it here


def doubled(shared: Path, item: str) -> str:
    return f"{item} {item}"


def wait_for_ever(shared: Path, item: str) -> None:
    (shared / "begun").touch()
    until(lambda: False, seconds=600)


def stumble(shared: Path, item: str) -> str:
    raise KeyError(item)


def meet(shared: Path, item: str) -> int:
    """Go on once another worker has come."""
    (shared / f"at-{os.getpid()}").touch()
    until(lambda: len(list(shared.glob("at-*"))) > 1)
    return os.getpid()


# ---- the same bytes


def test_a_cluster_checks_without_a_trace_and_exports_the_bytes_of_one_process(
    lasting: Cluster, content: Path, copied: Path
) -> None:
    before = exports(copied)
    assert find(open_workspace(copied), TODAY, jobs=cores, cluster=lasting.address).findings == ()
    assert exports(copied) == before
    done = process("--project", str(copied), "run", "--cluster", lasting.address)
    assert (done.code, done.err) == (0, "")
    assert exports(copied) == exports(content)


def test_the_reference_content_is_up_to_date_for_a_cluster_too(lasting: Cluster, repository: Repository) -> None:
    before = repository.files()
    outcome = build(repository.workspace(), TODAY, jobs=cores, cluster=lasting.address, check=True)
    assert (outcome.findings, outcome.differences) == ((), ())
    assert repository.files() == before


def test_where_nothing_has_changed_no_cluster_is_asked(content: Path) -> None:
    before = exports(content)
    done = process("--project", str(content), "export", "--cluster", "tcp://127.0.0.1:1")
    assert (done.code, done.err) == (0, "")
    assert exports(content) == before


# ---- what goes wrong


def test_a_fault_of_ours_names_the_unit_of_work(lasting: Cluster, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    seen.write_text("here", "utf-8")
    with cluster.crew(tmp_path, lasting.address, seen, writes=True) as workers:
        assert list(workers.map(doubled, ["a", "b"])) == ["a a", "b b"]
        with pytest.raises(PipelineError, match="while it worked on de_DE: KeyError: 'de_DE'"):
            list(workers.map(stumble, ["de_DE", "fr_FR"]))


def test_an_export_that_is_stopped_leaves_the_tree_as_it_was(lasting: Cluster, content: Path, copied: Path) -> None:
    before = exports(copied)
    one = exporting(copied, lasting.address)
    until(lambda: staged(copied) or one.poll() is not None)
    one.send_signal(signal.SIGINT)
    code, told = ended(one)
    # It may have been done already; then it is done wholly.
    assert (code, told.strip()) in ((130, "stopped"), (0, ""))
    assert exports(copied) == (before if code else exports(content))


def test_the_work_of_a_worker_that_is_killed_is_done_by_another(lasting: Cluster, content: Path, copied: Path) -> None:
    first = lasting.workers[0]
    one = exporting(copied, lasting.address)
    until(lambda: staged(copied) or one.poll() is not None)
    first.kill()
    done = ended(one)
    lasting.hire()
    lasting.ready(2)
    assert done == (0, "")
    assert exports(copied) == exports(content)


def test_a_worker_that_joins_late_takes_part(breaking: Cluster, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    seen.write_text("here", "utf-8")
    with cluster.crew(tmp_path, breaking.address, seen, writes=True) as workers:
        results = workers.map(meet, list("abcdefgh"))
        until(lambda: list(tmp_path.glob("at-*")))
        late = breaking.hire()
        assert late.pid in set(results)


def test_a_cluster_may_be_reached_over_tls_alone(content: Path, copied: Path, tmp_path: Path) -> None:
    """Dask's own settings say where certificates lie, here as variables of the environment."""
    certificate, key = certified(tmp_path)
    before = exports(copied)
    files = {"tls_ca_file": certificate, "tls_client_cert": certificate, "tls_client_key": key}
    values = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": certificate, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true"}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        values[f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT"] = certificate
        values[f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY"] = key
    with started(tmp_path, workers=1, security=Security(require_encryption=True, **files), **values) as running:
        assert running.address.startswith("tls://127.0.0.1:")
        command = ("--project", str(copied), "export", "--cluster", running.address)
        refused = process(*command)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err.startswith(f"error: no certificates for {running.address}\n")
        assert exports(copied) == before
        done = process(*command, **values)
        assert (done.code, done.err) == (0, "")
    assert exports(copied) == exports(content)


def certified(folder: Path) -> tuple[str, str]:
    """The files of a certificate that vouches for itself, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a cluster")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    places = folder / "certificate.pem", folder / "key.pem"
    places[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    forms = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    places[1].write_bytes(key.private_bytes(*forms))
    return str(places[0]), str(places[1])


def test_without_any_worker_left_the_work_ends(breaking: Cluster, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    seen.write_text("here", "utf-8")
    with cluster.crew(tmp_path, breaking.address, seen, writes=True) as workers:
        results = iter(workers.map(wait_for_ever, ["de_DE", "fr_FR"]))
        until(lambda: (tmp_path / "begun").exists())
        breaking.workers[0].kill()
        with pytest.raises(PipelineError) as raised:
            next(results)
    assert (raised.value.message, raised.value.hint) == (f"no worker of {breaking.address} is left", STANDS)


def test_a_worker_with_another_version_is_refused_by_its_address(lasting: Cluster, tmp_path: Path) -> None:
    folder = tmp_path / "pipeline"
    shutil.copytree(ROOT / "pipeline", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "errors.py").write_text((folder / "errors.py").read_text("utf-8") + "# another\n", "utf-8")
    another = lasting.hire(PYTHONPATH=str(tmp_path))
    lasting.ready(3)
    with pytest.raises(PipelineError) as raised:
        build(open_workspace(ROOT), TODAY, jobs=cores, cluster=lasting.address, check=True)
    another.kill()
    lasting.ready(2)
    told = r"the worker tcp://127\.0\.0\.1:\d+ has a pipeline of the code \w+, not \w+"
    assert re.fullmatch(told, raised.value.message)
    assert "docs/scaling.md" in (raised.value.hint or "")


def test_a_worker_that_sees_another_folder_is_refused_by_its_address(lasting: Cluster, tmp_path: Path) -> None:
    another_in_each_process = Path("/proc/self/cmdline")
    with (
        pytest.raises(PipelineError, match=r"the worker tcp://.* does not see /proc/self/cmdline as it is here"),
        cluster.crew(tmp_path, lasting.address, another_in_each_process, writes=False),
    ):
        pass


def test_without_the_scheduler_the_export_ends_and_the_earlier_one_stands(
    breaking: Cluster, content: Path, copied: Path
) -> None:
    before = exports(copied)
    one = exporting(copied, breaking.address)
    until(lambda: staged(copied) or one.poll() is not None)
    breaking.scheduler.kill()
    code, told = ended(one)
    # It may have been done already; then it is done wholly.
    assert (code, told) in ((2, f"error: lost the scheduler {breaking.address}\n  {STANDS}\n"), (0, ""))
    assert exports(copied) == (before if code else exports(content))


def test_a_scheduler_that_is_not_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    with (
        pytest.raises(PipelineError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1"),
        cluster.crew(tmp_path, "tcp://127.0.0.1:1", tmp_path, writes=True),
    ):
        pass


@pytest.mark.parametrize("command", ["check", "export", "run"])
def test_jobs_and_cluster_exclude_one_another(command: str) -> None:
    for options in (("--jobs", "2", "--cluster", "tcp://a:1"), ("--cluster", "tcp://a:1", "--jobs", "2")):
        done = process(command, *options)
        assert (done.code, done.out) == (2, "")
        assert "--jobs is for this machine" in done.err


def test_what_is_no_address_of_a_scheduler_is_refused() -> None:
    done = process("export", "--cluster", "10.0.0.5")
    assert done.code == 2
    assert "is no address of a scheduler, such as tcp://10.0.0.5:8786" in done.err


def test_without_dask_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "dask.py").write_text("raise ImportError", "utf-8")
    done = process("export", "--check", "--cluster", "tcp://127.0.0.1:1", PYTHONPATH=str(tmp_path))
    assert done.code == 2
    assert done.err == "error: --cluster needs the extra `scale`\n  pip install 'faq-pipeline[scale]'\n"
