"""glossary: `glossary.toml` to a Glossary."""

from collections.abc import Mapping
from typing import Any

from pipeline.errors import PipelineError
from pipeline.model.finding import Finding, Location, Refused
from pipeline.model.glossary import Glossary, Name, Term
from pipeline.model.locale import Locale, ensure_known
from pipeline.sources.tables import Field, read_records

_TABLES = {
    "name": {"text": Field(str), "inflections": Field(dict, required=False)},
    "term": {
        "text": Field(str),
        "translations": Field(dict, required=False),
        "forbidden": Field(dict, required=False),
    },
}


def read_glossary(data: bytes, name: str) -> Glossary:
    """Records of `[[name]]` and `[[term]]`. Raises Refused with every problem of the file."""
    records, findings = read_records(data, name, _TABLES)
    names: list[Name] = []
    terms: list[Term] = []
    seen: dict[str, int] = {}
    for record in records:
        text, location = record.values["text"], record.location
        if text in seen:
            findings.append(_finding(location, text, f"stands already in line {seen[text]}"))
        seen.setdefault(text, location.line)
        forms = {
            key: _forms(record.values.get(key, {}), location, text, findings)
            for key in ("inflections", "translations", "forbidden")
        }
        if record.table == "name":
            names.append(Name(text=text, inflections=forms["inflections"], location=location))
        else:
            terms.append(
                Term(text=text, translations=forms["translations"], forbidden=forms["forbidden"], location=location)
            )
    if findings:
        raise Refused(sorted(findings, key=lambda finding: finding.location))
    return Glossary(names=tuple(names), terms=tuple(terms))


def _forms(
    value: Mapping[str, Any], location: Location, text: str, findings: list[Finding]
) -> Mapping[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for language, entry in value.items():
        key = language
        try:
            key = ensure_known(Locale.parse(language)).gettext
        except PipelineError as error:
            findings.append(_finding(location, text, str(error)))
        if key in forms:
            findings.append(_finding(location, text, f"{language} stands twice"))
        listed = [entry] if isinstance(entry, str) else entry
        if not isinstance(listed, list) or not listed or not all(isinstance(form, str) and form for form in listed):
            findings.append(_finding(location, text, f"{language} is not a text or a list of texts"))
            continue
        forms[key] = tuple(listed)
    return forms


def _finding(location: Location, text: str, message: str) -> Finding:
    hint = "see docs/glossary.md"
    return Finding(rule="glossary-file", message=f"{text!r}: {message}", location=location, entry=text, hint=hint)
