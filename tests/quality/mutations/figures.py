"""Numbers, percentages, ranges, doses, units, dates: changed in value, or written so that they say another value."""

import re

from tests.quality.corpus import DIGITS, PROTECTED, Case, numbers, replaced

PERCENT = re.compile(r"[\u00a0\u202f ]?[%٪％]")
RANGE = re.compile(
    rf"([{DIGITS}]+(?:[.,٫][{DIGITS}]+)?)(\s?[–－～—-]\s?|至|%～|\s(?:bis|a|à|y|et|e|do|to|إلى|و)\s?)([{DIGITS}]+)"
)
NEXT = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", "1234567891١٢٣٤٥٦٧٨٩١１２３４５６７８９１")
SWAPPED_SEPARATORS = str.maketrans(".,٫٬", ",.٬٫")


def numbers_swapped(case: Case) -> str | None:
    """Two numbers of the same kind change places."""
    spans = numbers(case.target)
    pairs = [
        (one, two)
        for place, one in enumerate(spans)
        for two in spans[place + 1 :]
        if _text(case, one) != _text(case, two) and _kind(case, one) == _kind(case, two) != ""
    ]
    choice = case.pick(pairs, "swap")
    if choice is None:
        return None
    one, two = choice
    return replaced(replaced(case.target, two, _text(case, one)), one, _text(case, two))


def number_changed(case: Case) -> str | None:
    span = case.pick(numbers(case.target), "change")
    if span is None:
        return None
    old = _text(case, span)
    places = [place for place, sign in enumerate(old) if sign.isdigit()]
    place = case.pick(places, "digit") or 0
    return replaced(case.target, span, old[:place] + old[place].translate(NEXT) + old[place + 1 :])


def digit_lost(case: Case) -> str | None:
    """A digit of a number of three or more is lost, or a zero is too many."""
    spans = [span for span in numbers(case.target) if sum(sign.isdigit() for sign in _text(case, span)) > 2]
    span = case.pick(spans, "lost")
    if span is None:
        return None
    old = _text(case, span)
    if re.fullmatch(rf"[{DIGITS}]+", old):
        zero = "٠" if "٠" <= old[0] <= "٩" else "0"
        return replaced(case.target, span, case.pick([old[:-1], old[0] + old[2:], old + zero], "which") or "")
    mark = next(place for place, sign in enumerate(old) if not sign.isdigit())
    if len(old) - mark < 3:
        return replaced(case.target, span, old[1:] if mark > 1 else old[:mark])
    return replaced(case.target, span, case.pick([old[:-1], old[: mark + 1] + old[mark + 2 :]], "which") or "")


def decimal_shifted(case: Case) -> str | None:
    options: list[str] = []
    mark = "٫" if re.search("[٠-٩]", case.target) else _decimal(case)
    for span in numbers(case.target):
        old = _text(case, span)
        if re.fullmatch(rf"[{DIGITS}]+[.,٫][{DIGITS}]{{1,2}}", old) or re.fullmatch(rf"[0٠０][.,٫][{DIGITS}]+", old):
            whole, part = re.split("[.,٫]", old)
            if len(whole) == 1 and whole in "0٠０" and len(part) > 1:
                options.append(replaced(case.target, span, whole + old[1] + part[1:]))
            else:
                options.append(replaced(case.target, span, whole + part))
        elif re.fullmatch(rf"[{DIGITS}]{{2}}", old) and PERCENT.match(case.target, span[1]):
            options.append(replaced(case.target, span, old[0] + mark + old[1]))
        elif case.target[span[1] : span[1] + 1] in ("万", "萬") and old.endswith("0"):
            options.append(replaced(case.target, span, old.replace(",", "")[:-1]))
    return case.pick(options, "shift")


def thousands_lost(case: Case) -> str | None:
    options = []
    for span in numbers(case.target):
        old = _text(case, span)
        grouped = re.fullmatch(rf"([{DIGITS}]{{1,3}})(?:[.,٬\u00a0\u202f ][{DIGITS}]{{3}})+", old)
        if grouped and not re.fullmatch(rf"[0٠]?.*[{_decimal(case)}].*", old):
            options.append(replaced(case.target, span, grouped.group(1)))
        options += [
            case.target[: span[1]] + case.target[span[1] + len(word) :]
            for word in ("万", " Millionen", "\u00a0millions", " millones", " milhões", " mln", " مليون")
            if case.target.startswith(word, span[1]) and not case.target[span[1] + 1 : span[1] + 2].isdigit()
        ]
    return case.pick(options, "thousands")


def percent_dropped(case: Case) -> str | None:
    # "8 and 10 %" is as right as "8 % and 10 %": only a sign that no other number shares is missed.
    shared = re.compile(rf"[^{DIGITS};,()]{{1,14}}[{DIGITS}.,٫]+{PERCENT.pattern}")
    signs = [
        match
        for span in numbers(case.target)
        if (match := PERCENT.match(case.target, span[1])) and not shared.match(case.target, match.end())
    ]
    match = case.pick(signs, "percent")
    return match and case.target[: match.start()] + case.target[match.end() :]


