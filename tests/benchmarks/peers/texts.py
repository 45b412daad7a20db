"""texts: the documents of a benchmark as Markdown in every language, for tools that start from it."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.content import MARKDOWN, NOTE, REFERENCES, Page, Writer, page, phrases
from tests.benchmarks.generate import LOCALES, SIZES, reference

_CITATION = re.compile(r"\[(@study\d(?:; @study\d)*)\]")


def of_size(size: str) -> tuple[list[Page], tuple[str, ...]]:
    """The documents and locales of a size."""
    documents, locales, entries = SIZES[size]
    return [page(number, entries=entries) for number in range(1, documents + 1)], LOCALES[:locales]


def title(document: Page, language: str) -> str:
    return dict(Writer(language, MARKDOWN).messages(document))["title"]


def body(document: Page, language: str) -> str:
    """Title apart, the whole document; citations are links to a list of references."""
    texts = dict(Writer(language, MARKDOWN).messages(document))
    lines = [texts["lead/1"], ""]
    for entry in document.entries:
        lines += [f"## {texts[f'{entry.id}/question']}", ""]
        for number, _ in enumerate(entry.answer, 1):
            lines += [texts[f"{entry.id}/answer/{number}"], ""]
    return _CITATION.sub(_linked, "\n".join([*lines, f"[^{NOTE}]: {texts[f'footnote/{NOTE}']}", ""]))


def _linked(citation: re.Match[str]) -> str:
    numbers = [REFERENCES.index(key.removeprefix("@")) + 1 for key in citation[1].split("; ")]
    return "".join(f"[{number}](#reference-{number})" for number in numbers)


def references() -> list[str]:
    return [reference(key) for key in REFERENCES]


def disclaimers(language: str) -> list[str]:
    return [texts[language] for texts in phrases()["disclaimers"].values()]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def pairs(documents: list[Page], locales: tuple[str, ...]) -> Iterator[tuple[Page, str, str]]:
    """Every document in every locale, with the language of it."""
    for locale in locales:
        for document in documents:
            yield document, locale, locale.partition("_")[0]
