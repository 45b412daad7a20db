"""verdicts: which other language a text is in, told by its words or by its ideographs."""

from pipeline.checks.facts.ideographs import ideographs
from pipeline.checks.facts.language import Verdict, foreign
from pipeline.checks.subject import Text


def verdicts(text: Text) -> tuple[Verdict, ...]:
    """The stretches of the text in another language than its locale's, in reading order."""
    told = text.fact(ideographs)
    if told.language:
        return (Verdict(told.language, told.certain, 0, len(text.words)),)
    return text.fact(foreign)