def wrong_number_format(case: Case) -> str | None:
    """The separators of another language: 1,000 in German, 1.000 in Japanese, 0.5 in French."""
    if case.source.startswith("Version"):
        return None  # not a quantity
    spans = [span for span in numbers(case.target) if re.search(r"\d[.,٫٬\u00a0\u202f ]\d", _text(case, span))]
    span = case.pick(spans, "format")
    if span is None:
        return None
    old = _text(case, span)
    new = re.sub("[\u00a0\u202f ]", "," if _decimal(case) == "," else ".", old)
    return replaced(case.target, span, new if new != old else old.translate(SWAPPED_SEPARATORS))


def range_end_changed(case: Case) -> str | None:
    match = case.pick(_ranges(case), "range")
    if match is None:
        return None
    end = match.group(3)
    return replaced(case.target, match.span(3), end[:-1] + end[-1].translate(NEXT))


def range_broken(case: Case) -> str | None:
    """The dash or the first number is lost."""
    match = case.pick([match for match in _ranges(case) if re.search("[–－～—-]", match.group(2))], "broken")
    if match is None:
        return None
    new = case.pick([match.group(1) + match.group(3), match.group(3), match.group(1)], "how")
    return replaced(case.target, match.span(), new or "")


def unit_changed(case: Case) -> str | None:
    after_a_number = rf"(?<=[{DIGITS}万(/])[\u00a0\u202f -]?"
    after_millions = "(?<=mln )|(?<=Millionen )|(?<=millones de )|(?<=milhões de )|(?<=millions d’)|(?<=مليون )"
    options: list[str] = []
    for old, new in case.pairs("units"):
        ideograph = case.language in ("ja", "zh_CN") and not old.isascii()
        after = "(?!間|の1)" if ideograph else r"(?![^\W\d_])"
        if old in ("年", "日"):
            after = rf"{after}(?<!\d\d\d\d年)(?<!月\d日)(?<!月\d\d日)"  # the parts of a date
        found = re.finditer(f"(?:{after_a_number}|{after_millions})({re.escape(old)}){after}", case.target)
        options += [replaced(case.target, match.span(1), new) for match in found]
    return case.pick(options, "unit")


def comparison_flipped(case: Case) -> str | None:
    signs = list(re.finditer(r"[≥≤＜＞<>](?=[\s\u00a0]*\d)", case.target))
    match = case.pick(signs, "comparison")
    if match is None:
        return None
    return replaced(case.target, match.span(), match.group().translate(str.maketrans("≥≤＜＞<>", "≤≥＞＜><")))


def month_changed(case: Case) -> str | None:
    months: list[str] = list(case.facts["months"])
    for place, month in enumerate(months):
        match = re.search(rf"(?<=\d[\u00a0 ]){month}(?!\w)|(?<=\d\. ){month}(?!\w)|(?<=de ){month}(?!\w)", case.target)
        if match:
            return replaced(case.target, match.span(), months[place - 1])
    match = re.search(r"(?<=年)(\d{1,2})(?=月)", case.target)
    return match and replaced(case.target, match.span(), str(int(match.group()) % 12 + 1))


def number_word_changed(case: Case) -> str | None:
    options: list[str] = []
    ideographs = case.language in ("ja", "zh_CN")
    for old, new in case.pairs("number_words"):
        whole = f"{old}(?=[天周次种倍个名日人])" if ideographs else rf"(?<!\w){old}(?!\w)"
        options += [replaced(case.target, match.span(), new) for match in re.finditer(whole, case.target)]
    return case.pick(options, "number word")


def roman_numeral_changed(case: Case) -> str | None:
    match = re.search(r"(?<![A-Za-z.])(III|II|IV|I)(?![A-Za-z]|\.E)", case.target)
    return match and replaced(
        case.target, match.span(), {"III": "II", "II": "III", "IV": "III", "I": "II"}[match.group()]
    )


def _text(case: Case, span: tuple[int, int]) -> str:
    return case.target[span[0] : span[1]]


def _kind(case: Case, span: tuple[int, int]) -> str:
    """What follows a number, roughly: a percent sign, a unit, a word."""
    after = case.target[span[1] : span[1] + 12]
    if PERCENT.match(after):
        return "%"
    if case.target[: span[0]].endswith("PS "):
        return "PS"
    unit = re.match(r"[\u00a0\u202f -]?([^\W\d_]+)", after)
    year = re.fullmatch(r"(19|20)\d\d", _text(case, span))
    return "year" if year else (unit.group(1)[:3] if unit else "")


def _decimal(case: Case) -> str:
    return "." if case.language in ("ja", "zh_CN", "ar") else ","


def _ranges(case: Case) -> list[re.Match[str]]:
    """Ranges that the English writes with a dash or "to" as well."""
    kept = []
    hidden = PROTECTED.sub(lambda match: "\0" * len(match.group()), case.target)
    for match in RANGE.finditer(hidden):
        low, high = (_plain(match.group(part)) for part in (1, 3))
        if re.search(rf"(?<!\d){low}%?(?:\s?–\s?|-| to | and ){high}(?!\d)", case.source):
            kept.append(match)
    return kept


def _plain(number: str) -> str:
    plain = "".join(str(int(sign)) if sign.isdigit() else "." for sign in number)
    return re.escape(plain)
