"""units: the translatable texts of an exchange file, one per message or plural form, and the messages made of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import PipelineError
from pipeline.exchange.inline import InlineReader, InlineWriter, Markup, Vocabulary
from pipeline.exchange.naming import form_name
from pipeline.exchange.xml import RULE, STRING_LIMIT, Element, Problems, UnwritableError, shown
from pipeline.model.exchange import OutgoingFile, OutgoingUnit, ReturnedUnit
from pipeline.model.finding import Finding, Location, Refused
from pipeline.model.locale import Locale
from pipeline.model.pattern import Pattern, PatternError, Text, atoms, parse_pattern, serialize, spans
from pipeline.model.plurals import nplurals, plural_index

UNITS_LIMIT = 100_000

# How many numbers are looked at, and shown, to say which numbers a plural form is for.
_NUMBERS = 1_001
_NUMBERS_SHOWN = 5

# ---- going out


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingText:
    """One text to translate: a message, or one plural form of it (`form` from 0). `source` and `target` are XML.

    `previous` is the source that a fuzzy target was made from, as a catalog has it and as XML, empty where that is
    not known.
    """

    name: str
    form: int | None
    source: str
    target: str
    previous: str
    previous_xml: str
    notes: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A message with its texts; `sources` has the English as it stands in a catalog."""

    unit: OutgoingUnit
    sources: tuple[str, ...]
    texts: tuple[OutgoingText, ...]

    @property
    def is_plural(self) -> bool:
        return len(self.sources) > 1


def outgoing(
    file: OutgoingFile,
    markup: Markup,
    write: Callable[[OutgoingMessage], list[str]],
    *,
    mark_names: bool = True,
) -> list[str]:
    """The lines of every message. Raises Refused with every message that XML cannot hold."""
    names = file.names if mark_names else ()
    lines: list[str] = []
    findings: list[Finding] = []
    for unit in file.units:
        try:
            lines.extend(write(_message(unit, file.target, names, markup)))
        except UnwritableError as error:
            location, hint = Location(file=file.original), "remove the character"
            entry = shown(unit.id)
            findings.append(Finding(rule=RULE, message=str(error), location=location, entry=entry, hint=hint))
    if findings:
        raise Refused(findings)
    return lines


def _message(unit: OutgoingUnit, locale: Locale, names: tuple[str, ...], markup: Markup) -> OutgoingMessage:
    known = {name for source in unit.sources for name in atoms(source)}
    inline = InlineWriter(markup, unit.display, known, names)
    is_plural = len(unit.sources) > 1
    count = len(unit.targets) or (nplurals(locale.gettext) if is_plural else 1)
    labels = _labels(locale.gettext, count) if is_plural else ((),)
    singular = _singular_form(locale, count)
    texts: list[OutgoingText] = []
    for index in range(count):
        # The one form that is used for 1 shows the singular, unless it is used for every other number as well.
        plural = is_plural and index != singular
        target = unit.targets[index] if unit.targets else ()
        texts.append(
            OutgoingText(
                name=form_name(unit.id, index) if is_plural else unit.id,
                form=index if is_plural else None,
                source=inline.write(unit.sources[1 if plural else 0]),
                target=inline.write(target),
                previous=_previous(unit, plural=plural),
                previous_xml=inline.write(_previous_pattern(unit, plural=plural)),
                notes=(*labels[index], *unit.notes),
                comments=unit.comments if index == 0 else (),
            )
        )
    return OutgoingMessage(unit=unit, sources=tuple(map(serialize, unit.sources)), texts=tuple(texts))


def _singular_form(locale: Locale, count: int) -> int:
    return plural_index(locale.gettext, 1) if count > 1 else -1


@lru_cache(maxsize=256)
def _labels(locale: str, count: int) -> tuple[tuple[str, ...], ...]:
    """What to tell the translator of each form: `Plural form 2 of 3, for 2, 3, 4, 22, 23 ...`."""
    numbers: list[list[int]] = [[] for _ in range(count)]
    for number in range(_NUMBERS):
        index = plural_index(locale, number) if count > 1 else 0
        if index < count:
            numbers[index].append(number)
    return tuple((f"Plural form {index + 1} of {count}, for {_listed(found)}",) for index, found in enumerate(numbers))


def _listed(numbers: list[int]) -> str:
    if len(numbers) == _NUMBERS:
        return "every number"
    listed = ", ".join(map(str, numbers[:_NUMBERS_SHOWN]))
    return f"{listed} ..." if len(numbers) > _NUMBERS_SHOWN else listed or "other numbers"


def _previous(unit: OutgoingUnit, *, plural: bool) -> str:
    if unit.previous is None:
        return ""
    return (unit.previous.plural if plural else None) or unit.previous.source


def _previous_pattern(unit: OutgoingUnit, *, plural: bool) -> Pattern:
    """The previous source as a pattern; one that had other placeholders than today's is shown as it stood."""
    text = _previous(unit, plural=plural)
    known_atoms = {name for source in unit.sources for name in atoms(source)}
    known_spans = {name for source in unit.sources for name in spans(source)}
    try:
        return parse_pattern(text, atoms=known_atoms, spans=known_spans)
    except PatternError:
        return (Text(text),) if text else ()


