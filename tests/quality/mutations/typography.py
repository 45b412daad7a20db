"""Typography: stops, question marks, spaces, quotes, doubled words, edges, line breaks."""

import re

from tests.quality.corpus import Case, replaced, words

STOP = re.compile(r"([.。])((?:\{\w+\}|</\w+>)*)$")
QUOTES = {"de": "“”", "es": "„“", "fr": "“”", "ja": "“”", "ar": "„“", "pt_BR": "„“", "zh_CN": "「」", "pl": "“”"}


def final_stop_lost(case: Case) -> str | None:
    match = STOP.search(case.target)
    return match and replaced(case.target, match.span(1), "") if _ends(case) else None


def final_stop_changed(case: Case) -> str | None:
    match = STOP.search(case.target)
    if match is None or not _ends(case):
        return None
    ways = {"ja": ".,、", "zh_CN": ".,，", "ar": "۔،!"}.get(case.language, ",!:")
    return replaced(case.target, match.span(1), case.pick(ways, "stop") or "")


def question_mark_wrong(case: Case) -> str | None:
    """The opening mark is lost in Spanish, the English one stands where the script has its own, or there is none."""
    if case.language == "es" and "¿" in case.target:
        return case.target.replace("¿", "", 1)
    for mark in "？؟":
        if mark in case.target:
            return case.target[::-1].replace(mark, "?", 1)[::-1]
    if case.target.endswith("?"):
        return case.target[:-1].rstrip() + (case.pick([".", ""], "none") or "")
    return None


def french_space_missing(case: Case) -> str | None:
    if case.language != "fr":
        return None
    match = case.pick(list(re.finditer("[\u00a0\u202f](?=[%?:;!»])|(?<=«)[\u00a0\u202f]", case.target)), "space")
    return match and replaced(case.target, match.span(), "")


def quotes_straight(case: Case) -> str | None:
    opening, closing = case.pairs("quotes")[0]
    if opening not in case.target:
        return None
    return case.target.replace(opening, '"').replace(closing, '"')


def quotes_foreign(case: Case) -> str | None:
    opening, closing = case.pairs("quotes")[0]
    if opening not in case.target:
        return None
    new = QUOTES[case.language]
    return case.target.replace(opening, new[0]).replace(closing, new[1])


def word_doubled(case: Case) -> str | None:
    if case.language in ("ja", "zh_CN"):
        signs = "".join(case.facts["doubles"])
        match = case.pick(list(re.finditer(rf"(?<=[^\W\d_])[{signs}](?=[^\W\d_])", case.target)), "double")
        return match and case.target[: match.end()] + match.group() + case.target[match.end() :]
    spans = [span for span in words(case.target) if span[1] - span[0] > 1 and " " in case.target[span[1] : span[1] + 1]]
    span = case.pick(spans, "double")
    return span and case.target[: span[1]] + " " + case.target[span[0] :]


def space_doubled(case: Case) -> str | None:
    match = case.pick(list(re.finditer(r"(?<=\S) (?=\S)", case.target)), "space")
    return match and replaced(case.target, match.span(), "  ")


def edge_space(case: Case) -> str | None:
    return case.pick([f" {case.target}", f"{case.target} ", f"{case.target}\u00a0", f"{case.target}\t"], "edge")


def line_break(case: Case) -> str | None:
    places = [match.end() for match in re.finditer(r"[ 、，。]", case.target[:-1])]
    place = case.pick(places, "line")
    return None if place is None else case.target[:place].rstrip(" ") + "\n" + case.target[place:]


def space_before_stop(case: Case) -> str | None:
    match = case.pick(list(re.finditer(r"(?<=\w)[,.،。，](?=\s|$|\{)", case.target)), "before")
    return match and replaced(case.target, match.span(), " " + match.group())


def comma_wrong(case: Case) -> str | None:
    """The comma of English where the script has its own."""
    match = case.pick(list(re.finditer("[、，،]", case.target)), "comma")
    return match and replaced(case.target, match.span(), ", " if case.language != "ar" else ",")


def space_missing(case: Case) -> str | None:
    """Two sentences, or two parts of one, run into each other."""
    if case.language in ("ja", "zh_CN"):
        return None
    match = case.pick(list(re.finditer(r"(?<=\w[.,،;؛!?؟]) (?=[^\W\d])", case.target)), "missing")
    return match and replaced(case.target, match.span(), "")


def entity_left(case: Case) -> str | None:
    """A trace of another format: a character reference, or an escape that nobody resolves."""
    place = case.pick([match.start() for match in re.finditer(r"(?<=\w)[ \u00a0、，](?=\w)", case.target)], "entity")
    if place is None:
        return None
    trace = case.pick(["&nbsp;", "&#160;", "\\n", "&amp;nbsp;"], "trace") or ""
    return case.target[:place] + trace + case.target[place + 1 :]


def small_start(case: Case) -> str | None:
    if not (case.target[:1].isupper() and case.source[:1].isupper() and case.target[1:2].islower()):
        return None
    return None if case.target.startswith("Proleukin") else case.target[0].lower() + case.target[1:]


def bracket_lost(case: Case) -> str | None:
    match = case.pick(list(re.finditer(r"[()（）]", case.target)), "bracket")
    return match and replaced(case.target, match.span(), "")


def _ends(case: Case) -> bool:
    return STOP.search(case.source) is not None
