"""rule: what a check is: an id, its documentation, its examples and one pure function."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.checks.signs import Sign, mask
from pipeline.checks.subject import CatalogView, Pair, Subject
from pipeline.model.catalog import Unit
from pipeline.model.finding import Severity


class Scope(StrEnum):
    """What a rule looks at."""

    ENTRY = "entry"  # a message and what the catalog holds for it
    STRING = "string"  # one source text with one translated text
    CATALOG = "catalog"  # a catalog against its template
    PROJECT = "project"  # documents, editions and markets together


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a rule found. `severity` is given where it is not the rule's own; `at` is an offset in the target."""

    message: str
    severity: Severity | None = None
    expected: str = ""
    actual: str = ""
    hint: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A translation with the fault and one without, of the same source, in the language of `locale`.

    For a rule of an entry or a string these are texts, for one of a catalog whole PO files (`source` is the
    template), for one of a project whatever file the rule is about.
    """

    locale: str
    source: str
    bad: str
    good: str


StringCheck = Callable[[Pair], Iterator[Problem]]
EntryCheck = Callable[[Subject], Iterator[Problem]]
CatalogCheck = Callable[[CatalogView], Iterator[tuple[Unit, Problem]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What must show for a rule to find anything: any of these signs in the source, or any in the translation."""

    source: tuple[Sign, ...] = ()
    target: tuple[Sign, ...] = ()

    def met(self, source: int, target: int) -> bool:
        """Whether any of them is among the signs of the two texts."""
        return bool(mask(self.source) & source or mask(self.target) & target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it is documented and run.

    `finds` and `why` are sentences for the people who get the findings. A rule that is not `waivable` guards the
    source text or the safety of the page: no waiver silences it. Exactly one of the functions is given, by scope;
    rules of a project are called where their facts are at hand. Without `when` the rule of a string is asked about all.
    """

    id: str
    scope: Scope
    severity: Severity
    title: str
    finds: str
    why: str
    examples: tuple[Example, ...] = ()
    waivable: bool = True
    string: StringCheck | None = None
    when: When | None = None
    entry: EntryCheck | None = None
    catalog: CatalogCheck | None = None
