"""blank: where the English has words, a translation has words, in the text and in every link or emphasis of it."""

from collections.abc import Iterator

from pipeline.model.edition import Wording
from pipeline.model.finding import Finding
from pipeline.model.pattern import Pattern, Span, plain


def blank(wording: Wording) -> Iterator[Finding]:
    spoken = _spoken_spans(wording.message.pattern)
    for index, pattern in enumerate(wording.patterns):
        form = f" in msgstr[{index}]" if wording.message.plural is not None else ""
        target = wording.unit.targets[index] if wording.unit is not None else ""
        if target and _speaks(wording.message.pattern) and not _speaks(pattern):
            yield _finding(wording, f"has no words{form}")
        for name in sorted(spoken - _spoken_spans(pattern)):
            if target and _has_span(pattern, name):
                yield _finding(wording, f"has no words between <{name}> and </{name}>{form}")


def _speaks(pattern: Pattern) -> bool:
    return any(character.isalnum() for character in plain(pattern))


def _spoken_spans(pattern: Pattern) -> set[str]:
    names: set[str] = set()
    for part in pattern:
        if isinstance(part, Span):
            names |= _spoken_spans(part.children)
            if _speaks(part.children):
                names.add(part.name)
    return names


def _has_span(pattern: Pattern, name: str) -> bool:
    return any(isinstance(part, Span) and (part.name == name or _has_span(part.children, name)) for part in pattern)


def _finding(wording: Wording, message: str) -> Finding:
    return Finding(rule="blank", message=message, location=wording.location, hint="translate the words of the English")
