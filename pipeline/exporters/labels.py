"""labels: the page's own words in one locale, with dates, counts and numbers put in."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

from pipeline.errors import PipelineError
from pipeline.model.bundle import Label, TextOrigin
from pipeline.model.edition import Words
from pipeline.model.locale import Locale, direction, format_date, format_number
from pipeline.model.pattern import Atom, Pattern, Text
from pipeline.model.plurals import plural_index


@dataclass(frozen=True, slots=True)
class Labels:
    """Values are put into a parsed pattern; no string of a translator is ever a format string.

    `html` has what was made HTML of them, by whatever name its maker gave it.
    """

    words: Words
    html: dict[Hashable, str] = field(default_factory=dict, compare=False, repr=False)
    _said: dict[Hashable, str] = field(default_factory=dict, compare=False, repr=False)

    def text(self, identifier: str, **values: str | int | date) -> str:
        """The words of a message. Raises PipelineError where the locale has none."""
        asked = (identifier, *values.items())
        said = self._said.get(asked)
        if said is None:
            said = self._said[asked] = self._fill(self._patterns(identifier)[0], values)
        return said

    def plural(self, identifier: str, count: int, **values: str | int | date) -> str:
        """The form for the count by the plural rules of the language that the words are in."""
        asked = (identifier, count, *values.items())
        said = self._said.get(asked)
        if said is None:
            said = self._said[asked] = self._plural(identifier, count, values)
        return said

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
