"""Characters that nobody sees or that are not what they look like."""

import re
import unicodedata

from tests.quality.corpus import Case, replaced, words

BIDI = "\u202e\u202d\u2066\u2067\u202b"
LATIN = ("de", "es", "fr", "pl", "pt_BR")
CYRILLIC = str.maketrans("aeopcxyAEOPCTKMHB", "аеорсхуАЕОРСТКМНВ")
PERSIAN = str.maketrans("يكه", "یکہ")
KANJI_FOR_KATAKANA = str.maketrans("カニロタエハトーリ", "力二口夕工八卜一り")
RADICALS = dict(zip("一人用口心手日月水小大子二生行见长", "⼀⼈⽤⼝⼼⼿⽇⽉⽔⼩⼤⼦⼆⽣⾏⻅⻓", strict=True))


def bidi_control(case: Case) -> str | None:
    sign = case.pick(BIDI if case.language != "ar" else BIDI[:2], "bidi")
    return _inside_a_word(case, sign or "", "at")


def zero_width(case: Case) -> str | None:
    """A zero-width space or joiner; joiners are legal in Arabic, so there it is a space or a byte order mark."""
    return _inside_a_word(
        case, case.pick("\u200b\ufeff\u2060" if case.language == "ar" else "\u200b\u200d\u200c\ufeff") or ""
    )


def soft_hyphen(case: Case) -> str | None:
    return None if case.language in ("ja", "zh_CN") else _inside_a_word(case, "\u00ad", "soft")


def control_character(case: Case) -> str | None:
    return _inside_a_word(case, case.pick("\b\a\x1b\x0c\x85\x01", "control") or "", "control at")


def mixed_script(case: Case) -> str | None:
    """A letter from another script that looks the same."""
    table = {"ja": KANJI_FOR_KATAKANA, "ar": PERSIAN}.get(case.language, CYRILLIC)
    if case.language == "zh_CN":
        spots = [place for place, sign in enumerate(case.target) if sign in RADICALS]
        place = case.pick(spots, "radical")
        return None if place is None else replaced(case.target, (place, place + 1), RADICALS[case.target[place]])
    options = []
    for start, end in words(case.target):
        word = case.target[start:end]
        if case.language == "ja":
            found = re.search(r"(?<=[ァ-ヶ])[カニロタエハトー](?=[ァ-ヶ])", word)
        elif case.language == "ar":
            found = re.search(r"(?<=\w)[يكه](?=\w)", word)
        else:
            found = re.search(r"(?<=[a-zà-ż])[aeopcxy](?=[a-zà-ż]{2})", word) if len(word) > 4 else None
        if found and not word.startswith("Proleukin"):
            spot = start + found.start()
            options.append(replaced(case.target, (spot, spot + 1), found.group().translate(table)))
    return case.pick(options, "mixed")


def decomposed(case: Case) -> str | None:
    new = unicodedata.normalize("NFD", case.target)
    return new if new != case.target and case.language != "zh_CN" else None


def mojibake(case: Case) -> str | None:
    """Bytes of UTF-8 read as Windows-1252: in the whole text or in one word."""
    if case.target.isascii():
        return None
    if case.pick([0, 1], "whole"):
        return _misread(case.target)
    spans = [span for span in words(case.target) if not case.target[slice(*span)].isascii()]
    span = case.pick(spans, "word")
    return replaced(case.target, span, _misread(case.target[slice(*span)])) if span else _misread(case.target)


def replacement_character(case: Case) -> str | None:
    """A letter that a conversion could not keep: ? or the replacement character in its place."""
    spots = [place for place, sign in enumerate(case.target) if sign.isalpha() and not sign.isascii()]
    place = case.pick(spots, "lost")
    if place is None:
        return None
    return replaced(case.target, (place, place + 1), "\ufffd")


def _misread(text: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )


def _inside_a_word(case: Case, sign: str, salt: str = "") -> str | None:
    span = case.pick([span for span in words(case.target) if span[1] - span[0] > 2], salt)
    if span is None:
        return None
    middle = (span[0] + span[1]) // 2
    return case.target[:middle] + sign + case.target[middle:]
