"""Other ways to write a correct text: each is as right as the one of the corpus, and must stay as quiet."""

import re
from collections.abc import Callable

from tests.quality.corpus import PROTECTED, Case, numbers

Variant = Callable[[Case], str]

ARABIC = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")
LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩٪٫٬", "0123456789%.,")
WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
UNITS = {
    "ar": (("ملغ", "ملجم"), ("كغ", "كجم"), ("مكغ", "ميكروغرام")),
    "de": (("I.E.", "IE"), ("dl", "dL"), (" ml", " mL")),
    "es": (("ml", "mL"), ("dl", "dL"), ("µg", "mcg")),
    "fr": (("µg", "microgrammes"), ("ml", "mL"), ("dl", "dL")),
    "ja": (("IU", "国際単位"), ("か月", "ヵ月")),
    "pl": (("j.m.", "IU"), ("dl", "dL"), ("µg", "mcg")),
    "pt_BR": (("µg", "mcg"), ("mL", "ml")),
    "zh_CN": (("IU", "国际单位"), ("µg", "微克"), (" mL", "毫升"), ("mg/kg", "毫克/公斤")),
}
QUOTES = {"de": "»«", "es": "“”", "ar": "“”"}


def narrow_spaces(case: Case) -> str:
    """A narrow space where the corpus has a wide one that does not break."""
    return case.target.replace("\u00a0", "\u202f")


def wide_spaces(case: Case) -> str:
    return case.target.replace("\u202f", "\u00a0")


def percent_spacing(case: Case) -> str:
    """Polish and Portuguese also put a space before the sign; Spanish and German writers also leave it out."""
    if case.language in ("pl", "pt_BR"):
        return re.sub(r"(?<=\d)%", "\u00a0%", case.target)
    return re.sub(r"(?<=\d)\u00a0%", "%", case.target) if case.language in ("es", "de") else case.target


def grouping(case: Case) -> str:
    """Thousands with a space instead of a point."""
    if case.language not in ("es", "de", "pt_BR"):
        return case.target
    return re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "\u00a0", case.target)


def citation_on_the_other_side(case: Case) -> str:
    """A citation after the stop where the corpus has it before, and the other way round."""
    if case.facts["citation_before_stop"]:
        return re.sub(r"((?:\{\w+\})+)([.。])", r"\2\1", case.target)
    return re.sub(r"\.((?:\{\w+\})+)", r"\1.", case.target)


def spaces_around_latin(case: Case) -> str:
    """Chinese and Japanese writers also put spaces between their script and Latin words."""
    if case.language not in ("ja", "zh_CN"):
        return case.target
    ideograph = "[\u3041-\u30ff\u4e00-\u9fff]"
    text = re.sub(rf"(?<={ideograph})(?=[A-Za-z])", " ", case.target)
    return re.sub(rf"(?<=[A-Za-z])(?={ideograph})", " ", text)


def full_width(case: Case) -> str:
    """Japanese with full-width digits of one place and percent signs."""
    if case.language != "ja":
        return case.target
    text = case.target
    for start, end in reversed(numbers(text)):
        if text[start:end].isdigit():
            wide = end + 1 if text[end : end + 1] == "%" else end
            text = text[:start] + text[start:wide].translate(WIDE) + text[wide:]
    return text


def narrow_brackets(case: Case) -> str:
    if case.language not in ("ja", "zh_CN"):
        return case.target
    return re.sub(r"\) (?=[{：，。、；])", ")", re.sub("（([^（）]*)）", r" (\1) ", case.target)).strip()


def other_digits(case: Case) -> str:
    """Arabic with the other digits, the same in the whole text."""
    if case.language != "ar":
        return case.target
    if re.search("[٠-٩]", case.target):
        return case.target.translate(LATIN)
    text = case.target
    for start, end in reversed(numbers(text)):
        sign = end + 1 if text[end : end + 1] == "%" else end
        number = text[start:end].replace(".", "٫").replace(",", "٬")
        text = text[:start] + (number + text[end:sign]).translate(ARABIC) + text[sign:]
    return text


def other_units(case: Case) -> str:
    """Another accepted spelling of each unit."""
    text = case.target
    for old, new in UNITS[case.language]:
        text = re.sub(rf"(?<![^\W\d_]){re.escape(old)}(?![^\W\d_])(?!$| [\u4e00-\u9fff])", new, text)
    return text


def greek_mu(case: Case) -> str:
    return case.target.replace("\u00b5", "\u03bc")


def other_dash(case: Case) -> str:
    """A range with a hyphen, an en dash or a tilde, as the language also has it."""
    hidden = PROTECTED.sub(lambda match: "\0" * len(match.group()), case.target)
    signs = list(case.target)
    for match in re.finditer(r"(?<=[\d%])[–～-](?=\d)", hidden):
        signs[match.start()] = {"–": "-", "-": "–", "～": "〜"}[match.group()]
    return "".join(signs)


def other_quotes(case: Case) -> str:
    if case.language not in QUOTES:
        return case.target
    opening, closing = case.pairs("quotes")[0]
    new = QUOTES[case.language]
    return case.target.replace(opening, new[0]).replace(closing, new[1])


def straight_apostrophe(case: Case) -> str:
    return case.target.replace("’", "'") if case.language == "fr" else case.target


VARIANTS: tuple[Variant, ...] = (
    narrow_spaces,
    wide_spaces,
    percent_spacing,
    grouping,
    citation_on_the_other_side,
    spaces_around_latin,
    full_width,
    narrow_brackets,
    other_digits,
    other_units,
    greek_mu,
    other_dash,
    other_quotes,
    straight_apostrophe,
)
