"""Citations, notes and tags: lost, doubled, swapped, moved, malformed."""

import re

from tests.quality.corpus import Case, sentences

PLACEHOLDER = re.compile(r"\{\w+\}")
CITATION = re.compile(r"\{cite\d+\}")
PAIR = re.compile(r"<([a-z]+\d*)>(.*?)</\1>")
STOPS = ".。!?！？؟"


def citations_swapped(case: Case) -> str | None:
    if not ("{cite1}" in case.target and "{cite2}" in case.target) or "{cite1}{cite2}" in case.source:
        return None
    return case.target.replace("{cite1}", "\0").replace("{cite2}", "{cite1}").replace("\0", "{cite2}")


def citation_moved_to_another_sentence(case: Case) -> str | None:
    spans = sentences(case.target)
    found = list(CITATION.finditer(case.target))
    places = [
        (match, span)
        for match in found
        for span in spans
        if not span[0] <= match.start() < span[1] and _says(case, span)
    ]
    choice = case.pick(places, "move")
    if choice is None:
        return None
    match, span = choice
    moved = _cite(case, case.target[span[0] : span[1]], match.group())
    if match.start() < span[0]:
        return case.target[: match.start()] + case.target[match.end() : span[0]] + moved + case.target[span[1] :]
    return case.target[: span[0]] + moved + case.target[span[1] : match.start()] + case.target[match.end() :]


def citation_moved_to_another_claim(case: Case) -> str | None:
    """Both citations of a sentence at its end: which belongs to what is lost."""
    for start, end in sentences(case.target):
        sentence = case.target[start:end]
        found = list(CITATION.finditer(sentence))
        if len(found) < 2 or found[0].end() == found[1].start():
            continue
        first, second = found[:2]
        between = sentence[first.end() : second.start()]
        moved = sentence[: first.start()] + between + first.group() + sentence[second.start() :]
        return case.target[:start] + moved + case.target[end:]
    return None


def citation_dropped(case: Case) -> str | None:
    match = case.pick(list(PLACEHOLDER.finditer(case.target)), "drop")
    return match and case.target[: match.start()] + case.target[match.end() :]


def citation_doubled(case: Case) -> str | None:
    match = case.pick(list(CITATION.finditer(case.target)), "double")
    if match is None:
        return None
    start, end = case.pick(sentences(case.target), "double at") or (0, 0)
    if start <= match.start() < end:
        return case.target[: match.end()] + match.group() + case.target[match.end() :]
    return case.target[:start] + _cite(case, case.target[start:end], match.group()) + case.target[end:]


def placeholder_case(case: Case) -> str | None:
    match = case.pick(list(PLACEHOLDER.finditer(case.target)), "case")
    if match is None:
        return None
    new = case.pick([match.group().upper(), match.group().title()], "which case") or ""
    return case.target[: match.start()] + new + case.target[match.end() :]


def placeholder_malformed(case: Case) -> str | None:
    match = case.pick(list(PLACEHOLDER.finditer(case.target)), "malformed")
    if match is None:
        return None
    name = match.group()[1:-1]
    ways = [
        f"{{{name}",
        f"{name}}}",
        f"{{ {name} }}",
        f"｛{name}｝",
        f"{{{{{name}}}}}",
        f"({name})",
        f"[{name}]",
        f"{{{name[:-1]} {name[-1]}}}",
        f"{{{name[:-1]}}}",
    ]
    return case.target[: match.start()] + (case.pick(ways, "way") or "") + case.target[match.end() :]


def placeholder_renamed(case: Case) -> str | None:
    """The name is translated, or the number is one that the English does not have."""
    match = case.pick(list(CITATION.finditer(case.target)), "rename")
    if match is None:
        return None
    number = match.group()[5:-1]
    new = case.pick(
        [f"{{cita{number}}}", f"{{quelle{number}}}", f"{{cite{number}0}}", f"{{cite{int(number) + 3}}}"], "name"
    )
    return case.target[: match.start()] + (new or "") + case.target[match.end() :]


def tags_reversed(case: Case) -> str | None:
    match = case.pick(list(PAIR.finditer(case.target)), "reverse")
    if match is None:
        return None
    tag, inner = match.groups()
    return case.target[: match.start()] + f"</{tag}>{inner}<{tag}>" + case.target[match.end() :]


def tag_unclosed(case: Case) -> str | None:
    match = case.pick(list(PAIR.finditer(case.target)), "unclosed")
    if match is None:
        return None
    tag, inner = match.groups()
    new = case.pick([f"<{tag}>{inner}", f"{inner}</{tag}>", f"<{tag}>{inner}<{tag}>"], "half")
    return case.target[: match.start()] + (new or "") + case.target[match.end() :]


def tags_dropped(case: Case) -> str | None:
    match = case.pick(list(PAIR.finditer(case.target)), "tags")
    return match and case.target[: match.start()] + match.group(2) + case.target[match.end() :]


def _says(case: Case, span: tuple[int, int]) -> bool:
    return len(PLACEHOLDER.sub("", PAIR.sub("", case.target[span[0] : span[1]])).strip()) > 3


def _cite(case: Case, sentence: str, citation: str) -> str:
    """The sentence with the citation at its end, before or after the stop as the language has it."""
    link = PAIR.search(sentence)
    if link is not None and link.end() == len(sentence.rstrip()):
        return sentence[: link.start()] + citation + sentence[link.start() :]
    body = sentence.rstrip()
    if body and body[-1] in STOPS and case.facts["citation_before_stop"]:
        return body[:-1] + citation + body[-1] + sentence[len(body) :]
    return body + citation + sentence[len(body) :]
