"""Parts of one markup are judged once; whatever their words are, a part that no parser reads is found."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.ooxml.validate import scan_part

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cNvPr id="2" name="n" descr="'
)
ODD = [
    "&",
    "&amp;",
    "&#10;",
    "&#9;",
    "&#xD;",
    "&#0;",
    "&#65534;",
    "&nbsp;",
    "]]>",
    ">",
    "\x0b",
    "\ufffe",
    "é",
    "\x85",
]
WORDS = st.lists(st.sampled_from(ODD) | st.text(alphabet="abc &;#", max_size=4), max_size=4).map("".join)


def part(text: bytes, description: bytes) -> bytes:
    return HEAD.encode() + description + b'"/><a:r><a:t>' + text + b"</a:t></a:r></a:p>"


def is_broken(data: bytes) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return True
    return False


def found_broken(data: bytes) -> bool:
    return any(problem.code == "broken-part" for problem in scan_part(data).problems)


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS)
def test_words_that_break_a_part_of_known_markup_are_found(text: str, description: str) -> None:
    scan_part(part(b"known", b"known"))
    data = part(text.encode(), description.encode())
    assert found_broken(data) == is_broken(data)


@pytest.mark.parametrize(
    "words", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"\x00", b"<!-- x", b"<![CDATA[x]]>"]
)
def test_bytes_that_are_no_text_are_found(words: bytes) -> None:
    scan_part(part(b"known", b"known"))
    assert found_broken(part(words, b"")) == is_broken(part(words, b""))
    assert found_broken(part(b"", words)) == is_broken(part(b"", words))


def test_pictures_described_by_other_words_are_one_markup() -> None:
    assert scan_part(part(b"a", b"one")) is scan_part(part(b"b", b"another &amp; longer"))


def noted(value: bytes) -> bytes:
    """What an add-in or we ourselves have noted on a slide."""
    space = b'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    return b"<p:tagLst " + space + b'><p:tag name="A_KEY" val="' + value + b'"/></p:tagLst>'


def test_slides_that_differ_in_what_is_noted_on_them_are_one_markup() -> None:
    assert scan_part(noted(b"one")) is scan_part(noted(b"another &amp; longer"))


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_notes_that_break_a_part_of_known_markup_are_found(value: str) -> None:
    scan_part(noted(b"known"))
    assert found_broken(noted(value.encode())) == is_broken(noted(value.encode()))
