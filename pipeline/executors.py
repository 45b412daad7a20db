"""executors: the same work here, on several cores, or on the machines of a cluster."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from pipeline.errors import PipelineError

Shared = TypeVar("Shared", contravariant=True)
Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)
Common = TypeVar("Common")

# Fewer bundles than this are done before other processes have begun.
WORTH_SHARING = 40


class Work(Protocol[Shared, Item, Result]):
    """A function of a module, so that other processes find it; what it is given and returns can be pickled."""

    def __call__(self, shared: Shared, item: Item, /) -> Result: ...


@dataclass(frozen=True, slots=True)
class Results:
    """Results as they come, and how many there will be."""

    count: int
    results: Iterator[Any]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Any]:
        return self.results


class Crew(Protocol):
    """Does work with what all of it shares."""

    def map(self, work: "Work[Any, Any, Any]", items: Sequence[Any]) -> "Results":
        """The results in the order of the items.

        A PipelineError that a piece of work raises is raised here. Whatever else ends it, or its worker, becomes one
        that names the items (by `str`); work that is done inline raises that as it is.
        """
        ...


class Inline(Generic[Common]):
    """Here, one after the other."""

    def __init__(self, shared: Common) -> None:
        self._shared = shared

    def map(self, work: Work[Any, Any, Any], items: Sequence[Any]) -> Results:
        return Results(len(items), (work(self._shared, item) for item in items))


class WhereItIsWorth:
    """`here`, if there is one, does work on few bundles; for more there are `others`, who begin then."""

    def __init__(self, here: Crew | None, others: Callable[[], AbstractContextManager[Crew]]) -> None:
        self._here = here
        self._others = others
        self._stack = ExitStack()
        self._begun: Crew | None = None

    def map(self, work: Work[Any, Any, Any], items: Sequence[Any], bundles: int) -> Results:
        """As that of any crew; the items are worth so many bundles."""
        if not items:
            return Results(0, iter(()))
        if self._here is not None and bundles < WORTH_SHARING:
            return self._here.map(work, items)
        if self._begun is None:
            self._begun = self._stack.enter_context(self._others())
        return self._begun.map(work, items)

    def rest(self) -> None:
        """Let the others go, with all that they have learned; if there is more to do, it is for new ones."""
        self._begun = None
        self._stack.close()

    def __enter__(self) -> "WhereItIsWorth":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)


class Pool:
    """Workers behind an executor of `concurrent.futures`, so many of them; `submit` brings what is shared along."""

    def __init__(self, submit: "Callable[[Any, Any], Future[Any]]", workers: int) -> None:
        self._submit = submit
        self._workers = workers

    def map(self, work: Work[Any, Any, Any], items: Sequence[Any]) -> Results:
        futures = [self._submitted(work, item) for item in items]
        return Results(len(items), self._results(futures, items))

    def wait(self, future: "Future[Any]") -> None:
        """Until it is done. Raises PipelineError where it never will be."""
        wait((future,))

    def lost(self, error: Exception, names: Sequence[str]) -> PipelineError | None:
        """What to say of an error that is the end of a worker and not of its work.

        The first of the names is what it came for; the others may have been under way too.
        """
        if not isinstance(error, BrokenExecutor):
            return None
        return PipelineError(
            f"a worker died while it worked on {', '.join(names)}",
            hint="is there enough memory? --jobs 1 works in one process; earlier exports stand",
        )

    def _submitted(self, work: Work[Any, Any, Any], item: Any) -> "Future[Any]":
        try:
            return self._submit(work, item)
        except BrokenExecutor as error:
            never: Future[Any] = Future()
            never.set_exception(error)
            return never

    def _results(self, futures: "list[Future[Any]]", items: Sequence[Any]) -> Iterator[Any]:
        try:
            for number, future in enumerate(futures):
                self.wait(future)
                try:
                    result = future.result()
                except PipelineError:
                    raise
                except Exception as error:
                    # They began in order, and nobody says which of those that were under way it was.
                    unfinished = (str(item) for item, own in zip(items, futures, strict=True) if not _finished(own))
                    lost = self.lost(error, tuple(islice(unfinished, self._workers)))
                    raise lost or _failed(error, items[number]) from error
                # What was taken need not be kept.
                futures[number] = _TAKEN
                yield result
        finally:
            for future in futures:
                future.cancel()


@contextmanager
def crew(shared: Common, jobs: int) -> Iterator[Crew]:
    """Workers for as long as they are needed: processes of this machine, or none besides this one for one job."""
    if jobs <= 1:
        yield Inline(shared)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked worker has what is shared without a copy; elsewhere it is sent to each once.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    executor = ProcessPoolExecutor(jobs, context, _begin, (shared,))
    try:
        # All begin with the first thing to do. A signal that came between would leave one that nobody ends.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        executor.submit(os.getpid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        yield Pool(lambda work, item: executor.submit(_work, work, item), jobs)
    except BaseException:
        for process in list((executor._processes or {}).values()):
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


_TAKEN: "Future[Any]" = Future()
_TAKEN.set_result(None)


def _finished(future: "Future[Any]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _failed(error: Exception, item: object) -> PipelineError:
    return PipelineError(
        f"a fault of the pipeline itself while it worked on {item}: {type(error).__name__}: {error}",
        hint="`--jobs 1` shows where; please report it; earlier exports stand",
    )


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_ENDING = (signal.SIGINT, signal.SIGTERM)

_shared: Any = None


def _begin(shared: Any) -> None:
    global _shared
    _shared = shared
    # Ctrl-C reaches every process of the terminal; the one that people see ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _work(work: Work[Any, Any, Any], item: Any) -> Any:
    return work(_shared, item)
