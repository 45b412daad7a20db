"""sentence_added: a translation says no more than its source."""

from collections.abc import Iterator

from pipeline.checks.facts.lengths import counts, lengths
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

# In standard deviations of the length: far too long by itself, long where there are more sentences too.
_FAR = 3.5
_LONG = 1.2
_LONGER = 2.5
# Characters of the source from which on the length alone tells.
_PHRASE = 40


def sentence_added(pair: Pair) -> Iterator[Problem]:
    found = pair.fact(lengths)
    if found.deviation is None or found.deviation < _LONG:
        return
    sentences = pair.fact(counts)
    more = sentences.target - sentences.bracketed
    if more > sentences.source_most or (more > sentences.source and found.deviation > _LONGER):
        message = f"{sentences.target} sentences stand for {sentences.source}, and the text is long"
    elif found.deviation > _FAR and len(pair.source.words) >= _PHRASE:
        message = "is far too long for its source"
    else:
        return
    yield Problem(
        message=message,
        expected=f"about {found.expected:.0f} characters",
        actual=f"{found.actual:.0f} characters",
        hint="say what the source says and no more",
    )


RULE = Rule(
    id="sentence-added",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Something is added",
    finds="More sentences than in the source in a text that is longer than the language needs for it, or a text that "
    "is far too long for its source.",
    why="A claim that the source does not make has no evidence and no approval.",
    examples=(
        Example(
            locale="pt_BR",
            source="Ask your doctor about the treatment.",
            bad="Pergunte ao seu médico sobre o tratamento. Ele é seguro para todos e não causa efeitos adversos.",
            good="Pergunte ao seu médico sobre o tratamento.",
        ),
    ),
    string=sentence_added,
)
