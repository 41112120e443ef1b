"""The one way XML is read and written by the engine.

In: bytes of a part, or strings that come from customers. Out: lxml elements, bytes, escaped text. The parser is
hardened: no entities, no DTD, no network, libxml2's size limits. Escaping is plain Python and drops what XML cannot
hold (control characters, lone surrogates), so a value can never break a part. lxml is imported when first needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

MAX_XML_BYTES: Final = 64 * 1024 * 1024
_HEADER: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class XmlError(ValueError):
    """XML that cannot be read; the message says why, in words fit for a diagnostic."""


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False
    )


def parse_xml(data: bytes) -> Element:
    """The root element of a part's XML. Raises XmlError when it is broken, too large or has a document type."""
    from lxml import etree

    if len(data) > MAX_XML_BYTES:
        raise XmlError(f"xml of {len(data):,} bytes is more than the {MAX_XML_BYTES:,} allowed")
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise XmlError(f"not well-formed: {str(problem)[:200] or 'empty'}") from None
    if root is None:
        raise XmlError("not well-formed: empty")
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("refused: a document type declaration is not allowed in an Office file")
    return root


# names seen so far, so that each is one string; emptied when a hostile file fills it
_names: dict[str, str] = {}
_MAX_NAMES: Final = 20_000


def read_events(
    data: bytes,
    *,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    prepare: Callable[[expat.XMLParserType], None] | None = None,
) -> None:
    """Run through XML without building a tree: names come as `uri local`, text in one piece between two tags.

    Much faster than a tree, and needs no lxml. `prepare` is given the parser, for handlers that come and go. Raises XmlError when it is broken or has a document type; the
    handlers have been called up to there.
    """
    if len(_names) > _MAX_NAMES:
        _names.clear()
    parser = expat.ParserCreate(None, " ", _names)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if start is not None:
        parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    if prepare is not None:
        prepare(parser)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as problem:
        if isinstance(problem, XmlError):
            raise
        raise XmlError(f"not well-formed: {str(problem)[:200]}") from None
    finally:  # who keeps the parser, as handlers may, would be kept by it in turn
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def _refuse_doctype(*_: object) -> None:
    raise XmlError("refused: a document type declaration is not allowed in an Office file")


def serialise(element: Element) -> bytes:
    """The element as a part's bytes: UTF-8 with the declaration Office writes."""
    from lxml import etree

    return _HEADER + etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False)


def whole_number(text: str | None) -> int:
    """The number an attribute holds; 0 where it holds none, which hostile files see to."""
    try:
        return int(text or 0)
    except ValueError:
        return 0


def clean_text(text: str) -> str:
    """The text without the characters XML 1.0 cannot hold."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def unescape_text(data: str) -> str:
    """The text of element content that `escape_text` wrote."""
    for reference, character in (("&lt;", "<"), ("&gt;", ">"), ("&#13;", "\r"), ("&amp;", "&")):
        data = data.replace(reference, character)
    return data


def escape_text(text: str) -> str:
    """The text as element content; what XML cannot hold is dropped, a carriage return is kept as a reference."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if text.isprintable():
        return text
    return _ILLEGAL.sub("", text).replace("\r", "&#13;")


def escape_attribute(text: str) -> str:
    """The text as the inside of a double-quoted attribute; tabs and line ends survive as references."""
    if text.isalnum():  # as most are: ids, digests
        return text
    text = escape_text(text)
    if '"' in text:
        text = text.replace('"', "&quot;")
    if text.isprintable():
        return text
    return text.replace("\t", "&#9;").replace("\n", "&#10;")
