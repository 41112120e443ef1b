"""Reading XML safely, and escaping what customers write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.ooxml.names import qn
from collateral.ooxml.xml import XmlError, escape_attribute, escape_text, parse_xml, serialise


def _survivors(text: str) -> str:
    """The characters XML 1.0 can hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


@settings(max_examples=200, deadline=None)
@given(st.text() | st.text("\x00\x0b\t\r\n<>&\"' \ud800\ufffe\u2028"))
def test_any_text_comes_back_as_element_content_and_as_attribute(text: str) -> None:
    root = parse_xml(f'<a b="{escape_attribute(text)}">{escape_text(text)}</a>'.encode())
    assert (root.text or "") == _survivors(text)
    assert root.get("b") == _survivors(text)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a>\x0b</a>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY x "%s"><!ENTITY y "%s">]><a b="&y;"/>' % (b"z" * 1000, b"&x;" * 1000),
        b"<a>" * 100_000,
    ],
)
def test_broken_and_hostile_xml_is_refused(data: bytes) -> None:
    with pytest.raises(XmlError):
        parse_xml(data)


def test_serialised_xml_has_the_declaration_office_writes() -> None:
    data = serialise(parse_xml(b"<a>\xc3\xa9</a>"))
    assert data == b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a>\xc3\xa9</a>'


def test_names_are_written_with_prefixes() -> None:
    assert qn("a:t") == "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
    with pytest.raises(KeyError):
        qn("nope:t")
