"""samples: files on their way to a vendor, made up and real, and what has to come back of each."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from hypothesis import strategies as st

from pipeline import flow
from pipeline.model.catalog import FUZZY, Catalog, Previous, Unit
from pipeline.model.exchange import OutgoingFile, OutgoingUnit, ReturnedFile
from pipeline.model.locale import Locale
from pipeline.model.message import Link, Message
from pipeline.model.pattern import Atom, Part, Pattern, Span, Text, atoms, parse_pattern, serialize, spans
from pipeline.model.plurals import nplurals
from pipeline.po import read_po
from pipeline.workspace import UI_DOMAIN, open_workspace
from tests.repository import BASE_LANGUAGES, FAQ, ROOT, catalog

NAMES = ("Proleukin", "IL-2", "mM")
ATOMS = ("cite1", "cite2", "note1", "count")
SPANS = ("a1", "a2", "em", "strong")


def pattern(text: str) -> Pattern:
    """The pattern of a text that uses the names above."""
    return parse_pattern(text, atoms=ATOMS, spans=SPANS)


def outgoing_file(*units: OutgoingUnit, target: str = "de") -> OutgoingFile:
    return OutgoingFile(
        domain="faq",
        original="messages/faq.md",
        source=Locale.parse("en_US"),
        target=Locale.parse(target),
        units=units,
        names=NAMES,
    )


def outgoing_unit(source: str, target: str = "", *, identifier: str = "how-it-works/answer/1") -> OutgoingUnit:
    return OutgoingUnit(id=identifier, sources=(pattern(source),), targets=(pattern(target),) if target else ())


# One of each kind: nothing, fuzzy, finished, a plural that is begun, and one that is not.
SAMPLE = outgoing_file(
    OutgoingUnit(
        id="how-it-works/answer/1",
        sources=(pattern("Proleukin works.{cite1}{note1} <a1>Learn <strong>more</strong></a1>"),),
        display={"cite1": "4,5", "note1": "*", "a1": "/about"},
        notes=("Answer 1", "{cite1} = references 4,5"),
        location="messages/faq.md:31",
    ),
    OutgoingUnit(
        id="how-it-works/answer/2",
        sources=(pattern("IL-2 & <em>more</em>, p < 0.05 {{x}}"),),
        targets=(pattern("IL-2 und <em>mehr</em>, p < 0,05 {{x}}"),),
        fuzzy=True,
        previous=Previous(context="how-it-works/answer/2", source="IL-2 {cite9} & <em>less</em>"),
        comments=("first line", "", "third line"),
        location="messages/faq.md",
    ),
    OutgoingUnit(id="title", sources=(pattern("Title"),), targets=(pattern("Titel"),), notes=("Title of the page",)),
    OutgoingUnit(
        id="questions",
        sources=(pattern("{count} question"), pattern("{count} questions")),
        targets=(pattern("{count} Frage"), pattern("{count} Fragen")),
        comments=("a remark",),
    ),
    OutgoingUnit(id="answers", sources=(pattern("One answer"), pattern("{count} answers"))),
)


class Meaning(NamedTuple):
    """What of a unit has to survive the way to the vendor and back."""

    id: str
    source: str
    plural: str | None
    targets: tuple[str, ...]
    fuzzy: bool
    comments: tuple[str, ...]


def meanings(file: OutgoingFile) -> list[Meaning]:
    return [_meaning(unit, file.target) for unit in file.units]


def _meaning(unit: OutgoingUnit, target: Locale) -> Meaning:
    source, plural = (*map(serialize, unit.sources), None)[:2]
    assert source is not None
    targets = tuple(map(serialize, unit.targets))
    empty = ("",) * (nplurals(target.gettext) if plural is not None else 1)
    return Meaning(unit.id, source, plural, targets or empty, unit.fuzzy and any(targets), unit.comments)


def returned_meanings(file: ReturnedFile) -> list[Meaning]:
    return [Meaning(unit.id, unit.source, unit.plural, unit.targets, unit.fuzzy, unit.comments) for unit in file.units]


# ---- made up

# What may confuse a writer or a reader: their own signs, what looks like a placeholder, names beside letters, scripts.
_PIECES = (
    *(
        "{",
        "}",
        "{{",
        "}}",
        "{cite1}",
        "{{count}}",
        "{other}",
        "&",
        "&amp;",
        "<",
        ">",
        "]]>",
        "<!--",
        '"',
        "'",
        "&#13;",
    ),
    *("Proleukin", "Proleukins", "IL-2", "IL-20", "xIL-2", "IL-2を", "Proleukin是", "mM", "mm", "%", "p < 0.05"),
    *(" ", "  ", "\t", "\n", "\r", "\r\n", "\u00a0", "\u0085", "\u2028", "\u200f", "\u202e", "\ufeff", "é", "e\u0301"),
    *("漢字", "カタカナ", "العربية", "ไทย", "한국어", "𝒳", "\ufffd", "\ud7ff", "\U0010ffff"),
)
# XML 1.0 (2.2) holds every character but most controls, which are refused and have tests of their own.
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\ufffe\uffff")
texts = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(_LETTERS, max_size=3)), max_size=5).map("".join)
lines = texts.map(lambda text: text.replace("\n", " ").replace("\r", " "))


def _patterns(depth: int = 2) -> st.SearchStrategy[Pattern]:
    leaves: list[st.SearchStrategy[Part]] = [texts.map(Text), st.sampled_from(ATOMS).map(Atom)]
    if depth:
        leaves.append(st.builds(Span, st.sampled_from(SPANS), _patterns(depth - 1)))
    return st.lists(st.one_of(leaves), max_size=3).map(tuple)


patterns = _patterns()


def _covering(source: Pattern, targets: tuple[Pattern, ...]) -> Pattern:
    """The source with every placeholder and tag that a translation has: no translation may have others."""
    missing_atoms = {name for target in targets for name in atoms(target)} - set(atoms(source))
    missing_spans = {name for target in targets for name in spans(target)} - set(spans(source))
    return (*source, *map(Atom, sorted(missing_atoms)), *(Span(name, ()) for name in sorted(missing_spans)))


@st.composite
def _units(draw: st.DrawFn, identifier: str, forms: int) -> OutgoingUnit:
    is_plural = draw(st.booleans())
    count = forms if is_plural else 1
    targets = draw(st.one_of(st.just(()), st.tuples(*[patterns] * count)))
    sources = tuple(draw(patterns) for _ in range(2 if is_plural else 1))
    # Which of the two has the others' placeholders says nothing about where a translation may use them.
    covering = draw(st.integers(0, len(sources) - 1))
    sources = tuple(_covering(source, targets) if n == covering else source for n, source in enumerate(sources))
    return OutgoingUnit(
        id=identifier,
        sources=sources,
        targets=targets,
        fuzzy=draw(st.booleans()),
        previous=draw(st.none() | st.builds(Previous, source=texts, plural=st.none() | texts)),
        display=draw(st.dictionaries(st.sampled_from((*ATOMS, *SPANS)), texts, max_size=3)),
        notes=tuple(draw(st.lists(texts, max_size=2))),
        comments=tuple(draw(st.lists(lines, max_size=3))),
        location=draw(st.sampled_from(("", "messages/faq.md", "messages/faq.md:12", "a: b:c"))),
    )


_IDENTIFIERS = st.one_of(
    st.text(st.sampled_from("ab1/-._:[]{}<&\"' é漢𝒳"), min_size=1, max_size=8),
    st.sampled_from(("a/b/1", "a.b", "a_2f_b", "a[0]", "a[1]", "[0]", "questions", "a:1", "/", "//", "_", "__")),
)


@st.composite
def outgoing_files(draw: st.DrawFn) -> OutgoingFile:
    """Any file that may go out, in languages of one, two, three and six plural forms."""
    target = Locale.parse(draw(st.sampled_from(("de", "ja", "pl", "ar", "pt_BR", "zh_Hant_TW"))))
    identifiers = draw(st.lists(_IDENTIFIERS, max_size=2, unique=True))
    return OutgoingFile(
        domain=draw(st.sampled_from(("faq", "proleukin-hcp-faq", "a.b_c"))),
        original=draw(st.sampled_from(("messages/faq.md", "a & b <c>.md"))),
        source=Locale.parse("en_US"),
        target=target,
        units=tuple(draw(_units(identifier, nplurals(target.gettext))) for identifier in identifiers),
        names=draw(st.sampled_from(((), NAMES))),
    )


# ---- the reference content

REFERENCE_CATALOGS = tuple((language, domain) for language in BASE_LANGUAGES for domain in (FAQ, UI_DOMAIN))


@lru_cache(maxsize=1)
def _messages() -> dict[str, dict[str, Message]]:
    content = flow.read_content(open_workspace(ROOT))
    documents = {document.id: tuple(document.messages()) for document in content.documents}
    return {
        domain: {message.id: message for message in messages}
        for domain, messages in {**documents, UI_DOMAIN: content.ui}.items()
    }


def reference_catalog(language: str, domain: str) -> Catalog:
    name = catalog(language, domain)
    return read_po((ROOT / name).read_bytes(), name)


def worked_on(catalog: Catalog) -> Catalog:
    """The catalog in the middle of somebody's work: fuzzy and empty entries, remarks, previous sources."""
    return replace(catalog, units=tuple(_worked_on(unit, number) for number, unit in enumerate(catalog.units)))