# ---- coming back


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedText:
    """One text as it came back, in one piece or several. `form` is None for a message without plural.

    `english` is the singular and the plural where the file says them apart from its sources.
    """

    id: str
    form: int | None
    sources: tuple[Element, ...]
    targets: tuple[Element, ...]
    fuzzy: bool
    english: tuple[str, str] | None = None
    comments: tuple[str, ...] = ()
    line: int


def returned(
    texts: Iterable[ReturnedText], vocabulary: Vocabulary, target: Locale | None, problems: Problems
) -> tuple[ReturnedUnit, ...]:
    """The messages that the texts make up, in their order. Raises Refused with all that is wrong with the file."""
    messages: dict[str, list[ReturnedText]] = {}
    for text in texts:
        messages.setdefault(text.id, []).append(text)
    units = [
        _returned_unit(forms, vocabulary, target, problems)
        for identifier, forms in messages.items()
        if _is_complete(identifier, forms, problems)
    ]
    problems.raise_if_any()
    return tuple(units)


def _is_complete(identifier: str, texts: list[ReturnedText], problems: Problems) -> bool:
    hint = "send every entry once, with the plural forms that it came with"
    forms = [text.form for text in texts]
    if None in forms and len(forms) > 1:
        problems.add(texts[-1].line, "stands twice in the file", hint=hint, entry=identifier)
    elif None not in forms and sorted(form or 0 for form in forms) != list(range(len(forms))):
        listed = ", ".join(sorted(str(form) for form in forms))
        message = f"does not have each plural form once, but {shown(listed)}"
        problems.add(texts[0].line, message, hint=hint, entry=identifier)
    else:
        return True
    return False


def _returned_unit(
    texts: list[ReturnedText], vocabulary: Vocabulary, target: Locale | None, problems: Problems
) -> ReturnedUnit:
    identifier, line = texts[0].id, texts[0].line
    texts = sorted(texts, key=lambda text: text.form or 0)

    def report(element: Element, message: str, hint: str) -> None:
        problems.add(element.line, message, hint=hint, entry=identifier)

    shown_sources = [source for text in texts for source in text.sources]
    inline = InlineReader(vocabulary, shown_sources, report, english=texts[0].english or ())
    sources = [inline.read(text.sources) for text in texts]
    targets = tuple(inline.read(text.targets) for text in texts)
    source, plural = _english(texts, sources, target)
    comments = (*_comments(texts), *(line for remark in inline.comments for line in comment_lines(remark)))
    if any(map(_is_too_long, (identifier, source, plural or "", *targets, *comments))):
        message = f"has a text of more than {STRING_LIMIT:,} bytes"
        problems.add(line, message, hint="send the entry as it came", entry=identifier)
    return ReturnedUnit(
        id=identifier,
        source=source,
        plural=plural,
        targets=targets,
        fuzzy=any(text.fuzzy and written for text, written in zip(texts, targets, strict=True)),
        comments=comments,
        location=Location(file=problems.name, line=line),
    )


def _is_too_long(text: str) -> bool:
    return len(text) > STRING_LIMIT // 4 and len(text.encode()) > STRING_LIMIT


def _english(texts: list[ReturnedText], sources: list[str], target: Locale | None) -> tuple[str, str | None]:
    if texts[0].form is None:
        return sources[0], None
    if texts[0].english is not None:
        return texts[0].english
    # A tool has dropped them: they are the sources of the forms, unless one form is used for every number.
    try:
        singular = plural_index(target.gettext, 1) if target is not None else 0
    except PipelineError:
        singular = 0
    others = [source for index, source in enumerate(sources) if index != singular]
    return sources[min(singular, len(sources) - 1)], (others or sources)[0]


def _comments(texts: list[ReturnedText]) -> Iterator[str]:
    """The comments of the first form, and what others have besides: tools may repeat them on each."""
    yield from texts[0].comments
    seen = set(texts[0].comments)
    for text in texts[1:]:
        yield from (comment for comment in text.comments if comment not in seen)
        seen.update(text.comments)


def comment_lines(text: str) -> tuple[str, ...]:
    """A note as the lines of a comment."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def within(parent: Element, name: str, groups: Collection[str]) -> Iterator[tuple[Element, Element]]:
    """Every element of a name with the one that it stands in, at any depth of the groups."""
    for child in parent.elements():
        if child.name == name:
            yield child, parent
        elif child.name in groups:
            yield from within(child, name, groups)


def limited(units: Iterable[tuple[Element, Element]], problems: Problems) -> Iterator[tuple[Element, Element]]:
    """The entries of a file, up to the limit."""
    for count, (unit, parent) in enumerate(units):
        if count >= UNITS_LIMIT:
            problems.refuse(unit.line, f"has more than {UNITS_LIMIT:,} entries", hint="send fewer texts in a file")
        yield unit, parent


def read_locale(attributes: Mapping[str, str], key: str, line: int, problems: Problems) -> Locale | None:
    """The locale that an attribute names, in whatever case; None where it is missing or empty."""
    tag = attributes.get(key, "")
    if not tag:
        return None
    subtags = tag.replace("_", "-").split("-")
    cased = [subtags[0].lower(), *(part.title() if len(part) == 4 else part.upper() for part in subtags[1:])]
    try:
        return Locale.parse("-".join(cased))
    except PipelineError:
        problems.add(line, f"{key} is {shown(tag)}, which is no locale of ours", hint="write language-TERRITORY")
        return None
