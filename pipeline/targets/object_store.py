"""object_store: releases in a store of objects; the pointer is switched only as the one that was read before."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from pipeline.errors import PipelineError
from pipeline.model.content_type import content_type
from pipeline.model.release import MANIFEST, MAX_POINTER, POINTER, RELEASES

if TYPE_CHECKING:
    from obstore.store import ObjectStore as Store

LOCKS = "locks"
PROBES = "probes"
_DIGEST = re.compile(r"[0-9a-f]{64}")

# Younger leftovers may be the work of a publisher that is still at it, or still be read.
GRACE = timedelta(hours=1)

# A publisher that has held its lock for longer is dead; a living one gives up after half of it.
LEASE = timedelta(minutes=10)

# For how long a request is tried again.
PATIENCE = timedelta(seconds=60)

_PARALLEL = 8
_IMMUTABLE = "public, max-age=31536000, immutable"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A bucket, or a part of one, with `current` and `releases/DIGEST/`.

    `lock` is for stores without conditional writes: publishers announce themselves by an object of their own and
    give way when they see another. `holder` tells this publisher from others.
    """

    store: Store
    name: str
    lock: bool
    holder: str

    @contextmanager
    def alone(self) -> Iterator[None]:
        if not self.lock:
            self._probe()
            yield
            return
        mine = f"{LOCKS}/{self.holder}"
        self._put(mine, b"{}", {"Cache-Control": "no-store"})
        try:
            self._only(mine, LEASE)
            yield
        finally:
            self._delete([mine])

    def pointer(self) -> bytes | None:
        return self._get(POINTER, MAX_POINTER)

    def release(self, digest: str) -> StoredRelease:
        return StoredRelease(self, digest)

    def releases(self) -> tuple[str, ...]:
        found = {path.split("/")[1] for path, _ in self._list(f"{RELEASES}/") if path.count("/") > 1}
        return tuple(sorted(found))

    def add(self, digest: str, files: Mapping[str, bytes]) -> None:
        def put(path: str) -> None:
            headers = {"Cache-Control": _IMMUTABLE, "Content-Type": content_type(path)}
            self._put(f"{RELEASES}/{digest}/{path}", files[path], headers)

        with ThreadPoolExecutor(_PARALLEL) as pool:
            list(pool.map(put, sorted(set(files) - {MANIFEST})))
        put(MANIFEST)

    def switch(self, old: bytes | None, new: bytes) -> None:
        headers = {"Cache-Control": "no-cache", "Content-Type": "application/json"}
        if self.lock:
            self._only(f"{LOCKS}/{self.holder}", LEASE / 2)
            if self.pointer() != old:
                raise self._overtaken()
            self._put(POINTER, new, headers)
            return
        if old is None:
            mode: Any = "create"
        else:
            present = self._get_with_tag(POINTER, MAX_POINTER)
            if present is None or present[0] != old:
                raise self._overtaken()
            mode = {"e_tag": present[1]}
        # A write whose answer was lost is tried again, and then meets itself.
        if not self._put(POINTER, new, headers, mode) and self.pointer() != new:
            raise self._overtaken()

    def clean(self, keep: Container[str]) -> None:
        objects = tuple(self._list(f"{RELEASES}/"))
        # Ages are told by the clock of the store.
        now = dict(self._list(POINTER)).get(POINTER)
        if now is None:
            return
        newest: dict[str, datetime] = {}
        for path, written in objects:
            digest = path.split("/")[1]
            newest[digest] = max(written, newest.get(digest, written))
        ours = {digest: written for digest, written in newest.items() if _DIGEST.fullmatch(digest)}
        doomed = {digest for digest, written in ours.items() if digest not in keep and now - written > GRACE}
        probes = [path for path, written in self._list(f"{PROBES}/") if now - written > GRACE]
        self._delete([path for path, _ in objects if path.split("/")[1] in doomed] + probes)

    # The lock

    def _only(self, mine: str, lease: timedelta) -> None:
        """Raises PipelineError unless our lock is there, young enough, and the only one that is alive.

        Everybody writes first and looks then, so of two at least one sees the other; both may give way.
        """
        locks = dict(self._list(f"{LOCKS}/"))
        now = self._now()
        if now is None or mine not in locks or now - locks[mine] > lease:
            raise PipelineError(
                "publishing took too long, so that others may have taken over",
                where=self.name,
                hint="try again; nothing was switched",
            )
        others = sorted(set(locks) - {mine})
        alive = [path for path in others if now - locks[path] <= LEASE]
        if alive:
            over = max(locks[path] for path in alive) + LEASE
            raise PipelineError(
                f"another publisher is at work ({alive[0]})",
                where=self.name,
                hint=f"try again when it is done; if it was killed, its lock counts until {over:%H:%M:%S} UTC",
            )
        self._delete(others)

    def _now(self) -> datetime | None:
        """The clock of the store."""
        path = f"{PROBES}/{self.holder}-clock"
        self._put(path, b"", {})
        now = dict(self._list(path)).get(path)
        self._delete([path])
        return now

    def _probe(self) -> None:
        """Raises PipelineError for a store that would let one publisher overwrite what another has just written."""
        path = f"{PROBES}/{self.holder}"
        try:
            self._delete([path])
            created = self._put(path, b"1", {}, "create")
            again = self._put(path, b"2", {}, "create")
            replaced = self._put(path, b"3", {}, {"e_tag": '"00000000000000000000000000000000"'})
            held = self._get(path, 16)
        finally:
            self._delete([path])
        if not created or again or replaced or held != b"1":
            raise PipelineError(
                "the store does not honour conditional writes (If-None-Match, If-Match), so that two publishers could "
                "overwrite each other",
                where=self.name,
                hint="add lock=object to the address: publishers then exclude each other by objects in locks/",
            )

    # The store

    def _put(self, path: str, data: bytes, headers: Mapping[str, str], mode: Any = "overwrite") -> bool:
        """Write an object; False where the store says that the condition does not hold."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        def put() -> bool:
            try:
                obstore.put(self.store, path, data, mode=mode, attributes=dict(headers), use_multipart=False)
            except (AlreadyExistsError, PreconditionError):
                return False
            return True

        return self._call(put)

    def _get(self, path: str, limit: int) -> bytes | None:
        found = self._get_with_tag(path, limit)
        return None if found is None else found[0]

    def _get_with_tag(self, path: str, limit: int) -> tuple[bytes, str] | None:
        import obstore

        def get() -> tuple[bytes, str] | None:
            try:
                result = obstore.get(self.store, path)
            except FileNotFoundError:
                return None
            if result.meta["size"] > limit:
                return bytes(limit + 1), ""
            return bytes(result.bytes()), result.meta["e_tag"] or ""

        return self._call(get)

    def _list(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """Paths that begin with the prefix, which ends at a slash or is a whole name, and when they were written."""
        import obstore

        def collect() -> list[Any]:
            if prefix.endswith("/"):
                return list(obstore.list(self.store, prefix).collect())
            try:
                return [obstore.head(self.store, prefix)]
            except FileNotFoundError:
                return []

        for entry in self._call(collect):
            yield entry["path"], entry["last_modified"]

    def _delete(self, paths: list[str]) -> None:
        import obstore

        def delete() -> None:
            for path in paths:
                try:
                    obstore.delete(self.store, path)
                except FileNotFoundError:
                    continue

        self._call(delete)

    def _call(self, function: Callable[[], T]) -> T:
        from obstore.exceptions import BaseError

        try:
            return function()
        except (BaseError, OSError, ValueError) as error:
            # What follows the first line is how the library was built.
            said = str(error).strip().partition("\n")[0]
            raise PipelineError(
                f"the store refuses: {said}", where=self.name, hint="the current release is as it was"
            ) from error

    def _overtaken(self) -> PipelineError:
        return PipelineError(
            "another publisher has switched to its release in the meantime",
            where=self.name,
            hint="look at what is current now with `pipeline verify`, then publish again",
        )


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """The objects of one release."""

    target: ObjectStore
    digest: str

    def read(self, path: str, limit: int) -> bytes | None:
        return self.target._get(f"{RELEASES}/{self.digest}/{path}", limit)

    def names(self) -> tuple[str, ...]:
        folder = f"{RELEASES}/{self.digest}/"
        return tuple(sorted(path.removeprefix(folder) for path, _ in self.target._list(folder)))


def open_object_store(address: str, holder: str) -> ObjectStore:
    """The store of s3://bucket/prefix?endpoint=https://...&region=...&lock=object

    Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from what the machine is given by its cloud.
    """
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    unknown = sorted(set(options) - {"endpoint", "region", "lock"})
    name = f"s3://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if unknown or not parts.netloc or "@" in parts.netloc or options.get("lock", "object") != "object":
        hint = "write s3://bucket/prefix, with ?endpoint=https://host&region=eu-central-1&lock=object as far as needed"
        raise PipelineError("is not an address of a bucket", where=name, hint=hint)
    try:
        from obstore.store import S3Store
    except ImportError:
        raise PipelineError(
            "object stores need the extra `publish`", hint="pip install 'faq-pipeline[publish]'"
        ) from None
    endpoint = options.get("endpoint")
    plain = endpoint is not None and urlsplit(endpoint).scheme == "http"
    if plain and urlsplit(endpoint).hostname not in ("localhost", "127.0.0.1", "::1"):
        raise PipelineError("the endpoint is not encrypted", where=name, hint="write endpoint=https://...")
    settings: dict[str, Any] = {"region": options["region"]} if "region" in options else {}
    if endpoint is not None:
        settings["endpoint"] = endpoint
    store = S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        client_options={"allow_http": plain, "timeout": "60s", "connect_timeout": "10s"},
        retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
        **settings,
    )
    return ObjectStore(store, name, "lock" in options, holder)
