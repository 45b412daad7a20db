"""run: one export: how the disk looked before it, and what it leaves for the next."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from pipeline.cache import Cache, key, version
from pipeline.model.outcome import Outcome, Verdict
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

    def after(self, written: Iterable[str]) -> Stamps | None:
        """The stamps after these names were written or removed, once they have settled; None where nothing may hang on
        them.

        Only what they lie in is looked at again: what else has changed meanwhile is for the next run to see.
        """
        if self.cache is None or not self.settled:
            return None
        last = self.cache.moment()
        for _ in range(100):
            if self.cache.settled(last):
                break
            time.sleep(0.01)
        else:
            return None
        things = {"/".join(name.split("/")[: self.workspace.exports.count("/") + 2]) for name in written}
        return self.before.again(self.workspace.root, sorted(things))

    def known_outcome(self) -> Outcome | None:
        """The outcome of an export that would change nothing, if an earlier run has found so."""
        data = self.recall(self._key("outcome", self.before))
        return None if data is None else msgspec.msgpack.decode(data, type=Outcome)

    def keep_outcome(self, at: Stamps, outcome: Outcome) -> None:
        """Remember what the next export will find as long as all is as it is then."""
        if self.cache is not None:
            self.cache.put(self._key("outcome", at), msgspec.msgpack.encode(outcome))

    def known_verdict(self) -> Verdict | None:
        """What an earlier run has found in the same sources and catalogs."""
        data = self.recall(self._key("verdict", self._read()))
        return None if data is None else msgspec.msgpack.decode(data, type=Verdict)

    def keep_verdict(self, verdict: Verdict) -> None:
        """Remember what is found as long as sources and catalogs are as they were."""
        if self.cache is not None and self.settled:
            self.cache.put(self._key("verdict", self._read()), msgspec.msgpack.encode(verdict))

    def _read(self) -> Stamps:
        """The stamps without those of the exports."""
        exports = f"{self.workspace.exports}/"
        digests = {name: one for name, one in self.before.digests.items() if not name.startswith(exports)}
        return Stamps(digests, self.before.newest)

    def _key(self, kind: str, at: Stamps) -> str:
        return key(kind, self.code, self.today.isoformat(), at.together())


def begin(workspace: Workspace, today: date, cache: Cache | None) -> Run:
    """A run that has looked at the disk, and at nothing else."""
    names = (MESSAGES, LOCALES, workspace.exports, WAIVERS, workspace.settings_file)
    before = stamps(workspace.root, names) if cache is not None else Stamps({}, 0)
    return Run(
        workspace=workspace,
        today=today,
        # Numbers of processes come again, on another machine too.
        name=f"{os.getpid()}-{os.urandom(4).hex()}",
        code=version(),
        before=before,
        settled=cache is not None and cache.settled(before.newest),
        cache=cache,
    )
