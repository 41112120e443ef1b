"""The tag on each slide, and the content control around each block of a document.

A slide's tag is a part of its own that PowerPoint carries along when the slide is edited, reordered or pasted into
another deck, where the record itself does not follow. So it says enough to judge the slide alone: its key, the piece
it was made for (as a digest, for a pasted slide must not name another customer), block, language and digests.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

from collateral.diagnostics.hashes import blake2b
from collateral.ooxml.names import NAMESPACES, qn
from collateral.ooxml.record.values import Item, Record, SlideDigest
from collateral.ooxml.xml import escape_attribute, read_events

if TYPE_CHECKING:
    from collateral.ooxml.xml import Element

TAGS_PART: Final = "ppt/tags/tag{n}.xml"
_PREFIX: Final = "COLLATERAL_"
_FIELDS: Final = ("KEY", "PIECE", "BLOCK", "LANGUAGE", "DIGEST", "MADE", "PLACE")
_TAG: Final = NAMESPACES["p"] + " tag"
_OPEN: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<p:tagLst xmlns:a="{NAMESPACES["a"]}" xmlns:r="{NAMESPACES["r"]}" xmlns:p="{NAMESPACES["p"]}">'
).encode()
_CLOSE: Final = b"</p:tagLst>"


def piece_id(record: Record) -> str:
    """What tells the slides of one piece from those of another, without naming the prospect."""
    parts = (record.piece, record.template, record.prospect, record.language, record.as_of)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def slide_tags_xml(item: Item, piece: str, *, keep: Mapping[str, str] | None = None) -> bytes:
    """The tags part of a slide. `keep` are tags the slide had already (an add-in's), which stay."""
    made = item.made
    before, after = _around_piece(item.key, item.block, item.language, item.digest, made.content, made.place)
    others = tag_elements(tags_of_others(keep)) if keep else ()
    return b"".join((_OPEN, *others, before, _of_piece(piece), after, _CLOSE))


@lru_cache(maxsize=1024)
def _around_piece(
    key: str, block: str, language: str, digest: str, made: str, place: str
) -> tuple[bytes, bytes]:
    """Our tags before and after the one that names the piece: those of a block are the same in all pieces."""
    after = _own_tags(BLOCK=block, LANGUAGE=language, DIGEST=digest, MADE=made, PLACE=place)
    return b"".join(_own_tags(KEY=key)), b"".join(after)


@lru_cache(maxsize=16)
def _of_piece(piece: str) -> bytes:
    """The tag that names the piece: the same on all its slides."""
    return b"".join(_own_tags(PIECE=piece))


def _own_tags(**fields: str) -> tuple[bytes, ...]:
    return tag_elements({_PREFIX + field: value for field, value in fields.items() if value})


def tags_xml(tags: Mapping[str, str]) -> bytes:
    """A tags part."""
    return b"".join((_OPEN, *tag_elements(tags), _CLOSE))


def tag_elements(tags: Mapping[str, str]) -> tuple[bytes, ...]:
    """Tags as they stand in their part."""
    escape = escape_attribute
    return tuple(
        [f'<p:tag name="{escape(name)}" val="{escape(value)}"/>'.encode() for name, value in tags.items()]
    )


def tags_of_others(tags: Mapping[str, str]) -> dict[str, str]:
    """Those that are not ours."""
    return {name: value for name, value in tags.items() if not name.upper().startswith(_PREFIX)}


def cust_data_xml(rel_id: str) -> bytes:
    """What stands on the slide right after `</p:spTree>` and points to its tags part."""
    return f'<p:custDataLst><p:tags r:id="{escape_attribute(rel_id)}"/></p:custDataLst>'.encode()


def place_slide_tags(slide: Element, rel_id: str) -> None:
    """Point a slide's tree (`p:sld`) to its tags part, in the place the schema wants."""
    from lxml import etree

    common = slide.find(qn("p:cSld"))
    tree = None if common is None else common.find(qn("p:spTree"))
    if common is None or tree is None:
        return
    data = common.find(qn("p:custDataLst"))
    if data is None:
        data = etree.Element(qn("p:custDataLst"))
        tree.addnext(data)
    tags = data.find(qn("p:tags"))
    if tags is None:
        tags = etree.SubElement(data, qn("p:tags"))
    tags.set(qn("r:id"), rel_id)


def read_tags(xml: bytes) -> dict[str, str]:
    """Names and values in a tags part. Raises XmlError."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _TAG:
            found[attributes.get("name", "")] = attributes.get("val", "")

    read_events(xml, start=start)
    return found


def tagged_item(tags: Mapping[str, str]) -> tuple[Item, str] | None:
    """The item a slide's tags describe, and the id of the piece it was made for; None without a tag of ours."""
    ours = {name.upper(): value for name, value in tags.items()}
    key, piece, block, language, digest, made, place = (ours.get(_PREFIX + field, "") for field in _FIELDS)
    if not key:
        return None
    item = Item(key, block=block, language=language, digest=digest, made=SlideDigest(made, place))
    return item, piece


_CONTROL: Final = "collateral:"
_MAX_TAG: Final = 64  # Word takes no longer tag


def control_tag(key: str) -> str:
    """The tag of the content control around the block with this key."""
    tag = _CONTROL + key
    if len(tag) <= _MAX_TAG:
        return tag
    return _CONTROL + "#" + blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def is_control_tag(tag: str) -> bool:
    """Whether a content control is one of ours."""
    return tag.startswith(_CONTROL)


# Says that the content came out of a gallery of building blocks, as ours did. Without it LibreOffice shows the first
# paragraph of a control without its bold and italic, and a link in it as the text of a field.
_FROM_GALLERY: Final = '<w:docPartObj><w:docPartGallery w:val="Quick Parts"/></w:docPartObj>'


def word_control(key: str, title: str = "") -> tuple[bytes, bytes]:
    """What stands before and after the paragraphs and tables of one block: a content control with its key."""
    number = crc32(key.encode("utf-8", "surrogatepass")) & 0x7FFFFFFF or 1
    alias = f'<w:alias w:val="{escape_attribute(title[:_MAX_TAG])}"/>' if title else ""
    tag = escape_attribute(control_tag(key))
    properties = f'{alias}<w:tag w:val="{tag}"/><w:id w:val="{number}"/>{_FROM_GALLERY}'
    head = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>"
    return head.encode(), b"</w:sdtContent></w:sdt>"
