"""run: one export: how the disk looked before it, and what it leaves for the next."""

import os
import time
from dataclasses import dataclass
from datetime import date

import msgspec

from pipeline.cache import Cache, key, version
from pipeline.model.outcome import Outcome
from pipeline.stamps import Stamps, stamps
from pipeline.workspace import LOCALES, MESSAGES, WAIVERS, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One export. `name` names the files that it stages, `code` stands for all that we are.

    `before` are the stamps of all that it reads and writes, before it did. `settled` is false where a file was changed
    a moment ago, which could be changed again without looking different: then nothing hangs on stamps. Without a
    cache nothing that an earlier run has found is believed, and nothing is written.
    """

    workspace: Workspace
    today: date
    name: str
    code: str
    before: Stamps
    settled: bool
    cache: Cache | None

    def recall(self, name: str) -> bytes | None:
        """What an earlier run has kept for as long as stamps are the same."""
        return self.cache.get(name) if self.cache is not None and self.settled else None

    def after(self) -> Stamps | None:
        """The stamps after what was written has settled; None where nothing may hang on them."""
        if self.cache is None or not self.settled:
            return None
        exports = self.workspace.exports
        written = stamps(self.workspace.root, (exports,))
        while not self.cache.settled(written.newest):
            time.sleep(0.01)
            written = stamps(self.workspace.root, (exports,))
        read = {name: one for name, one in self.before.digests.items() if not name.startswith(f"{exports}/")}
        return Stamps({**read, **written.digests}, written.newest)

    def keep(self, at: Stamps, outcome: Outcome) -> None:
        """Remember what the next run will find to do as long as all is as it is now."""
        if self.cache is not None:
            self.cache.put(self._key(at), msgspec.msgpack.encode(outcome))

    def known(self) -> Outcome | None:
        """The outcome of an export that would change nothing, if an earlier run has found so."""
        data = self.recall(self._key(self.before))
        return None if data is None else msgspec.msgpack.decode(data, type=Outcome)

    def _key(self, at: Stamps) -> str:
        return key("run", self.code, self.today.isoformat(), at.together())


def begin(workspace: Workspace, today: date, cache: Cache | None) -> Run:
    """A run that has looked at the disk, and at nothing else."""
    names = (MESSAGES, LOCALES, workspace.exports, WAIVERS, workspace.settings_file)
    before = stamps(workspace.root, names) if cache is not None else Stamps({}, 0)
    return Run(
        workspace=workspace,
        today=today,
        name=str(os.getpid()),
        code=version(),
        before=before,
        settled=cache is not None and cache.settled(before.newest),
        cache=cache,
    )
