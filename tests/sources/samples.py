"""samples: documents for the tests of the source format."""

import sys
from collections.abc import Callable

from pipeline.model.document import Document
from pipeline.model.finding import Finding, Refused
from pipeline.model.reference import Reference
from pipeline.sources.markdown import read_document

FILE = "messages/flu.md"
BIBLIOGRAPHY = tuple(Reference(key=key, text=f"Record {key}.") for key in ("one1", "two2", "three3", "four4", "five5"))

FRONT = """\
---
title: Questions about flu
audience: patients
status: sample
updated: 2026-11-22
---

"""
# An entry to write an answer under; its first line.
ENTRY = "## Is it so? {#so}\n\n"
BODY_LINE = FRONT.count("\n") + 1
ANSWER_LINE = BODY_LINE + ENTRY.count("\n")

# Every construct of the subset once.
RICH = (
    FRONT
    + """\
An *introduction* with **several** parts: 3 < 5, {braces}, 20% for all.
It goes on in a second line.

::: {#first-things .notice}
<!-- translators: The number differs
     from country to country. -->
Call *the* emergency number.

Do not wait.
:::

## What is *it*? {#what-is-it}

It is an infection.[@two2; @one1] [^ecog] [Learn **more** about it](/about "") and [^second]

<!-- a note among authors -->

- first, **bold *and slanted* text**
- second[@three3]

    with a paragraph of its own

    1. one
    2. two
- third, see [the site] or <https://example.org/a>

[the site]: https://example.org/x?y=1&z=2

## Who pays? {#costs markets="US, CA"}

| who | how much [@four4] | when |
|:----|:-----------------:|-----:|
| you | *half* \\| more   | now  |
| me  | it                | 5 < 6 [^ecog] |

::: {#ask .notice}
Ask first.
:::

[^ecog]: In a trial, 65% had *it*.[@two2; @three3; @four4]

[^second]: A second note with [a link](#what-is-it).

## Is that all? {#all}

Yes.
"""
)


def document(body: str) -> Document:
    """The document with this body; raises Refused if it has an error."""
    return read_document((FRONT + body).encode(), FILE, BIBLIOGRAPHY)


def refusals(text: str) -> tuple[Finding, ...]:
    """What is wrong with the document of this whole text; empty if it can be read."""
    try:
        read_document(text.encode(), FILE, BIBLIOGRAPHY)
    except Refused as refused:
        return refused.findings
    return ()


def answer_refusals(answer: str) -> tuple[Finding, ...]:
    """What is wrong with a document whose only answer is this."""
    return refusals(FRONT + ENTRY + answer)


def calls(function: Callable[[], object]) -> int:
    """How many calls it takes, the same on every machine: a measure of work without a clock."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count
