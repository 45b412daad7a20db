"""tbx: the glossary as TBX, in the shape of ISO 30042:2008 (`martif`), with the data categories of TBX-Basic.

ISO 30042:2019 has another root and other names of elements, which OmegaT, Weblate and all that builds on the Translate
Toolkit do not read. The older shape is the one that every tool with a TBX import takes.
"""

from pipeline.exchange.terms import Concept, Form, Status, concepts
from pipeline.exchange.xml import RULE, UnwritableError, block, document, escape, leaf, shown
from pipeline.model.finding import Finding, Refused
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale

_STATUS = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ACCEPTED: "admittedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}


def write_tbx(glossary: Glossary, source: Locale, target: Locale) -> bytes:
    """What the glossary says about the target language. Raises Refused for what XML cannot hold.

    A name has itself as its first translation and says that it must stay, in words for people and as Weblate reads
    it. A forbidden form is a deprecated one and says so in words too: some tools show every form that there is.
    """
    entries: list[str] = []
    findings: list[Finding] = []
    for concept in concepts(glossary, target):
        try:
            entries.extend(_entry(concept, source, target))
        except UnwritableError as error:
            finding = Finding(
                rule=RULE,
                message=str(error),
                location=concept.location,
                entry=shown(concept.text),
                hint="remove the character",
            )
            findings.append(finding)
    if findings:
        raise Refused(findings)
    description = leaf("p", {}, escape(f"Names and terms, {source.bcp47} to {target.bcp47}"))
    header = block("martifHeader", {}, block("fileDesc", {}, block("sourceDesc", {}, [description])))
    body = block("text", {}, block("body", {}, entries))
    return document(block("martif", {"type": "TBX", "xml:lang": source.bcp47}, [*header, *body]))


def _entry(concept: Concept, source: Locale, target: Locale) -> list[str]:
    items: list[str] = []
    if concept.is_name:
        items.append(leaf("descrip", {"type": "Translation needed"}, "No"))
        items.append(leaf("note", {}, "Do not translate"))
    items.extend(block("langSet", {"xml:lang": source.bcp47}, _tig(concept.text, [])))
    tigs = [line for form in concept.forms for line in _tig(form.text, _about(form))]
    items.extend(block("langSet", {"xml:lang": target.bcp47}, tigs))
    return block("termEntry", {}, items)


def _tig(term: str, about: list[str]) -> list[str]:
    return block("tig", {}, [leaf("term", {}, escape(term)), *about])


def _about(form: Form) -> list[str]:
    status = _STATUS.get(form.status)
    about = [leaf("termNote", {"type": "administrativeStatus"}, status)] if status else []
    return [*about, leaf("note", {}, "Do not use")] if form.status is Status.FORBIDDEN else about
