"""content: made-up documents in English and in the languages of the catalogs, the same from the same seed."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

REFERENCES = tuple(f"study{number}" for number in range(1, 9))
ENTRIES = 10
NOTE = "patients"

# Numbers that need no other form of the noun after them in any of the languages.
_COUNTS = (5, 6, 7, 8, 9, 10)


@cache
def phrases() -> dict[str, Any]:
    """All that phrases.toml has."""
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))


@cache
def vocabulary(language: str) -> tuple[str, ...]:
    """The words of all sentences."""
    texts = " ".join(sentence[language] for sentence in phrases()["sentence"])
    return tuple(sorted(set(re.findall(r"[^\W\d_]{3,}", re.sub(r"<[^>]*>|\{[^}]*\}", " ", texts)))))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A phrase by its place in phrases.toml with the values of its placeholders, or words at random."""

    phrase: int
    values: tuple[int, int, int, int, tuple[int, ...]]
    citation: tuple[str, ...] = ()
    note: bool = False
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: tuple[Sentence, ...]
    link: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    question: int
    answer: tuple[Paragraph, ...]
    turn: int = 0

    @property
    def id(self) -> str:
        """Its id in the document; in a long one the same questions come round again."""
        name = phrases()["question"][self.question]["id"]
        return f"{name}-{self.turn}" if self.turn else str(name)


@dataclass(frozen=True, slots=True)
class Page:
    """One document: about the drug `drug` (a place in the list of names)."""

    number: int
    drug: int
    entries: tuple[Entry, ...]
    footnote: Sentence

    @property
    def id(self) -> str:
        return f"faq-{self.number:05}"


def page(number: int, *, seed: int = 1, entries: int = ENTRIES) -> Page:
    """The document with this number, with so many entries.

    The few phrases that there are make a long document repeat itself: beyond an entry for each question its answers
    are words at random, which no check would pass.
    """
    chance = random.Random(f"{seed}:page:{number}")
    names, questions = phrases()["names"], phrases()["question"]
    order = chance.sample(range(len(questions)), min(entries, len(questions)))
    written = [
        Entry(
            order[index % len(order)],
            tuple(_paragraph(chance, free=entries > len(order)) for _ in range(chance.choice((1, 2, 2, 3)))),
            index // len(order),
        )
        for index in range(entries)
    ]
    # The footnote's mark stands in the first answer; every reference is cited somewhere.
    first = written[0].answer[0]
    marked = replace(first.sentences[-1], note=True, citation=REFERENCES)
    opening = replace(first, sentences=(*first.sentences[:-1], marked))
    written[0] = replace(written[0], answer=(opening, *written[0].answer[1:]))
    footnote = replace(_sentence(chance, 0), citation=(chance.choice(REFERENCES),))
    return Page(number, chance.randrange(len(names)), tuple(written), footnote)


