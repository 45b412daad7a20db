"""engine: runs the rules over entries and catalogs; each string is parsed once, however many rules and editions ask."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from pipeline.checks.facts.contacts import ADDRESS, prose_signs
from pipeline.checks.facts.names import of_region
from pipeline.checks.languages import has_data
from pipeline.checks.markup import Syntax
from pipeline.checks.rule import Problem, Rule, Scope
from pipeline.checks.rules import RULES
from pipeline.checks.signs import mask
from pipeline.checks.subject import CatalogView, Pair, Subject, Text
from pipeline.errors import PipelineError
from pipeline.model.catalog import State, Unit
from pipeline.model.finding import Finding, Location, Severity
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale, script
from pipeline.model.plurals import nplurals, plural_index

_ENTRY_RULES = tuple(rule for rule in RULES if rule.scope is Scope.ENTRY)
_STRING_RULES = tuple(rule for rule in RULES if rule.scope is Scope.STRING)
_CATALOG_RULES = tuple(rule for rule in RULES if rule.scope is Scope.CATALOG)

# No text of a page is as long; it keeps what a hostile one can cost small.
LENGTH_LIMIT = 20_000

# So many texts in which nothing was found are remembered.
_MOST_QUIET = 1 << 17

# As far as forms that stand for one number alone are looked for: gettext's own have 0, 1 and 2.
_COUNTS = range(201)

# So many combinations of signs are remembered.
_MOST_ASKED = 1 << 12


class Asked(dict[tuple[int, int], tuple[Rule, ...]]):
    """Which of the rules may find anything, by the signs of a source and of its translation."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__()
        self._rules = tuple(rules)
        self._source = mask(sign for rule in self._rules if rule.when for sign in rule.when.source)
        self._target = mask(sign for rule in self._rules if rule.when for sign in rule.when.target)

    def about(self, pair: Pair) -> tuple[Rule, ...]:
        target = pair.target.signs
        if target & ADDRESS.bit:
            target |= pair.target.fact(prose_signs)
        return self[pair.source.signs & self._source, target & self._target]

    def __missing__(self, signs: tuple[int, int]) -> tuple[Rule, ...]:
        if len(self) >= _MOST_ASKED:
            self.clear()
        asked = self[signs] = tuple(rule for rule in self._rules if rule.when is None or rule.when.met(*signs))
        return asked


_STRINGS = Asked(_STRING_RULES)
_SAFETY = Asked(rule for rule in _STRING_RULES if not rule.waivable)

# Line and column of a character in a unit's plural form; the reader of the file knows.
Place = Callable[[Unit, int, int], tuple[int, int]]


def unplaced(unit: Unit, form: int, offset: int) -> tuple[int, int]:
    """For texts that no reader has: the entry's line is all that is known."""
    return unit.line, 0


