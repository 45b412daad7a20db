"""labels: the page's own words in one locale, with dates, counts and numbers put in."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pipeline.errors import PipelineError
from pipeline.model.bundle import Label, TextOrigin
from pipeline.model.edition import Words
from pipeline.model.locale import Locale, direction, format_date, format_number
from pipeline.model.pattern import Atom, Pattern, Text
from pipeline.model.plurals import plural_index

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Labels:
    """Values are put into a parsed pattern; no string of a translator is ever a format string."""

    words: Words
    _made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def text(self, identifier: str, **values: str | int | date) -> str:
        """The words of a message. Raises PipelineError where the locale has none."""
        return self.once((identifier, *values.items()), lambda: self._fill(self._patterns(identifier)[0], values))

    def plural(self, identifier: str, count: int, **values: str | int | date) -> str:
        """The form for the count by the plural rules of the language that the words are in."""
        return self.once((identifier, count, *values.items()), lambda: self._plural(identifier, count, values))

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of the labels of a locale, for all documents that show it."""
        made: Made | None = self._made.get(name)
        if made is None:
            made = self._made[name] = make()
        return made

    def _plural(self, identifier: str, count: int, values: dict[str, str | int | date]) -> str:
        wording = self.words.by_id[identifier]
        patterns = self._patterns(identifier)
        language = "en" if wording.locale.is_pseudo else wording.locale.gettext
        return self._fill(patterns[plural_index(language, count)], {"count": count, **values})

    def record(self, identifier: str) -> Label:
        """The words of a message with their origin."""
        wording = self.words.by_id[identifier]
        return Label(
            text=self.text(identifier),
            lang=wording.locale.bcp47,
            dir=direction(wording.locale),  # type: ignore[arg-type]
            origin=TextOrigin(
                id=identifier,
                kind=wording.origin.value,
                locale=wording.locale.bcp47,
                file=wording.name,
                source=str(wording.message.location),
            ),
        )

    def _patterns(self, identifier: str) -> tuple[Pattern, ...]:
        wording = self.words.by_id[identifier]
        if not wording.patterns:
            raise PipelineError(f"{identifier} has no text", where=str(wording.location), hint="run pipeline check")
        return wording.patterns

    def _fill(self, pattern: Pattern, values: dict[str, str | int | date]) -> str:
        parts: list[str] = []
        for part in pattern:
            if isinstance(part, Text):
                parts.append(part.value)
            elif isinstance(part, Atom):
                parts.append(self._format(values[part.name]))
        return "".join(parts)

    def _format(self, value: str | int | date) -> str:
        locale: Locale = self.words.locale
        if isinstance(value, date):
            return format_date(value, locale)
        return format_number(value, locale) if isinstance(value, int) else value
