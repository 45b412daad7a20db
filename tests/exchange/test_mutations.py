"""Whatever happens to a file on its way: it is read, or refused with a place and a sentence; never anything else."""

import copy
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.exchange.tmx import read_tmx, write_tmx
from pipeline.exchange.xliff import read_xliff
from pipeline.exchange.xliff12 import write_xliff12
from pipeline.exchange.xliff21 import write_xliff21
from pipeline.model.exchange import ReturnedFile
from pipeline.model.finding import Finding, Location, Refused
from tests.exchange.samples import SAMPLE
from tests.properties import cases

pytestmark = pytest.mark.thorough

Read = Callable[[bytes, str], ReturnedFile]

NAME = "back.xlf"
FORMATS = [
    pytest.param(write_xliff12(SAMPLE), read_xliff, id="XLIFF 1.2"),
    pytest.param(write_xliff21(SAMPLE), read_xliff, id="XLIFF 2.1"),
    pytest.param(write_tmx([SAMPLE]), read_tmx, id="TMX"),
]
_PIECES = (
    *(b"<", b">", b"</", b"/>", b"&", b"&amp;", b"&#0;", b"&x;", b"&#x41;", b'"', b"'", b"=", b"\0", b"\xff", b"\xc3"),
    *(b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x?>", b"<!DOCTYPE x>", b"<!DOCTYPE tmx SYSTEM 'a'>", b"{", b"}"),
    *(b"<g id='a1'>", b"</g>", b"<x id='cite1'/>", b"<ph/>", b"<mrk>", b"</mrk>", b"<seg>", b"<target/>", b"<file/>"),
    *(b"\xef\xbb\xbf", b"\xfe\xff", b"\r", b"\n", b" ", b"[0]", b"[1]", b"[99]", b"xmlns:a='b'", b"xmlns=''"),
)


def assert_read_or_refused(data: bytes, read: Read) -> None:
    findings: tuple[Finding, ...] = ()
    try:
        assert read(data, NAME).name == NAME
    except Refused as refused:
        findings = refused.findings or (Finding(rule="", message="", location=Location(file="")),)
    for finding in findings:
        assert (finding.rule, finding.location.file) == ("exchange", NAME)
        assert finding.message
        assert finding.hint
        assert str(finding).isprintable()


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes after some cuts, copies and insertions."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        middle = draw(
            st.one_of(st.just(b""), st.just(data[start:end] * 2), st.sampled_from(_PIECES), st.binary(max_size=4))
        )
        data = data[:start] + middle + data[end:]
    return data


@pytest.mark.parametrize(("data", "read"), FORMATS)
@cases(200)
@given(draw=st.data())
def test_damaged_bytes_are_read_or_refused(data: bytes, read: Read, draw: st.DataObject) -> None:
    assert_read_or_refused(draw.draw(damaged(data)), read)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_xliff, read_tmx):
        assert_read_or_refused(data, read)


_NAMES = ("id", "x", "i", "rid", "name", "resname", "restype", "type", "state", "pos", "startRef", "order", "equiv")
_VALUES = (
    "",
    "a1",
    "cite1",
    "strong:2",
    "title",
    "title[0]",
    "questions[7]",
    "99999999999",
    "open",
    "x-gettext-plurals",
)


def rearranged(data: bytes, draw: st.DataObject) -> bytes:
    """Well-formed XML made of the file's own elements: some removed, doubled, moved, renamed, with other attributes."""
    root = etree.fromstring(data)
    for _ in range(draw.draw(st.integers(1, 5))):
        elements = [element for element in root.iter() if element.getparent() is not None]
        if len(elements) < 2:
            break
        one, other = draw.draw(st.sampled_from(elements)), draw.draw(st.sampled_from(elements))
        change = draw.draw(st.sampled_from(("remove", "copy", "rename", "set", "unset", "text")))
        if change == "remove":
            one.getparent().remove(one)
        elif change == "copy":
            other.insert(draw.draw(st.integers(0, len(other))), copy.deepcopy(one))
        elif change == "rename":
            one.tag = other.tag
        elif change == "set":
            one.set(draw.draw(st.sampled_from(_NAMES)), draw.draw(st.sampled_from(_VALUES)))
        elif change == "unset" and one.attrib:
            del one.attrib[draw.draw(st.sampled_from(sorted(one.attrib)))]
        elif change == "text":
            one.text = draw.draw(st.sampled_from(("{cite1}", "{{", "}", "<a1>", "</em>", "\u202e", "x\ny", "")))
    return etree.tostring(root)


@pytest.mark.parametrize(("data", "read"), FORMATS)
@cases(200)
@given(draw=st.data())
def test_rearranged_elements_are_read_or_refused(data: bytes, read: Read, draw: st.DataObject) -> None:
    assert_read_or_refused(rearranged(data, draw), read)
