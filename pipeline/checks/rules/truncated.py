"""truncated: a translation goes on to the end of its source."""

from collections.abc import Iterator

from pipeline.checks.facts.lengths import ending, lengths
from pipeline.checks.facts.sentences import sentences
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.rules.untranslated import is_untranslated
from pipeline.checks.subject import Pair, Text
from pipeline.model.finding import Severity

# In standard deviations of the length: far too short whatever the end; short, where the end is missing.
_FAR = -3.0
_SHORT = -2.0
_SOMEWHAT = -1.3
_NOT_LONG = 0.5
# Characters of the source from which on the length of a translation tells something, and from which on it tells much.
_TELLS = 25
_TELLS_MUCH = 60
_PHRASE = 40


def truncated(pair: Pair) -> Iterator[Problem]:
    deviation = pair.fact(lengths).deviation
    if deviation is None or deviation > _NOT_LONG or pair.fact(is_untranslated):
        return
    size = len(pair.source.words)
    source, target = pair.source.fact(ending), pair.target.fact(ending)
    unended = source.final and not target.final
    left_open = target.open if not source.open and not target.final else ""
    if left_open and (unended or (size >= _TELLS and deviation < _SOMEWHAT)):
        severity = Severity.ERROR if unended and deviation < _SOMEWHAT else None
        yield _problem(pair, f"ends in the middle of a sentence, with {left_open}", severity)
    elif unended and size >= _TELLS and deviation < (_SOMEWHAT if size >= _TELLS_MUCH else _SHORT):
        yield _problem(pair, "is short for its source and does not end as a sentence does")
    elif size >= _PHRASE and deviation < _FAR and not _whole_sentences_gone(pair):
        yield _problem(pair, "is far too short for its source")


def _whole_sentences_gone(pair: Pair) -> bool:
    """Where the text ends well, another rule says which sentence is missing."""
    return pair.target.fact(ending).final and len(pair.target.fact(sentences)) < len(pair.source.fact(sentences))


def is_truncated(pair: Pair) -> bool:
    return any(truncated(pair))


def _problem(pair: Pair, message: str, severity: Severity | None = None) -> Problem:
    found = pair.fact(lengths)
    return Problem(
        message=message,
        severity=severity,
        expected=f"about {found.expected:.0f} characters, ending {_tail(pair.source)}",
        actual=f"{found.actual:.0f} characters, ending {_tail(pair.target)}",
        hint="translate the source to its end",
        at=len(pair.target.raw),
    )


_TAIL = 20


def _tail(text: Text) -> str:
    read = text.words.rstrip()
    return read if len(read) <= _TAIL else f"…{read[-_TAIL:]}"


RULE = Rule(
    id="truncated",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Cut short",
    finds="A translation that stops before its source does: it ends with a comma, a hyphen or a word that something "
    "must follow (an article, a preposition, `and`), or without the full stop that the source has, and it is shorter "
    "than the language needs for such a text; or it is far too short whatever its end. An error where it ends in the "
    "middle of a sentence and is short.",
    why="What is lost is the end of the text, where the exception or the warning stands.",
    examples=(
        Example(
            locale="de",
            source="Tell your doctor at once if you have a fever, chest pain or trouble breathing.",
            bad="Informieren Sie sofort Ihren Arzt, wenn Sie Fieber oder",
            good="Informieren Sie sofort Ihren Arzt, wenn Sie Fieber, Brustschmerzen oder Atemnot haben.",
        ),
        Example(
            locale="ja",
            source="Tell your doctor at once if you have a fever, chest pain or trouble breathing.",
            bad="発熱、胸の痛みまたは",
            good="発熱、胸の痛みまたは呼吸困難がある場合は、直ちに医師に伝えてください。",
        ),
    ),
    string=truncated,
)
