"""wrong_language: a translation, and each sentence of it, is in the language of its catalog."""

from collections.abc import Iterator

from pipeline.checks.facts.copied import copied
from pipeline.checks.facts.ideographs import WRITTEN
from pipeline.checks.facts.language import FOREIGN, Verdict, bit, words
from pipeline.checks.facts.verdicts import verdicts
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale, english_name

_SHOWN = 60
# Where so much of the words is the source's, the rules for what was not translated speak.
_COPIED = 0.5


def wrong_language(pair: Pair) -> Iterator[Problem]:
    for verdict in pair.target.fact(verdicts):
        if not _source_itself(pair, verdict):
            yield _problem(pair, verdict)
            return


def _source_itself(pair: Pair, verdict: Verdict) -> bool:
    """Whether what is in another language there was taken over from the source, or is but a word of it."""
    theirs = bit(verdict.language)
    if not theirs:
        return False
    known = {word.text for word in pair.source.fact(words)}
    there = [word for word in pair.target.fact(words) if verdict.start <= word.start < verdict.end]
    telling = [word for word in there if word.languages & theirs and not word.named and not word.aside]
    new = [word for word in telling if word.text not in known]
    if verdict.language == pair.source.locale.language:
        return len(new) * 2 < len(telling) or pair.fact(copied).share >= _COPIED
    return not new


def _problem(pair: Pair, verdict: Verdict) -> Problem:
    language, own = english_name(Locale(verdict.language)), english_name(Locale(pair.target.locale.language))
    part = pair.target.words[verdict.start : verdict.end].strip()
    return Problem(
        message=f"the text is in {language}" if verdict.certain else f"the text may be in {language}",
        severity=Severity.ERROR if verdict.certain else Severity.WARNING,
        expected=own,
        actual=f"{language}: {part if len(part) <= _SHOWN else part[: _SHOWN - 1] + '…'}",
        hint=f"translate it into {own}",
        at=pair.target.raw_offset(verdict.start),
    )


RULE = Rule(
    id="wrong-language",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="In another language",
    finds="A text, or a sentence of it, in another language than that of the catalog: told by words, letters and "
    "endings that the one language has and the other has not. Names, addresses, words in brackets and quotes tell "
    "nothing. A warning where little tells, as in a text of two words.",
    why="Readers get a text that they cannot read, or that is close enough to their language to be misread.",
    examples=(
        Example(
            locale="es",
            source="Ask your doctor if you have a fever.",
            bad="Pergunte ao seu médico se você tiver febre.",
            good="Pregunte a su médico si tiene fiebre.",
        ),
        Example(
            locale="pl",
            source="Tell your doctor about all side effects.",
            bad="Informujte svého lékaře o všech nežádoucích účincích.",
            good="Należy poinformować lekarza o wszystkich działaniach niepożądanych.",
        ),
        Example(
            locale="ja",
            source="Ask your doctor if you have a fever.",
            bad="如果您发烧，请咨询您的医生。",
            good="熱がある場合は、主治医にご相談ください。",
        ),
        Example(
            locale="ar",
            source="This medicine is not for everyone.",
            bad="این دارو برای همه مناسب نیست.",
            good="هذا الدواء غير مناسب للجميع.",
        ),
    ),
    string=wrong_language,
    when=When(target=(FOREIGN, WRITTEN)),
)