def next_version(page: Page, seed: int = 1) -> Page:
    """The document after an author worked on it.

    4 % of the paragraphs say something else at their beginning, 2 % are gone, 3 % are new.
    """
    chance = random.Random(f"{seed}:next:{page.number}")

    def answer(old: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
        for number, paragraph in enumerate(old):
            share = chance.random()
            if share < 0.04:
                said = {sentence.phrase for sentence in paragraph.sentences}
                others = [index for index in range(len(phrases()["sentence"])) if index not in said]
                first, *rest = paragraph.sentences
                other = replace(
                    _sentence(chance, chance.choice(others)),
                    citation=first.citation,
                    note=first.note,
                    words=first.words[::-1],
                )
                yield replace(paragraph, sentences=(other, *rest))
            elif share >= 0.06 or number == 0:
                yield paragraph
            if share >= 0.97:
                yield _paragraph(chance, free=bool(paragraph.sentences[0].words))

    return replace(page, entries=tuple(replace(entry, answer=tuple(answer(entry.answer))) for entry in page.entries))


def _paragraph(chance: random.Random, *, free: bool) -> Paragraph:
    chosen = chance.sample(range(len(phrases()["sentence"])), chance.choice((2, 3, 3, 4, 5)))
    sentences = [_sentence(chance, phrase) for phrase in chosen]
    if free:
        sentences = [
            replace(sentence, words=tuple(chance.randrange(1000) for _ in range(chance.randrange(8, 15))))
            for sentence in sentences
        ]
    if chance.random() < 0.5:
        cited = tuple(sorted(chance.sample(REFERENCES, chance.choice((1, 1, 2, 3)))))
        sentences[-1] = replace(sentences[-1], citation=cited)
    return Paragraph(tuple(sentences), link=chance.random() < 0.25)


def _sentence(chance: random.Random, phrase: int) -> Sentence:
    symptoms = tuple(chance.sample(range(len(phrases()["symptoms"]["en"])), 3))
    values = (*(chance.choice(_COUNTS) for _ in range(2)), chance.randrange(20, 400, 5), chance.randrange(5, 96))
    return Sentence(phrase, (*values, symptoms))


# ---- in a language


@dataclass(frozen=True, slots=True)
class Markup:
    """How a text is written: as Markdown for authors, or with the placeholders of a catalog."""

    citation: Callable[[tuple[str, ...]], str]
    note: str
    link: str
    strong: tuple[str, str]


MARKDOWN = Markup(lambda keys: f"[{'; '.join('@' + key for key in keys)}]", f" [^{NOTE}]", "[{}](/{})", ("**", "**"))
CATALOG = Markup(lambda keys: "{cite1}", "{note1}", "<a1>{}</a1>", ("<strong>", "</strong>"))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the texts of a document in one language."""

    language: str
    markup: Markup

    def messages(self, page: Page) -> Iterator[tuple[str, str]]:
        """Every text of the document by the id that the pipeline gives it, in reading order."""
        drug = phrases()["names"][page.drug]
        yield "title", phrases()["title"][self.language].format(drug=drug, n=page.number)
        yield "lead/1", phrases()["lead"][self.language].format(drug=drug)
        for entry in page.entries:
            question = phrases()["question"][entry.question][self.language]
            yield f"{entry.id}/question", question.format(drug=drug)
            for number, paragraph in enumerate(entry.answer, 1):
                yield f"{entry.id}/answer/{number}", self._paragraph(paragraph, drug)
        yield f"footnote/{NOTE}", self._sentence(phrases()["footnote"], page.footnote, drug)

    def _paragraph(self, paragraph: Paragraph, drug: str) -> str:
        texts = [
            self._sentence(phrases()["sentence"][sentence.phrase], sentence, drug) for sentence in paragraph.sentences
        ]
        if paragraph.link:
            words = phrases()["link"][self.language].format(drug=drug)
            texts.append(self.markup.link.format(words, drug.lower()))
        return ("" if self.language in ("ja", "zh") else " ").join(texts)

    def _sentence(self, phrase: dict[str, str], sentence: Sentence, drug: str) -> str:
        if sentence.words:
            known = vocabulary(self.language)
            text = " ".join(known[index % len(known)] for index in sentence.words) + "."
        else:
            text = self._said(phrase[self.language], sentence, drug)
        citation = self.markup.citation(sentence.citation) if sentence.citation else ""
        return f"{text}{citation}{self.markup.note if sentence.note else ''}"

    def _said(self, phrase: str, sentence: Sentence, drug: str) -> str:
        n, m, dose, percent, symptoms = sentence.values
        names = phrases()["symptoms"][self.language]
        separator = phrases()["separator"].get(self.language, ", ")
        text = phrase.format(
            drug=drug,
            n=n,
            m=m,
            dose=dose,
            percent=phrases()["percent"][self.language].format(percent),
            symptoms=separator.join(names[symptom] for symptom in symptoms),
        )
        opening, closing = self.markup.strong
        return text.replace("<strong>", opening).replace("</strong>", closing)


def markdown(page: Page) -> str:
    """The document as authors write it."""
    texts = dict(Writer("en", MARKDOWN).messages(page))
    lines = [
        "---",
        f"title: {texts['title']}",
        "audience: patients",
        "status: sample",
        "updated: 2026-01-01",
        "---",
        "",
        texts["lead/1"],
        "",
    ]
    for entry in page.entries:
        lines += [f"## {texts[f'{entry.id}/question']} {{#{entry.id}}}", ""]
        for number, _ in enumerate(entry.answer, 1):
            lines += [texts[f"{entry.id}/answer/{number}"], ""]
    return "\n".join([*lines, f"[^{NOTE}]: {texts[f'footnote/{NOTE}']}", ""])
