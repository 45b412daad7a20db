"""placeholders: a translation has exactly the placeholders and tags of its source, each as often."""

from collections import Counter
from collections.abc import Iterator

from pipeline.model.edition import Wording
from pipeline.model.finding import Finding
from pipeline.model.message import Citation, Link, NoteMark
from pipeline.model.pattern import Pattern, Span, atoms, inventory


def placeholders(wording: Wording) -> Iterator[Finding]:
    for problem in wording.problems:
        yield Finding(
            rule="placeholders",
            message=problem,
            location=wording.location,
            hint=f"the parts of this text are {_listed(inventory(wording.message.pattern))}",
        )
    for index, pattern in enumerate(wording.patterns):
        form = f" in msgstr[{index}]" if wording.message.plural is not None else ""
        yield from _differences(wording, inventory(wording.message.pattern), inventory(pattern), form)
        for name in _inside_links(wording, pattern):
            yield Finding(
                rule="placeholders",
                message=f"{{{name}}} stands inside a link{form}",
                location=wording.location,
                hint="put it before or after the link: it is a link itself",
            )


def _differences(wording: Wording, expected: Counter[str], found: Counter[str], form: str) -> Iterator[Finding]:
    for part in expected:
        if found[part] != expected[part]:
            often = "is missing" if not found[part] else f"stands {found[part]} times, not {expected[part]}"
            yield Finding(
                rule="placeholders",
                message=f"{_kind(wording, part)}{part} {often}{form}",
                location=wording.location,
                hint=f"write {part} exactly as in the English",
            )


def _inside_links(wording: Wording, pattern: Pattern) -> Iterator[str]:
    for part in pattern:
        if isinstance(part, Span) and isinstance(wording.message.placeholders.get(part.name), Link):
            yield from atoms(part.children)
        elif isinstance(part, Span):
            yield from _inside_links(wording, part.children)


def _kind(wording: Wording, part: str) -> str:
    match wording.message.placeholders.get(part.strip("{}<>")):
        case Citation():
            return "the citation "
        case NoteMark():
            return "the footnote mark "
        case _:
            return ""


def _listed(expected: Counter[str]) -> str:
    return (
        ", ".join(f"{part} ({count}x)" if count > 1 else part for part, count in expected.items()) or "plain text only"
    )
