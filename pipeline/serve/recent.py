"""recent: answers that were given before and would be given again, so that they need not be found again."""

from datetime import UTC, datetime

from pipeline.serve.answers import Answer, Earlier, Request, answer
from pipeline.serve.snapshot import Snapshot

# All that an answer of a release depends on besides its path; another header changes nothing.
_DECIDING = ("accept", "accept-encoding", "accept-language", "if-match", "if-none-match")

# Clients choose what they send, so neither the number nor the size of what is kept may be theirs to choose.
_MANY, _LONG = 4096, 1024

_NEVER = datetime.max.replace(tzinfo=UTC)


class Recent:
    """The answers of the release that is current, until another one is, or time changes what has to be said."""

    def __init__(self) -> None:
        self._snapshot: Snapshot | None = None
        self._until = _NEVER
        self._answers: dict[tuple[str | None, ...], Answer] = {}

    def answer(self, request: Request, snapshot: Snapshot, now: datetime, earlier: Earlier) -> Answer:
        """What `answers.answer` says."""
        if snapshot is not self._snapshot or now >= self._until:
            self._snapshot, self._until, self._answers = snapshot, snapshot.next_change(now) or _NEVER, {}
        asked = (request.method, request.path, *map(request.headers.get, _DECIDING))
        found = self._answers.get(asked)
        if found is None:
            found = answer(request, snapshot, now, earlier)
            if found.status < 400 and _of_release(request.path, snapshot) and _short(asked):
                if len(self._answers) >= _MANY:
                    self._answers.clear()
                self._answers[asked] = found
        return found


def _of_release(path: str, snapshot: Snapshot) -> bool:
    """Whether the answer comes from memory: what an earlier release has may be gone from the disk."""
    return not path.startswith("/v1/releases/") or path.startswith(f"/v1/releases/{snapshot.digest}/")


def _short(asked: tuple[str | None, ...]) -> bool:
    return sum(len(part) for part in asked if part is not None) <= _LONG
