"""outcome: what a check found; what an export did, or would do."""

from dataclasses import dataclass

from pipeline.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Everything that is wrong. `broken` are documents that could not be read, `stopped` the locales that may not be
    exported, in gettext spelling; `texts` are the entries of all catalogs.
    """

    findings: tuple[Finding, ...]
    broken: tuple[str, ...]
    stopped: tuple[str, ...]
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a file of exports/ differs from what it should be: `missing`, `outdated` or `unexpected`."""

    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an export did, or with `check` would do. Locales are in gettext spelling.

    `changed` and `removed` are names of files; `altered` those of earlier bundles that were changed by hand; `kept`
    the locales of which an earlier export stands. `differences` are filled by a check alone.
    """

    documents: tuple[str, ...]
    files: int
    exported: tuple[str, ...]
    refused: tuple[str, ...]
    kept: tuple[str, ...]
    broken: tuple[str, ...]
    altered: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