@dataclass(frozen=True, kw_only=True)
class Engine:
    """The rules with what they share: the glossary, the reader's `place`, and what was found before.

    Editions share catalogs, and regions their language: a text in which nothing was found is remembered by a digest,
    and looked at once for all locales of which the rules know the same.
    """

    glossary: Glossary = field(default_factory=Glossary)
    place: Place = unplaced
    _sources: dict[tuple[str, Locale, Syntax], Text] = field(default_factory=dict)
    _found: dict[tuple[str, str, str, str | None], tuple[Finding, ...]] = field(default_factory=dict)
    _quiet: set[bytes] = field(default_factory=set)

    def check_entry(self, subject: Subject) -> tuple[Finding, ...]:
        """Findings of every rule for an entry and for its strings; no locale is set in them."""
        key = (subject.file, subject.id, subject.source, subject.plural)
        found = self._found.get(key)
        if found is None:
            found = tuple(self._entry_findings(subject, _STRINGS))
            if found:
                self._found[key] = found
        return found

    def check_safety(self, subject: Subject) -> Iterator[Finding]:
        """Only what no text may bring from outside, whatever its state: the string rules that no waiver silences."""
        yield from self._string_findings(subject, _SAFETY)

    def _entry_findings(self, subject: Subject, rules: Asked) -> Iterator[Finding]:
        unit = subject.unit
        for rule in _ENTRY_RULES:
            assert rule.entry is not None
            for problem in rule.entry(subject):
                location = Location(file=subject.file, line=subject.line)
                target = "\n".join(unit.targets) if unit is not None else ""
                yield _finding(rule, problem, location, subject.id, subject.source, target)
        # What is doubted already need not be doubted for each number that the English has changed since.
        if unit is not None and unit.state is not State.FUZZY:
            yield from self._string_findings(subject, rules)

    def _string_findings(self, subject: Subject, rules: Asked) -> Iterator[Finding]:
        assert subject.unit is not None
        longest = max(map(len, (subject.source, subject.plural or "", *subject.unit.targets)))
        if longest > LENGTH_LIMIT:
            yield _too_long(subject, longest)
            return
        complete = True
        for form, target in enumerate(subject.unit.targets):
            if target:
                found = self._fewest_findings(subject, form, target, rules)
                complete = complete and not any(finding.severity is Severity.ERROR for finding in found)
                yield from found
        if complete:
            yield from _unparsed(subject)

    def _fewest_findings(self, subject: Subject, form: int, target: str, rules: Asked) -> tuple[Finding, ...]:
        """Against the English that the form translates: of a plural text whichever of the two fits better."""
        fewest: tuple[Finding, ...] | None = None
        for source in _sources(subject):
            found = self._remembered(subject, source, form, target, rules)
            if fewest is None or len(found) < len(fewest):
                fewest = found
            if not found:
                break
        assert fewest is not None
        return fewest

    def _remembered(self, subject: Subject, source: str, form: int, target: str, rules: Asked) -> tuple[Finding, ...]:
        """The findings for a pair; those of one without any are not looked for again."""
        if rules is not _STRINGS:
            return tuple(self._pair_findings(subject, source, form, target, rules))
        one_number = subject.plural is not None and _one_number(subject.locale, form)
        kin = _kin(self.glossary, subject.locale, subject.source_locale)
        told = f"{kin} {subject.syntax} {one_number} {len(source)} {source}{target}"
        digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if digest in self._quiet:
            return ()
        found = tuple(self._pair_findings(subject, source, form, target, rules))
        if not found and len(self._quiet) < _MOST_QUIET:
            self._quiet.add(digest)
        return found

    def _pair_findings(self, subject: Subject, source: str, form: int, target: str, rules: Asked) -> Iterator[Finding]:
        assert subject.unit is not None
        syntax, plural = subject.syntax, subject.plural is not None
        pair = Pair(
            source=self._source(source, subject.source_locale, syntax),
            target=Text(target, subject.locale, syntax),
            glossary=self.glossary,
            form=form if plural else None,
            one_number=plural and _one_number(subject.locale, form),
        )
        where = f" in msgstr[{form}]" if plural else ""
        for rule in rules.about(pair):
            assert rule.string is not None
            for problem in rule.string(pair):
                line, column = subject.line, 0
                if problem.at is not None:
                    line, column = self.place(subject.unit, form, problem.at)
                location = Location(file=subject.file, line=line, column=column)
                yield _finding(rule, problem, location, subject.id, source, target, where)

    def _source(self, raw: str, locale: Locale, syntax: Syntax) -> Text:
        key = (raw, locale, syntax)
        text = self._sources.get(key)
        if text is None:
            text = self._sources[key] = Text(raw, locale, syntax)
        return text


def check_view(view: CatalogView) -> Iterator[Finding]:
    """Findings of every rule for catalogs."""
    for rule in _CATALOG_RULES:
        assert rule.catalog is not None
        for unit, problem in rule.catalog(view):
            location = Location(file=view.catalog.name, line=unit.line)
            yield _finding(rule, problem, location, unit.id, unit.source, "\n".join(unit.targets))


@lru_cache(maxsize=1024)
def _kin(glossary: Glossary, locale: Locale, source: Locale) -> str:
    """What the rules know a locale by: the same for regions of a language that have nothing of their own."""
    own = locale.is_pseudo or has_data(locale.gettext) or of_region(glossary, locale)
    return f"{source.gettext} {locale.gettext if own else locale.language} {script(locale)}"


def _too_long(subject: Subject, length: int) -> Finding:
    return Finding(
        rule="size",
        message=f"a text of {length:,} characters; {LENGTH_LIMIT:,} is the longest that is checked",
        location=Location(file=subject.file, line=subject.line),
        entry=subject.id,
        hint="divide the text",
    )


def _sources(subject: Subject) -> tuple[str, ...]:
    """The English that a form may translate: which of the two it is, is the language's matter."""
    return (subject.source,) if subject.plural is None else (subject.plural, subject.source)


@lru_cache(maxsize=1024)
def _one_number(locale: Locale, form: int) -> bool:
    try:
        if nplurals(locale.gettext) == 1:
            return False
        return sum(plural_index(locale.gettext, count) == form for count in _COUNTS) == 1
    except PipelineError:
        return False


def _unparsed(subject: Subject) -> Iterator[Finding]:
    """What keeps a text from being a pattern of its message, where no rule has said so: it could not be rendered."""
    for problem in subject.problems:
        yield Finding(
            rule="placeholders",
            message=problem,
            location=Location(file=subject.file, line=subject.line),
            entry=subject.id,
            source=subject.source,
            target="\n".join(subject.unit.targets) if subject.unit is not None else "",
            hint="write the placeholders and tags exactly as in the English",
        )


def _finding(
    rule: Rule, problem: Problem, location: Location, entry: str, source: str, target: str, where: str = ""
) -> Finding:
    return Finding(
        rule=rule.id,
        message=problem.message + where,
        location=location,
        severity=problem.severity or rule.severity,
        entry=entry,
        hint=problem.hint,
        expected=problem.expected,
        actual=problem.actual,
        source=source,
        target=target,
    )
