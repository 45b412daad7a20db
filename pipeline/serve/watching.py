"""watching: which files of a content repository have changed, as soon as they do."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.stamps import stamps
from pipeline.workspace import EXPORTS, LOCALES, MESSAGES, SETTINGS, WAIVERS

# Editors write a file in several steps: what changes within so many milliseconds comes as one.
TOGETHER = 400

# What no notification comes for, such as a folder that was deleted and made anew, is looked for every so often.
LOOK = 1000


async def changes(root: Path, seen: Mapping[str, str]) -> AsyncIterator[frozenset[str]]:
    """The names of what is new, gone or other than `seen`, again and again; empty sets between."""
    while True:
        async with aclosing(_wakes(root)) as wakes:
            async for _ in wakes:
                now = await asyncio.to_thread(looked, root)
                yield frozenset(name for name, _ in seen.items() ^ now.items())
                seen = now
        await asyncio.sleep(LOOK / 1000)


async def _wakes(root: Path) -> AsyncGenerator[None]:
    """Comes when something may have changed; ends when nothing can be watched, or other folders than before."""
    from watchfiles import awatch

    watched = _folders(root)
    yield
    # A folder can be deleted before it is watched, and a machine watches only so many.
    with suppress(OSError, RuntimeError):
        events = awatch(*watched, debounce=TOGETHER, rust_timeout=LOOK, yield_on_timeout=True, watch_filter=None)
        async with aclosing(events):
            async for _ in events:
                yield
                if _folders(root) != watched:
                    return


def _folders(root: Path) -> dict[Path, int]:
    """The folders to watch; one that was made anew is another."""
    found: dict[Path, int] = {}
    for folder in (root / MESSAGES, root / LOCALES):
        with suppress(OSError):
            found[folder] = folder.stat().st_ino
    return found


def looked(root: Path) -> Mapping[str, str]:
    """A digest for each file, and each folder of a locale, that the preview depends on."""
    return stamps(root, (*SETTINGS, WAIVERS, f"{EXPORTS}/index.json", MESSAGES, LOCALES)).digests


def need_watchfiles() -> None:
    try:
        import watchfiles  # noqa: F401
    except ImportError:
        raise PipelineError("this needs the extra `serve`", hint="pip install 'faq-pipeline[serve]'") from None
