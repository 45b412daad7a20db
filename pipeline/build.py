"""build: the export of a whole content repository; little more than a look at the disk where nothing has changed."""

from collections.abc import Callable
from datetime import date

from pipeline.cache import Cache
from pipeline.model.outcome import Outcome
from pipeline.model.track import Track, silently
from pipeline.run import Run, begin
from pipeline.workspace import Workspace


def build(
    workspace: Workspace, today: date, *, jobs: Callable[[], int], check: bool = False, track: Track = silently
) -> Outcome:
    """Export every locale that is complete; all files are in their places, or none is.

    With `check` nothing is written, and nothing that an earlier run has found is believed.
    """
    if check:
        return _made(begin(workspace, today, None), jobs(), track)
    with Cache(workspace.root) as cache:
        run = begin(workspace, today, cache)
        return run.known() or _made(run, jobs(), track)


def _made(run: Run, jobs: int, track: Track) -> Outcome:
    # Most runs find nothing to do, and need none of what it takes to do it.
    from pipeline.making import make

    return make(run, jobs, track)
