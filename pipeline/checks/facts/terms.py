"""terms: which terms of the glossary a source has, and which accepted or forbidden forms its translation has."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from pipeline.checks.facts.names import of_language
from pipeline.checks.languages import language_data
from pipeline.checks.subject import Pair
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale

# Diacritics, Arabic vowel signs and the tatweel: a word is the same without them.
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f]")
_WORD = re.compile(r"[^\W_]+")

# A word may be declined from here on: the share of it that stays, and the most that goes.
_STEM_SHARE = 0.7
_LONGEST_ENDING = 4
_SHORT = 5  # up to so many letters a form counts only where a word begins
_SCRIPTS_WITHOUT_SPACES = ("ja", "zh", "ko", "th")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A term of the source with what the glossary accepts and forbids for it in the target's language."""

    text: str
    accepted: tuple[str, ...]
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """A forbidden form in the target; `at` is its offset in `Text.words` (0 where that is not known)."""

    term: str
    form: str
    accepted: tuple[str, ...]
    in_source: bool


def wordings(pair: Pair) -> tuple[Wording, ...]:
    """The terms of the source that have accepted translations, each once."""
    terms = _terms(pair.glossary, pair.target.locale)
    if not terms.accepted:
        return ()
    found = _in_source(pair.source.words, pair.glossary)
    if not found:
        return ()
    lower = pair.target.words.casefold()
    target = ""
    told = []
    for text in found:
        forms = terms.forms.get(text, ())
        used = any(form.lower in lower and form.free for form in forms)
        if forms and not used:
            target = target or folded(pair.target.words, pair.target.locale)
            used = any(_occurs(form, target) for form in forms)
        if forms:
            told.append(Wording(text=text, accepted=terms.accepted[text], used=used))
    return tuple(told)


def forbidden(pair: Pair) -> tuple[Forbidden, ...]:
    """The forbidden forms in the target that are no part of an accepted one."""
    terms = _terms(pair.glossary, pair.target.locale)
    if not terms.forbidden:
        return ()
    target = folded(pair.target.words, pair.target.locale)
    if not any(form.plain in target for _, form in terms.forbidden):
        return ()
    found = _in_source(pair.source.words, pair.glossary)
    hits = []
    for text, form in terms.forbidden:
        rest = target
        for accepted in terms.forms.get(text, ()):
            if form.plain in accepted.plain:
                rest = rest.replace(accepted.plain, "\ufffc")
        if _stands(form, rest):
            hits.append(
                Forbidden(term=text, form=form.text, accepted=terms.accepted.get(text, ()), in_source=text in found)
            )
    return tuple(hits)


def mentions(pair: Pair, abbreviation: str) -> int:
    """How often the target says in words again what the source introduces as `term (abbreviation)`.

    The syndrome that was named in full is "this syndrome" from then on; the target must introduce it too.
    """
    if not re.search(rf"[(（][^()（）]{{0,40}}{re.escape(abbreviation)}", pair.target.words):
        return 0
    terms = _terms(pair.glossary, pair.target.locale)
    source = pair.source.words.casefold()
    target = folded(pair.target.words, pair.target.locale)
    again = 0
    for text, forms in terms.forms.items():
        if f"{text.casefold()} ({abbreviation.casefold()})" in source:
            heads = {form.stems[0] for form in forms if len(form.stems) > 1 and len(form.plain) > _SHORT}
            named = max((len(form.whole.findall(target)) for form in forms), default=0)
            again = max([again, *(len(head.findall(target)) - named for head in heads)])
    return again


@dataclass(frozen=True, slots=True)
class _Form:
    """A form as it is looked for: whole, and by the stems of its words."""

    text: str
    lower: str
    plain: str
    free: bool  # long enough to be meant wherever its letters stand
    whole: re.Pattern[str]
    stems: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    accepted: dict[str, tuple[str, ...]]
    forms: dict[str, tuple[_Form, ...]]
    forbidden: tuple[tuple[str, _Form], ...]


@lru_cache(maxsize=64)
def _terms(glossary: Glossary, locale: Locale) -> _Terms:
    accepted = {term.text: of_language(term.translations, locale) for term in glossary.terms}
    accepted = {text: forms for text, forms in accepted.items() if forms}
    refused = [(term.text, form) for term in glossary.terms for form in of_language(term.forbidden, locale)]
    return _Terms(
        accepted=accepted,
        forms={text: tuple(_form(form, locale) for form in forms) for text, forms in accepted.items()},
        forbidden=tuple((text, _form(form, locale)) for text, form in refused),
    )


