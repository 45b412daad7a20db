"""bundle: the wire format of an export; encoder, JSON Schema and TypeScript types all come from these definitions.

The names are those of the JSON (camel case). A new optional field raises the minor version of SCHEMA_VERSION, any
other change the major one; docs/exports.md has the policy, and a snapshot of each version holds it.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

SCHEMA_VERSION = "1.2"

# A reader of one major version takes every minor one.
Version = Annotated[str, Meta(pattern=r"^1\.(0|[1-9][0-9]*)$")]
Direction = Literal["ltr", "rtl"]
Moment = Annotated[datetime, Meta(tz=True)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
LanguageTag = Annotated[str, Meta(pattern="^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]


def encode(record: object) -> bytes:
    """Indented JSON with a final newline: readable in a diff, the same bytes for the same record."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


class _Record(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    pass


class TextOrigin(_Record, frozen=True):
    """Where the words of one message came from.

    kind: `translated` (from a catalog), `source` (the English itself), `locale` (authored for the locale) or
    `pseudo` (made up from the English). locale is that of the words; file holds them; source is file:line of
    the English, or of the text itself.
    """

    id: str
    kind: Literal["translated", "source", "locale", "pseudo"]
    locale: LanguageTag
    file: str
    source: str


class Label(_Record, frozen=True):
    """A word of the page itself, from the ui catalogs."""

    text: str
    lang: LanguageTag
    dir: Direction
    origin: TextOrigin


class Span(_Record, frozen=True, tag_field="_type", tag="span"):
    """Text; marks are `em`, `strong` or the _key of a markDef."""

    key: str = field(name="_key")
    text: str
    marks: list[str]


class CitationPart(_Record, frozen=True):
    """A link of a citation, such as `6-8` of `3,6-8`.

    label is what a screen reader should say; anchor is its id in the HTML, target that of its first reference.
    """

    text: str
    label: str
    anchor: str
    target: str


class Citation(_Record, frozen=True, tag_field="_type", tag="citation"):
    """A superscript such as `3,6-8`; references has the keys of the records in the order of numbers.

    parts has one record for each link, with a comma between them; missing before version 1.2.
    """

    key: str = field(name="_key")
    text: str
    numbers: list[int]
    references: list[str]
    marks: list[str]
    parts: list[CitationPart] | UnsetType = UNSET


class FootnoteMark(_Record, frozen=True, tag_field="_type", tag="footnoteMark"):
    """A superscript footnote mark; footnote is the id of the note.

    label is what a screen reader should say; anchor is its id in the HTML, target that of the note. These three are
    missing before version 1.2.
    """

    key: str = field(name="_key")
    text: str
    footnote: str
    marks: list[str]
    label: str | UnsetType = UNSET
    anchor: str | UnsetType = UNSET
    target: str | UnsetType = UNSET


class LinkMark(_Record, frozen=True, tag_field="_type", tag="link"):
    """The target of a link; site-relative targets begin with a slash."""

    key: str = field(name="_key")
    href: str


class TextBlock(_Record, frozen=True, tag_field="_type", tag="block", omit_defaults=True):
    """A paragraph or list item (Portable Text block)."""

    key: str = field(name="_key")
    style: Literal["normal"]
    children: list[Span | Citation | FootnoteMark]
    mark_defs: list[LinkMark]
    list_item: Literal["bullet", "number"] | None = None
    level: int | None = None


class TableRow(_Record, frozen=True, tag_field="_type", tag="row"):
    """Cells in the order of the columns."""

    key: str = field(name="_key")
    cells: list[TextBlock]


class TableBlock(_Record, frozen=True, tag_field="_type", tag="table"):
    """A table with one heading row; alignments has one value per column, empty for the default."""

    key: str = field(name="_key")
    header: TableRow
    rows: list[TableRow]
    alignments: list[Literal["", "left", "center", "right"]]


class NoticeBlock(_Record, frozen=True, tag_field="_type", tag="notice"):
    """A safety text that must be shown at its place; label is its heading in the page's language."""

    key: str = field(name="_key")
    id: str
    label: Label
    content: list[TextBlock | TableBlock]


class RichText(_Record, frozen=True):
    """One text in three forms: the words alone, HTML, and Portable Text; origin has one record per message."""

    text: str
    html: str
    content: list[TextBlock | TableBlock | NoticeBlock]
    lang: LanguageTag
    dir: Direction
    origin: list[TextOrigin]


class EntryRecord(_Record, frozen=True):
    """A question with its answer; markets is empty where the entry is for every market."""

    id: str
    question: RichText
    answer: RichText
    markets: list[str]


class FootnoteRecord(_Record, frozen=True):
    """A note; anchor is its id in the HTML."""

    id: str
    mark: str
    anchor: str
    note: RichText


class ReferenceRecord(_Record, frozen=True):
    """A bibliographic record, the same bytes in every locale; anchor is its id in the HTML."""

    key: str
    number: int
    text: str
    lang: Literal["en"]
    dir: Literal["ltr"]
    anchor: str


class DisclaimerRecord(_Record, frozen=True):
    """A text authored for this locale; entry is the id of the entry that it follows where placement is after-entry."""

    id: str
    placement: Literal["page-top", "page-end", "after-entry"]
    entry: str | None
    body: RichText
    audience: str
    source: str
    as_of: date
    approval: str
    effective: date
    expires: date
    sample: bool


class Alternate(_Record, frozen=True):
    """The same document in another edition; paths are relative to this bundle's folder."""

    lang: LanguageTag
    json: str
    html: str


class FileDigest(_Record, frozen=True):
    """A file of the content repository and the SHA-256 of its bytes."""

    file: str
    sha256: Sha256


class ApprovalSignature(_Record, frozen=True):
    """The last approval that a role has given: by whom, when and what it means, with its code if it has one.

    digest is that of what was approved, record that of the line of the approvals record. changed names what
    has changed since; while it is empty the approval holds.
    """

    role: str
    by: str
    meaning: str
    code: str
    when: Moment
    digest: Sha256
    record: Sha256
    changed: list[Literal["source", "citations", "translation", "disclaimers", "templates"]]


class Approval(_Record, frozen=True):
    """Where the document stands in this locale; signatures has one record for each role that signed.

    state: `draft` (nobody signed), `approved` (every signature holds) or `stale` (something has changed since).
    """

    state: Literal["draft", "approved", "stale"]
    signatures: list[ApprovalSignature]


class Provenance(_Record, frozen=True):
    """What the bundle was made from, and who approved it.

    source, references and disclaimers are digests of files. wordings is the SHA-256 of the id, source and
    words of every message of this bundle as compact JSON; layout that of the templates and the style sheet.
    approval is missing in bundles of version 1.0.
    """

    source: FileDigest
    references: FileDigest
    disclaimers: FileDigest
    wordings: Sha256
    layout: Sha256
    approval: Approval | UnsetType = UNSET


class Bundle(_Record, frozen=True, kw_only=True):
    """One document in one locale; pseudo marks one of a pseudo-locale, which is never published.

    updated is the day that the authors give for the English; modified is when the words of this bundle were last
    changed, by what its sources say of themselves (missing before version 1.2).
    """

    schema: str = field(name="$schema")
    schema_version: Version
    document: str
    locale: LanguageTag
    lang: LanguageTag
    dir: Direction
    market: str
    pseudo: bool
    status: Literal["sample", "draft", "approved"]
    status_text: Label | None
    audience: str
    updated: date
    modified: Moment | UnsetType = UNSET
    title: RichText
    lead: RichText
    entries: list[EntryRecord]
    footnotes: list[FootnoteRecord]
    references: list[ReferenceRecord]
    disclaimers: list[DisclaimerRecord]
    alternates: list[Alternate]
    provenance: Provenance


class ExportedFile(_Record, frozen=True):
    """A file of the export; path is relative to the index, size in bytes."""

    path: str
    sha256: Sha256
    size: int


class Completeness(_Record, frozen=True):
    """How many messages the bundle shows, and how many of them are translated or stand in the English source."""

    messages: int
    translated: int
    source: int


class BundleRecord(_Record, frozen=True, kw_only=True):
    """A bundle in the index; alternates are the other locales of the document.

    current is false where the last run refused the locale or the document and an earlier export stands.
    """

    document: str
    locale: LanguageTag
    dir: Direction
    market: str
    pseudo: bool
    status: str
    title: str
    updated: date
    modified: Moment | UnsetType = UNSET
    current: bool
    completeness: Completeness
    files: list[ExportedFile]
    alternates: list[LanguageTag]


class Index(_Record, frozen=True):
    """Every bundle of the export; written last."""

    schema: str = field(name="$schema")
    schema_version: Version
    bundles: list[BundleRecord]
    assets: list[ExportedFile]
