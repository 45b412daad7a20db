"""cluster: work on other machines, which see the same folder as this one (the only door of Dask)."""

import os
import platform
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import PipelineError
from pipeline.executors import Crew, Pool, Work

if TYPE_CHECKING:
    from distributed import Client

Common = TypeVar("Common")

# So long we wait for a scheduler, for a first worker, and for another worker when the last one has gone, in seconds.
_PATIENCE = 10.0

_LOOK_EVERY = 1.0

_LOGS = ("distributed", "distributed.client", "tornado", "tornado.application")

_STANDS = "earlier exports stand; see that the cluster runs, then try again"


@contextmanager
def crew(shared: Common, address: str, seen: Path, *, writes: bool) -> Iterator[Crew]:
    """The workers of a Dask scheduler. Each must see the file `seen` as it is here, and may have to write beside it.

    What is shared is sent once; a piece of work whose worker dies is done again by another. Raises PipelineError for
    a scheduler or workers that are not there, are no longer there, or are not fit for the work.
    """
    client = _connected(address)
    try:
        with _while_it_lasts(address):
            ours = _Ours(versions=tuple(_versions().items()), seen=str(seen), digest=_digest(seen), writes=writes)
            workers = _fit(client, address, ours)
            (everywhere,) = client.scatter([shared], broadcast=True, hash=False)
            executor = client.get_executor(pure=False)
        yield _Machines(
            lambda work, item: executor.submit(_work, ours, work, everywhere, item),
            workers,
            client,
            everywhere,
            address,
        )
    finally:
        # Nothing of it is worth waiting for: what is still under way is nobody's any more.
        with suppress(Exception):
            client.close(timeout=2)


class _Machines(Pool):
    def __init__(
        self,
        submit: "Callable[[Any, Any], Future[Any]]",
        workers: int,
        client: "Client",
        everywhere: Any,
        address: str,
    ) -> None:
        super().__init__(submit, workers)
        self._client = client
        self._everywhere = everywhere
        self._address = address
        self._alone_since: float | None = None

    def wait(self, future: "Future[Any]") -> None:
        while not wait((future,), timeout=_LOOK_EVERY).done:
            with _while_it_lasts(self._address):
                # Workers that have come since the last one went know nothing of what is shared.
                someone = bool(self._client.nthreads()) and self._everywhere.status == "finished"
            now = time.monotonic()
            self._alone_since = None if someone else self._alone_since or now
            if self._alone_since is not None and now - self._alone_since > _PATIENCE:
                raise _alone(self._address)

    def lost(self, error: Exception, names: Sequence[str]) -> PipelineError | None:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            times = error.allowed_failures + 1
            return PipelineError(
                f"{times} workers died, one after the other, each while it worked on {names[0]}",
                hint="have they enough memory? earlier exports stand",
            )
        if not isinstance(error, CancelledError):
            return None
        # What is shared was with them alone; a scheduler that is there still has said so.
        return _alone(self._address) if self._client.status == "running" else _lost(self._address)


def _lost(address: str) -> PipelineError:
    return PipelineError(f"lost the scheduler {address}", hint=_STANDS)


def _alone(address: str) -> PipelineError:
    return PipelineError(f"no worker of {address} is left", hint=_STANDS)


@contextmanager
def _while_it_lasts(address: str) -> Iterator[None]:
    try:
        yield
    except (OSError, CancelledError) as error:  # those of Dask's connections and time limits among them
        raise _lost(address) from error


def _connected(address: str) -> "Client":
    try:
        import dask

        # We say ourselves what goes wrong, once.
        dask.config.set({"logging": dict.fromkeys(_LOGS, "critical")})
        from distributed import Client
    except ImportError:
        raise PipelineError("--cluster needs the extra `scale`", hint="pip install 'faq-pipeline[scale]'") from None
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (TypeError, RuntimeError) as error:
        # So Dask says that it needs certificates and knows of none, or must not do without.
        raise PipelineError(
            f"no certificates for {address}", hint="Dask's own settings say where they lie, see docs/scaling.md"
        ) from error
    except (OSError, ValueError) as error:
        raise PipelineError(
            f"no scheduler answers at {address}", hint="`dask scheduler` starts one and says its address"
        ) from error


# ---- whether a worker is fit for the work


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ours:
    """What a worker must have: these versions, the file `seen` with that digest, and a right to write beside it."""

    versions: tuple[tuple[str, str], ...]
    seen: str
    digest: str
    writes: bool


def _fit(client: "Client", address: str, ours: _Ours) -> int:
    """How many workers there are. Raises PipelineError that names those which are not fit."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        hint = f"`dask worker {address} --nthreads 1 --nworkers -1` starts those of a machine"
        raise PipelineError(f"no worker has come to {address}", hint=hint) from None
    found: Mapping[str, str | Exception] = client.run(_unfit, ours, on_error="return")
    for worker, what in sorted(found.items()):
        if what:
            said = what if isinstance(what, str) else f"has no pipeline that runs: {type(what).__name__}: {what}"
            raise PipelineError(f"the worker {worker} {said}", hint=_ALIKE)
    return len(found)


_ALIKE = "workers need the versions of this machine, and the content repository at the same path; see docs/scaling.md"


def _unfit(ours: _Ours) -> str:
    """What is wrong with this worker; nothing if it is fit."""
    theirs = _versions()
    for name, version in ours.versions:
        if theirs.get(name) != version:
            return f"has {name} {theirs.get(name, 'not at all')}, not {version}"
    if _digest(Path(ours.seen)) != ours.digest:
        return f"does not see {ours.seen} as it is here"
    if ours.writes and not os.access(Path(ours.seen).parent, os.W_OK):
        return f"may not write in {Path(ours.seen).parent}"
    return ""


@lru_cache(maxsize=1)
def _checked(ours: _Ours) -> str:
    return _unfit(ours)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=1)
def _versions() -> Mapping[str, str]:
    """Of all that exports depend on. Other than `cache.version`, it is the same for the same files elsewhere."""
    package = Path(__file__).parent
    code = sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            code.update(f"{path.relative_to(package).as_posix()}\0{_digest(path)}\n".encode())
    required = metadata.requires("faq-pipeline") or ()
    needed = [match[0] for line in required if "extra ==" not in line and (match := re.match(r"[\w.-]+", line))]
    return {
        "a pipeline of the code": code.hexdigest()[:12],
        "Python": platform.python_version(),
        **{name: metadata.version(name) for name in (*needed, "distributed")},
    }


# ---- in a worker

# Threads of one worker would only take turns anyway, and what we import need not know of any.
_ALONE = threading.Lock()


def _work(ours: _Ours, work: Work[Any, Any, Any], shared: Any, item: Any) -> Any:
    # Workers come and go: this one may have come after the others were looked at.
    wrong = _checked(ours)
    if wrong:
        from distributed import get_worker

        raise PipelineError(f"the worker {get_worker().address} {wrong}", hint=_ALIKE)
    with _ALONE:
        return work(shared, item)