def _english(text: str) -> str:
    """The term with an English plural or genitive, whatever hyphen or space is in it."""
    words = "".join("[ \u00a0-]" if mark in " -" else re.escape(mark) for mark in text)
    if text.endswith("y") and len(text) > 2 and text[-2] not in "aeiou":
        words = words[:-1] + "(?:y|ie)"
    return rf"{words}(?:e?s)?(?:['’]s?)?"


@dataclass(frozen=True, slots=True)
class _Source:
    """How a term is found in English: by the letters that it begins with, and in full.

    An abbreviation counts only in its own letters: "Who needs it?" does not ask for the WHO.
    """

    text: str
    head: str
    pattern: re.Pattern[str]
    abbreviation: bool


@lru_cache(maxsize=16)
def _sources(glossary: Glossary) -> tuple[_Source, ...]:
    """The terms, the longest first."""
    texts = sorted({term.text for term in glossary.terms}, key=len, reverse=True)
    return tuple(
        _Source(
            text,
            re.split("[ -]", text.casefold())[0][:8].removesuffix("y"),
            re.compile(rf"(?<!\w){_english(text if text.isupper() else text.casefold())}(?!\w)"),
            text.isupper(),
        )
        for text in texts
    )


@lru_cache(maxsize=4096)
def _in_source(words: str, glossary: Glossary) -> tuple[str, ...]:
    """The terms of the English, each once; one inside a longer one is not meant."""
    plain = words.casefold()
    found = []
    for source in _sources(glossary):
        if source.abbreviation:
            if source.text in words and source.pattern.search(words):
                found.append(source.text)
        elif source.head in plain and source.pattern.search(plain):
            found.append(source.text)
            plain = source.pattern.sub("\ufffc", plain)
    return tuple(found)


def folded(text: str, locale: Locale) -> str:
    """The text without case, diacritics and vowel signs, as forms are compared."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    if locale.language in _SCRIPTS_WITHOUT_SPACES:
        return unicodedata.normalize("NFKC", lower).replace(" ", "").replace("・", "")
    plain = _MARKS.sub("", unicodedata.normalize("NFD", lower))
    return plain.replace("\u00a0", " ").replace("\u202f", " ").replace("‑", "-").replace("‐", "-").replace("’", "'")


def _form(text: str, locale: Locale) -> _Form:
    plain = folded(text, locale)
    left = r"(?<!\w)" if len(plain) <= _SHORT and locale.language not in _SCRIPTS_WITHOUT_SPACES else ""
    if locale.language in _SCRIPTS_WITHOUT_SPACES:
        return _Form(text, text.casefold(), plain, True, re.compile(re.escape(plain)), ())
    articles = tuple(language_data(locale, "glossary").get("attached", ()))
    if articles:
        left = ""  # what is attached in front of a word keeps it from being one of its own
    stems = tuple(_stem(word, articles) for word in _WORD.findall(plain))
    return _Form(text, text.casefold(), plain, not left, re.compile(left + re.escape(plain)), stems)


def _stem(word: str, attached: tuple[str, ...]) -> re.Pattern[str]:
    for prefix in attached:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    keep = len(word) if len(word) <= 3 else max(ceil(len(word) * _STEM_SHARE), len(word) - _LONGEST_ENDING)
    left = "" if attached or len(word) > _SHORT else r"(?<!\w)"
    return re.compile(left + re.escape(word[:keep]) + ("" if len(word) > 2 or attached else r"(?!\w)"))


def _occurs(form: _Form, target: str) -> bool:
    """Whether the form stands in the target as listed, or each of its words with another ending or in another place."""
    if form.plain in target and form.whole.search(target):
        return True
    return bool(form.stems) and all(stem.search(target) for stem in form.stems)


def _stands(form: _Form, target: str) -> bool:
    """Whether the very form stands there; inside a longer word only where it is long enough to be meant."""
    for match in form.whole.finditer(target):
        before, after = target[: match.start()][-1:], _WORD.match(target, match.end())
        if not form.stems or not (
            (before.isalnum()) or (after and len(after[0]) > (3 if len(form.plain) > _SHORT else 0))
        ):
            return True
    return False
