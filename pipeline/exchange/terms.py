"""terms: what a glossary says about one target language, in the order of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.finding import Location
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale


class Status(StrEnum):
    """What a translator may do with a form."""

    KEEP = "do not translate"
    PREFERRED = "preferred"
    ACCEPTED = "accepted"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Form:
    """One form in the target language."""

    text: str
    status: Status


@dataclass(frozen=True, slots=True)
class Concept:
    """A name or a term with all its forms, the one to use first."""

    text: str
    location: Location
    forms: tuple[Form, ...]

    @property
    def is_name(self) -> bool:
        return self.forms[0].status is Status.KEEP


def concepts(glossary: Glossary, target: Locale) -> Iterator[Concept]:
    """Names first. A term of which the glossary says nothing in the language is left out."""
    for name in glossary.names:
        forms = dict.fromkeys((name.text, *_of(name.inflections, target)))
        yield Concept(name.text, name.location, tuple(Form(form, Status.KEEP) for form in forms))
    for term in glossary.terms:
        accepted = _of(term.translations, target)
        found = [Form(form, Status.ACCEPTED if index else Status.PREFERRED) for index, form in enumerate(accepted)]
        found.extend(Form(form, Status.FORBIDDEN) for form in _of(term.forbidden, target))
        if found:
            yield Concept(term.text, term.location, tuple(found))


def _of(forms: Mapping[str, tuple[str, ...]], target: Locale) -> tuple[str, ...]:
    """The forms of the locale, or else those that the glossary has for the language as a whole."""
    return forms.get(target.gettext) or forms.get(target.language) or ()
