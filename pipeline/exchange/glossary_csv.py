"""glossary_csv: the glossary as CSV (RFC 4180, UTF-8), for people and for tools without TBX."""

import csv
import io

from pipeline.exchange.terms import concepts
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale

# The first two names are those by which Weblate and the Translate Toolkit know the columns.
_HEADER = ("source", "target", "status", "source language", "target language")

# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_glossary_csv(glossary: Glossary, source: Locale, target: Locale) -> bytes:
    """One row for each form in the target language, with what may be done with it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for concept in concepts(glossary, target):
        for form in concept.forms:
            writer.writerow((_cell(concept.text), _cell(form.text), form.status, source.bcp47, target.bcp47))
    return text.getvalue().encode("utf-8")


def _cell(value: str) -> str:
    """A cell that every spreadsheet takes for text."""
    return f"'{value}" if value.startswith(_FORMULA) else value
