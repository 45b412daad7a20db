"""naming: message ids and names of placeholders as ids of XML elements, and back."""

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9/-]")
_ESCAPED = re.compile(r"_([0-9a-f]{1,6})_")
_OCCURRENCE = re.compile(r"(.*?)(?::[0-9]{1,6})?", re.DOTALL)
_FORM = re.compile(r"(.*)\[([0-9]{1,3})\]", re.DOTALL)


def safe_id(text: str) -> str:
    """The text as an NMTOKEN: `who-may-benefit/answer/1` is `who-may-benefit.answer.1`. No two texts have the same."""
    return _UNSAFE.sub(lambda match: f"_{ord(match[0]):x}_", text).replace("/", ".")


def text_of(identifier: str) -> str:
    """The text that `safe_id` made the id from; any string has one."""
    return _ESCAPED.sub(_character, identifier.replace(".", "/"))


def code_name(identifier: str) -> str:
    """The name of a placeholder from the id of its element, which counts from the second occurrence: `strong:2`."""
    match = _OCCURRENCE.fullmatch(identifier)
    assert match is not None  # the expression takes any text
    return text_of(match[1])


def form_name(message: str, index: int) -> str:
    """The name of one plural form of a message."""
    return f"{message}[{index}]"


def split_form_name(name: str) -> tuple[str, int] | None:
    """The message and the index in the name of a plural form; None for any other name."""
    match = _FORM.fullmatch(name)
    return (match[1], int(match[2])) if match else None


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else match[0]