def _worked_on(unit: Unit, number: int) -> Unit:
    if number % 4 == 0:
        return unit.changed(targets=("",) * len(unit.targets))
    if number % 4 == 1:
        previous = Previous(context=unit.context, source=f"Formerly: {unit.source}", plural=unit.plural)
        return unit.changed(flags=(FUZZY, *unit.flags), previous=previous)
    if number % 4 == 2:
        return unit.changed(translator_comments=("checked with the client", "  on <Monday> & {Tuesday}"))
    return unit


def reference_file(catalog: Catalog, language: str, domain: str) -> OutgoingFile:
    """The catalog as it goes out."""
    return OutgoingFile(
        domain=domain,
        original=catalog.name,
        source=Locale.parse("en_US"),
        target=Locale.parse(language),
        units=tuple(_reference_unit(unit, _messages()[domain][unit.id]) for unit in catalog.live),
        names=NAMES,
    )


def _reference_unit(unit: Unit, message: Message) -> OutgoingUnit:
    parsed = tuple(parse_pattern(target, atoms=message.atoms, spans=message.spans) for target in unit.targets)
    return OutgoingUnit(
        id=unit.id,
        sources=(message.pattern,) if message.plural is None else (message.pattern, message.plural),
        targets=parsed if any(unit.targets) else (),
        fuzzy=FUZZY in unit.flags,
        previous=unit.previous,
        display={name: part.href for name, part in message.placeholders.items() if isinstance(part, Link)},
        notes=unit.extracted_comments,
        comments=unit.translator_comments,
        location=next(iter(unit.locations), ""),
    )
