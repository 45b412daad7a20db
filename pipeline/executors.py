"""executors: the same work here, on several cores, or on the machines of a cluster."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pipeline.errors import PipelineError

Shared = TypeVar("Shared", contravariant=True)
Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)
Common = TypeVar("Common")


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

        What a piece of work raises is raised here. Raises PipelineError that names the items (by `str`) where a
        worker died.
        """
        ...


class Inline(Generic[Common]):
    """Here, one after the other."""

    def __init__(self, shared: Common) -> None:
        self._shared = shared

    def map(self, work: Work[Any, Any, Any], items: Sequence[Any]) -> Results:
        return Results(len(items), (work(self._shared, item) for item in items))


class Pool(Generic[Common]):
    """Through any executor of `concurrent.futures`; `submit` brings the shared value along."""

    def __init__(self, executor: Executor, submit: Callable[[Any, Any], "Future[Any]"], workers: int) -> None:
        self._executor = executor
        self._submit = submit
        self._workers = workers

    def map(self, work: Work[Any, Any, Any], items: Sequence[Any]) -> Results:
        futures = [self._submit(work, item) for item in items]
        return Results(len(items), self._results(futures, items))

    def _results(self, futures: "list[Future[Any]]", items: Sequence[Any]) -> Iterator[Any]:
        try:
            for number, future in enumerate(futures):
                try:
                    result = future.result()
                except BrokenExecutor as error:
                    # Nobody says which of those that were under way it was.
                    names = ", ".join(str(item) for item in items[number : number + self._workers])
                    raise PipelineError(
                        f"a worker died while it worked on {names}",
                        hint="is there enough memory? --jobs 1 works in one process; earlier exports stand",
                    ) from error
                # What was taken need not be kept.
                futures[number] = Future()
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
        yield Pool(executor, lambda work, item: executor.submit(_work, work, item), jobs)
    except BaseException:
        for process in list((executor._processes or {}).values()):
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_shared: Any = None


def _begin(shared: Any) -> None:
    global _shared
    _shared = shared
    # Ctrl-C reaches every process of the terminal; the one that people see ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _work(work: Work[Any, Any, Any], item: Any) -> Any:
    return work(_shared, item)


def in_groups(items: Iterable[Common], shares: Callable[[Common], Iterable[object]]) -> tuple[tuple[Common, ...], ...]:
    """Items that share something, together, in the order of the first of each group."""
    groups: list[tuple[list[Common], set[object]]] = []
    for item in items:
        has = set(shares(item))
        met = [group for group in groups if group[1] & has]
        if not met:
            groups.append(([item], has))
            continue
        first, *others = met
        first[0].append(item)
        first[1].update(has)
        for other in others:
            first[0].extend(other[0])
            first[1].update(other[1])
            groups.remove(other)
    return tuple(tuple(group) for group, _ in groups)
