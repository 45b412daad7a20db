"""The corpus: correct texts in nine languages, the facts about each language, the glossary that fits them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from zlib import crc32

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
SECOND = HERE / "second_texts"  # written after the rules: do they know the language or the corpus?
GLOSSARY = HERE / "glossary.toml"
LANGUAGES = ("ar", "de", "es", "fr", "ja", "pl", "pt_BR", "zh_CN")

Forms: TypeAlias = tuple[str, ...]
T = TypeVar("T")

# What must be left alone when a number is looked for: placeholders, tags, addresses, and digits that belong to a word.
PROTECTED = re.compile(
    r"\{[^{}]*\}|</?[a-z]+\d*>|https?://[A-Za-z0-9./?=&_-]+|[A-Za-z0-9._]+@[A-Za-z0-9.]+[A-Za-z]|\+?\d+(?:-\d+){2,}|[^\W\d_]+-\d+(?![\d.,]*\d*\s*%)|[A-Za-z]\d+"
)
DIGITS = "0-9٠-٩０-９"
NUMBER = re.compile(rf"[{DIGITS}]+(?:[.,٫٬][{DIGITS}]+|[\u00a0\u202f ][{DIGITS}]{{3}}(?![{DIGITS}]))*")
STOP = ".。!?！？؟"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One message in English and in one language. A message without a plural has one form."""

    id: str
    source: Forms
    target: Forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a defect may look at: a text, its language, and the same text in the other languages."""

    id: str
    language: str
    source: str
    target: str
    others: Mapping[str, str]
    facts: Mapping[str, Any]
    terms: Sequence[Mapping[str, Any]]

    def pick(self, choices: Sequence[T], salt: str = "") -> T | None:
        """Always the same choice for the same text."""
        if not choices:
            return None
        return choices[crc32(f"{self.language}/{self.id}/{salt}".encode()) % len(choices)]

    def pairs(self, key: str) -> list[tuple[str, str]]:
        return [(first, second) for first, second in self.facts.get(key, [])]


@cache
def english(folder: Path = TEXTS) -> dict[str, Forms]:
    return _read(folder / "en.toml")


@cache
def texts(language: str, folder: Path = TEXTS) -> tuple[Text, ...]:
    translations = _read(folder / f"{language}.toml")
    return tuple(Text(id=id_, source=source, target=translations[id_]) for id_, source in english(folder).items())


@cache
def facts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "languages.toml").read_text("utf-8"))


@cache
def terms() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(GLOSSARY.read_text("utf-8"))["term"])


def cases(language: str, folder: Path = TEXTS) -> list[Case]:
    """The texts without a plural: each of them can take any defect of a string."""
    others = {
        other: {text.id: text.target[0] for text in texts(other, folder)} for other in LANGUAGES if other != language
    }
    known = texts(language, folder)
    neighbours = {text.id: next_.target[0] for text, next_ in zip(known, (*known[1:], known[0]), strict=True)}
    return [
        Case(
            id=text.id,
            language=language,
            source=text.source[0],
            target=text.target[0],
            others={other: all_[text.id] for other, all_ in others.items()} | {"neighbour": neighbours[text.id]},
            facts=facts()[language],
            terms=terms(),
        )
        for text in known
        if len(text.source) == 1
    ]


def numbers(target: str) -> list[tuple[int, int]]:
    """Where the numbers of a text stand. Digits inside names, placeholders and addresses are none."""
    hidden = PROTECTED.sub(lambda match: "\0" * len(match.group()), target)
    return [match.span() for match in NUMBER.finditer(hidden)]


def sentences(target: str) -> list[tuple[int, int]]:
    """Where the sentences stand, each with the citations that trail it."""
    ends = [
        match.end()
        for match in re.finditer(
            r"(?:(?<=[^\W\d_]{2})|(?<=[)}>%»”\"“]))[.!?؟](?:\{\w+\})*[»”\"“]?(?= +[A-ZÀ-ÖØ-ÞŁŚŻŹĆ<¿„«“أ-ي])"
            r"|[。！？](?:\{\w+\})*[」”]?(?=.)",
            target,
        )
    ]
    starts = [0, *ends]
    return list(zip(starts, [*ends, len(target)], strict=True))


def words(target: str) -> list[tuple[int, int]]:
    """Where the plain words stand (no digits, no placeholders, no tags, no addresses)."""
    hidden = PROTECTED.sub(lambda match: "\0" * len(match.group()), target)
    return [match.span() for match in re.finditer(r"[^\W\d_]+", hidden)]


def replaced(target: str, span: tuple[int, int], new: str) -> str:
    return target[: span[0]] + new + target[span[1] :]


def _read(file: Path) -> dict[str, Forms]:
    raw = tomllib.loads(file.read_text("utf-8"))
    return {id_: (value,) if isinstance(value, str) else tuple(value) for id_, value in raw.items()}
