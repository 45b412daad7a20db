"""release: the wire format of a published release: its signed list of files, its signature, the pointer to it."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from pipeline.model.bundle import FileDigest, LanguageTag, Sha256

# Names inside a release, and in the target that holds releases.
MANIFEST = "release.json"
SIGNATURE = "release.json.sig"
INDEX = "index.json"
POINTER = "current"
RELEASES = "releases"

# A release is read from places that others can write to: nothing in it may be larger than this.
MAX_POINTER = 4_096
MAX_SIGNATURE = 65_536
MAX_MANIFEST = 16_000_000
MAX_FILE = 64_000_000
MAX_FILES = 50_000
MAX_TOTAL = 1_000_000_000

Path = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,7}$", max_length=240)
]
Version = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Moment = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(min_length=1, max_length=2_000)]
Size = Annotated[int, Meta(ge=0, le=MAX_FILE)]


class _Record(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    pass


class ReleasedFile(_Record, frozen=True):
    """A file of the release; path is relative to the release, size in bytes."""

    path: Path
    sha256: Sha256
    size: Size


class Withdrawal(_Record, frozen=True):
    """What must not be shown any more: a document, a locale, or one document in one locale.

    null stands for every one. tombstones are the paths of the bundles that were taken away.
    """

    document: str | None
    locale: LanguageTag | None
    reason: Words
    by: Words
    when: Moment
    tombstones: list[Path]

    @property
    def what(self) -> str:
        """How it is called on the command line: LOCALE, DOCUMENT or DOCUMENT:LOCALE."""
        return ":".join(part for part in (self.document, self.locale) if part is not None)

    def covers(self, document: str, locale: str) -> bool:
        """Whether a bundle is withdrawn."""
        return self.document in (None, document) and self.locale in (None, locale)


class EarlierRelease(_Record, frozen=True):
    """A release that was current before and can still be read."""

    version: Version
    digest: Sha256


class Release(_Record, frozen=True):
    """`release.json`: every file of a release but itself and its signature.

    version only grows. earlier are the releases that the target keeps, the newest first; sources are the files
    of the content repository that it was made from. The SHA-256 of the bytes of this file names the release.
    """

    type: Literal["faq-release"]
    format_version: Literal["1.0"]
    project: str
    version: Version
    published: Moment
    expires: Moment
    withdrawn: list[Withdrawal]
    earlier: list[EarlierRelease]
    sources: list[FileDigest]
    files: Annotated[list[ReleasedFile], Meta(max_length=MAX_FILES)]


class KeySignature(_Record, frozen=True):
    """key is the SHA-256 of the 32 bytes of the public key, signature the 64 bytes of Ed25519 in Base64."""

    key: Sha256
    signature: Annotated[str, Meta(pattern="^[A-Za-z0-9+/]{86}==$")]


class Signatures(_Record, frozen=True):
    """`release.json.sig`: one signature for each key, of exactly the bytes of `release.json`."""

    signatures: Annotated[list[KeySignature], Meta(min_length=1, max_length=16)]


class Pointer(_Record, frozen=True):
    """`current`: which release is to be read now. It is not signed itself: what it names is."""

    digest: Sha256
    version: Version
    signed: bool


class Tombstone(_Record, frozen=True):
    """Stands at the place of the JSON of a bundle that was withdrawn."""

    withdrawn: Literal[True]
    document: str
    locale: LanguageTag
    reason: str
    by: str
    when: Moment


class Remembered(_Record, frozen=True):
    """What a verifier keeps of the newest release that it has seen."""

    project: str
    version: Version
    digest: Sha256
