"""half_translated: no words of the source are left standing between those of the translation."""

from collections.abc import Iterator

from pipeline.checks.facts.copied import Run, copied, shared
from pipeline.checks.facts.language import IDEOGRAPH, bit, words
from pipeline.checks.facts.vocabulary import vocabulary
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.rules.untranslated import is_untranslated
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import english_name, script

# Words in a row; and what those weigh that the source's language has and the target's has not.
_CLAUSE = 4
_PHRASE = 3
_PAIR = 2
_CERTAIN = 4
_TELLING = 2


def half_translated(pair: Pair) -> Iterator[Problem]:
    both = pair.fact(shared)
    if not both or pair.source.locale.language == pair.target.locale.language or pair.fact(is_untranslated):
        return
    least = _PHRASE if bit(pair.target.locale.language) else _CLAUSE
    if pair.target.knowledge(script) != "Latn":
        least = _PAIR
    runs = [run for run in pair.fact(copied).runs if _left(run, least)]
    if not runs:
        theirs, function = bit(pair.source.locale.language), vocabulary().function
        small = {word for word in both if function.get(word, 0) & theirs}
        if small and (len(pair.target.fact(words)) > 1 or IDEOGRAPH.search(pair.target.words)):
            yield from _single(pair, small)
        return
    run = max(runs, key=lambda run: (run.told, run.plain))
    certain = len(run.words) >= _CLAUSE and run.told >= _CERTAIN and run.told > run.own * 2
    yield _problem(pair, run.start, run.end, Severity.ERROR if certain else Severity.WARNING)


def _left(run: Run, least: int) -> bool:
    """Whether the run is words that a translator would translate: the languages share none, or too few."""
    if run.plain < least:
        return run.plain == _PAIR and least == _PHRASE and run.told >= _CERTAIN and not run.own
    return run.told > run.own if run.told >= _TELLING else run.told > 0 and not run.own


def _single(pair: Pair, small: set[str]) -> Iterator[Problem]:
    """A small word of the source between words of another language: "fiebre and escalofríos"."""
    theirs, own = bit(pair.source.locale.language), bit(pair.target.locale.language)
    if not own and script(pair.target.locale) == "Latn":
        return
    function, names = vocabulary().function, [run.name for run in pair.fact(copied).runs]
    for word in pair.target.fact(words):
        if (
            word.text in small
            and function.get(word.text, 0) & word.languages & theirs
            and not word.languages & own
            and not (word.capital or word.aside or len(word.text) == 1)
            and not any(start <= word.start < end for start, end in names)
        ):
            yield _problem(pair, word.start, word.end, Severity.WARNING)
            return


def _problem(pair: Pair, start: int, end: int, severity: Severity) -> Problem:
    left, language = pair.target.words[start:end], english_name(pair.source.locale)
    return Problem(
        message=f"words of the source are left: {left}",
        severity=severity,
        expected=english_name(pair.target.locale),
        actual=f"{language}: {left}",
        hint="translate them",
        at=pair.target.raw_offset(start),
    )


RULE = Rule(
    id="half-translated",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Partly not translated",
    finds="Words of the source in a row that stand in the translation as they are, and are no name, title, term or "
    "original name in brackets: an error for a clause of four words and more with words that only the source's "
    "language has; a warning for three words in a row (two in Arabic, Chinese and Japanese), or for a single small "
    "word such as `and`.",
    why="What is left in the source's language does not reach the readers, and it is often the end of a warning.",
    examples=(
        Example(
            locale="es",
            source="It works quickly. Tell your doctor if you have a fever.",
            bad="Actúa con rapidez. Tell your doctor if you have a fever.",
            good="Actúa con rapidez. Informe a su médico si tiene fiebre.",
        ),
        Example(
            locale="ja",
            source="If you have a fever, stop the treatment at once.",
            bad="熱がある場合は、stop the treatment at once。",
            good="熱がある場合は、直ちに投与を中止してください。",
        ),
        Example(
            locale="de",
            source="Fever, chills and fatigue",
            bad="Fieber, Schüttelfrost and Müdigkeit",
            good="Fieber, Schüttelfrost und Müdigkeit",
        ),
    ),
    string=half_translated,
)
