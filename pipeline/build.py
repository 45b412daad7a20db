"""build: the export of a whole content repository; little more than a look at the disk where nothing has changed."""

from collections.abc import Callable
from datetime import date

from pipeline.cache import Cache
from pipeline.model.outcome import Outcome, Verdict
from pipeline.model.track import Track, silently
from pipeline.run import Run, begin
from pipeline.workspace import Workspace


def build(
    workspace: Workspace,
    today: date,
    *,
    jobs: Callable[[], int],
    cluster: str | None = None,
    check: bool = False,
    track: Track = silently,
) -> Outcome:
    """Export every locale that is complete; all files are in their places, or none is.

    So many `jobs` at once do it, or the workers of the scheduler at `cluster`. With `check` nothing is written, and
    nothing that an earlier run has found is believed.
    """
    if check:
        return _made(begin(workspace, today, None), jobs(), cluster, track)
    with Cache(workspace.root) as cache:
        run = begin(workspace, today, cache)
        return run.known_outcome() or _made(run, jobs(), cluster, track)


def find(
    workspace: Workspace, today: date, *, jobs: Callable[[], int], cluster: str | None = None, track: Track = silently
) -> Verdict:
    """Everything that is wrong with sources, catalogs and disclaimers. Nothing but the cache is written."""
    with Cache(workspace.root) as cache:
        run = begin(workspace, today, cache)
        known = run.known_verdict()
        if known is not None:
            return known
        from pipeline.making import judge_all

        verdict = judge_all(run, jobs(), cluster, track)
        run.keep_verdict(verdict)
        return verdict


def _made(run: Run, jobs: int, cluster: str | None, track: Track) -> Outcome:
    # Most runs find nothing to do, and need none of what it takes to do it.
    from pipeline.making import make

    return make(run, jobs, cluster, track)
