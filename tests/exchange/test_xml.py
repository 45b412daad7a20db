"""The door to XML: what is hostile or absurd is refused with one clear sentence, what is XML is read as it stands."""

import time

import pytest

from pipeline.exchange import xml
from pipeline.exchange.xml import UnwritableError, block, document, escape, excess, leaf, parse, shown
from pipeline.model.finding import Finding, Refused

NAME = "back.xlf"


def refusal(data: bytes) -> Finding:
    """The one finding that a file is refused with."""
    with pytest.raises(Refused) as caught:
        parse(data, NAME)
    (finding,) = caught.value.findings
    assert finding.rule == "exchange"
    assert finding.location.file == NAME
    assert finding.hint
    return finding


LAUGHS = b'<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "&%c;&%c;">' % (n + 1, n, n) for n in range(97, 120))

HOSTILE = {
    "nothing": (b"", 1, "not well-formed XML: no element found"),
    "no XML": (b"hello", 1, "not well-formed XML: syntax error in column 1"),
    "cut off": (b"<a>\n<b>text", 2, "not well-formed XML: no element found"),
    "wrong nesting": (b"<a>\n<b></a></b>", 2, "not well-formed XML: mismatched tag"),
    "two roots": (b"<a/>\n<b/>", 2, "not well-formed XML: junk after document element"),
    "attribute twice": (b'<a x="1" x="2"/>', 1, "not well-formed XML: duplicate attribute"),
    "unbound prefix": (b"<a>\n<m:b/></a>", 2, "not well-formed XML: unbound prefix"),
    "NUL": (b"<a>\n\0</a>", 2, "has a NUL character"),
    "control character": (b"<a>\n\x07</a>", 2, "not well-formed XML"),
    "forbidden reference": (b"<a>&#7;</a>", 1, "not well-formed XML: reference to invalid character number"),
    "undefined entity": (b"<a>\n\n&bomb;</a>", 3, "not well-formed XML: undefined entity"),
    "document type": (b"<?xml version='1.0'?>\n<!DOCTYPE a><a/>", 2, "declares a document type"),
    "external document type": (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', 1, "declares a document type"),
    "external entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 1, "declares a document"),
    "billion laughs": (b"<!DOCTYPE a [" + LAUGHS + b"]><a>&x;</a>", 1, "declares a document type"),
    "parameter entity": (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///dev/random"> %x;]><a/>', 1, "declares a document"),
    "TMX document type with entities": (b'<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY a "b">]><tmx/>', 1, "declares"),
    "TMX document type of another root": (b'<!DOCTYPE tmxx SYSTEM "tmx14.dtd"><tmx/>', 1, "declares a document type"),
    "two TMX document types": (b'<!DOCTYPE tmx SYSTEM "a"><!DOCTYPE tmx SYSTEM "a"><tmx/>', 1, "declares a document"),
    "entity of a TMX document type": (b'<!DOCTYPE tmx SYSTEM "a"><tmx a="&x;"/>', 1, "undefined entity"),
    "Latin-1": (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", 1, "is not UTF-8 text"),
    "Latin-1 by name": (b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", 1, "says that it is in ISO-8859-1"),
    "unknown encoding": (b"<?xml version='1.0' encoding='utf-7'?><a/>", 1, "says that it is in utf-7"),
    "claims to be UTF-16": (b"<?xml version='1.0' encoding='UTF-16'?><a/>", 1, "says that it is in UTF-16"),
    "UTF-16 without a mark": ("<a/>".encode("utf-16-le"), 1, "has a NUL character"),
    "UTF-16 cut off": ("<a/>".encode("utf-16")[:-1], 1, "is not UTF-16 text"),
    "UTF-16 that claims UTF-8": ("<?xml version='1.0' encoding='UTF-8'?><a/>".encode("utf-16"), 1, "it is in UTF-8"),
    "half a character": (b"<a>\n\xc3</a>", 2, "is not UTF-8 text"),
    "surrogate": (b"<a>\xed\xa0\x80</a>", 1, "is not UTF-8 text"),
    "XML 1.1": (b"<?xml version='1.1'?><a/>", 1, "is XML 1.1"),
    "deep": (b"<a>" * 101 + b"</a>" * 101, 1, "nests elements deeper than 100"),
    "deep and never closed": (b"<a>\n" * 200_000, 101, "nests elements deeper than 100"),
}


@pytest.mark.parametrize(("data", "line", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_at_its_line(data: bytes, line: int, message: str) -> None:
    finding = refusal(data)
    assert message in finding.message
    assert finding.location.line == line


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    finding = refusal(b"<" * (xml.BYTES_LIMIT + 1))
    assert finding.message == "the file has 48,000,001 bytes; 48,000,000 is the limit"


def test_a_file_of_nothing_but_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "ELEMENTS_LIMIT", 1_000)
    assert len(parse(b"<a>" + b"<b/>" * 999 + b"</a>", NAME).root.children) == 999
    assert refusal(b"<a>" + b"<b/>" * 1_000 + b"</a>").message == "has more than 1,000 elements"


@pytest.mark.thorough
@pytest.mark.parametrize("filler", [b"{", b"&amp;", b"\n", b"\xc3\xa9", b"<!-- -->", b"<![CDATA[]]>"], ids=repr)
def test_reading_takes_time_in_proportion_to_the_size(filler: bytes) -> None:
    started = time.process_time()
    parse(b"<a>" + filler * (2_000_000 // len(filler)) + b"</a>", NAME)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "data",
    [
        b"<a>x</a>",
        b"\xef\xbb\xbf<a>x</a>",
        b"<?xml version='1.0' encoding='utf-8' standalone='yes'?><a>x</a>",
        b"<?xml version='1.0' encoding='US-ASCII'?><a>x</a>",
        "<?xml version='1.0' encoding='UTF-16'?><a>x</a>".encode("utf-16"),
        "\ufeff<?xml version='1.0'?><a>x</a>".encode("utf-16-be"),
    ],
)
def test_utf_8_and_marked_utf_16_are_read(data: bytes) -> None:
    assert parse(data, NAME).root.text == "x"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        "<!DOCTYPE tmx SYSTEM 'tmx11.dtd' >",
        '<!DOCTYPE tmx\nPUBLIC "-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN" "tmx14.dtd">',
    ],
)
def test_the_bare_document_type_of_a_memory_is_passed_over(doctype: str) -> None:
    root = parse(f"<?xml version='1.0'?>\n{doctype}\n<tmx><a/></tmx>".encode(), NAME).root
    assert root.name == "tmx"
    assert root.line == 3 + doctype.count("\n")


def test_a_document_type_in_a_text_is_text() -> None:
    text = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    assert parse(f"<tmx><![CDATA[{text}]]></tmx>".encode(), NAME).root.text == text


def test_an_element_knows_its_line_its_namespace_and_its_text() -> None:
    data = b"""<?xml version="1.0"?>
<x:a xmlns:x="urn:one" xmlns:y="urn:two" xml:lang="de" y:c="1" d="2">
 one<!-- no --><x:b/>two<![CDATA[<three>]]>
 <y:b>&#13;\t</y:b><b/>
</x:a>"""
    document = parse(data, NAME)
    assert document.namespace == "urn:one"
    root = document.root
    assert (root.name, root.attributes) == ("a", {"xml:lang": "de", "urn:two c": "1", "d": "2"})
    assert [(child.name, child.line) for child in root.elements()] == [("b", 3), ("urn:two b", 4), (" b", 4)]
    assert root.text == "\n onetwo<three>\n \r\t\n"
    assert root.first("b") is next(root.elements("b"))
    assert root.first("c") is None


@pytest.mark.parametrize("text", ["a&b<c>d]]>\"'", " \t\n\r\r\n ", "\u0085\u2028\u00a0\ufeff", "\U0010ffff", "{}"])
def test_what_is_written_is_read_as_the_same_text(text: str) -> None:
    root = parse("\n".join(block("a", {"b": text}, [leaf("c", {}, escape(text))])).encode(), NAME).root
    assert [child.text for child in root.elements()] == [text]
    assert root.attributes["b"] == text


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_hold_is_not_written(character: str) -> None:
    with pytest.raises(UnwritableError, match=f"U\\+{ord(character):04X}"):
        escape(f"a{character}b")
    with pytest.raises(UnwritableError):
        leaf("a", {"b": character}, "")


@pytest.mark.parametrize(("limit", "what"), [("BYTES_LIMIT", "bytes"), ("ELEMENTS_LIMIT", "elements")])
def test_a_document_that_goes_out_leaves_room_to_come_back(
    monkeypatch: pytest.MonkeyPatch, limit: str, what: str
) -> None:
    data = document(block("a", {"b": "</c/>"}, [leaf("d", {}, escape("</e>")), leaf("f", {}, "")]))
    size = len(data) if what == "bytes" else 3
    monkeypatch.setattr(xml, limit, (size * 3 + 1) // 2)
    assert excess(data) == ""
    monkeypatch.setattr(xml, limit, (size * 3 + 1) // 2 - 1)
    assert excess(data) == f"{size:,} {what}; {size - 1:,} is the limit"


def test_what_a_stranger_wrote_is_shown_short_and_harmless() -> None:
    assert shown("a" * 500) == "a" * 120 + "..."
    assert shown("\x9b2J\u202e") == "\\x9b2J\\u202e"
    assert shown("é 漢") == "é 漢"
