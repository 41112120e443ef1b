"""The record as a custom XML part of the piece, and back.

In: a `Record`. Out: the bytes of `customXml/itemN.xml` and of its properties part, or the record read from such
bytes. PowerPoint and Word keep custom XML parts through every save. It must not know slides or documents.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.record.values import VERSION, Item, Record, ShapeDigest, SlideDigest
from collateral.ooxml.xml import escape_attribute, read_events

RECORD_FAMILY: Final = "urn:collateral:record:"
RECORD_NAMESPACE: Final = RECORD_FAMILY + "1"
RECORD_PART: Final = "customXml/item{n}.xml"
RECORD_PROPS_PART: Final = "customXml/itemProps{n}.xml"
_STORE_ID: Final = "{6A1C9A52-6D1B-4E0B-9A37-C011A7E4A15D}"
_HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DIGESTS: Final = ("made", "place", "words", "title", "shows", "notes", "links")

RECORD_PROPS_XML: Final = (
    f'{_HEADER}<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="{NAMESPACES["ds"]}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{RECORD_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


def record_xml(record: Record) -> bytes:
    """The record as the bytes of its part; the same record always gives the same bytes."""
    fields = {
        "piece": record.piece,
        "template": record.template,
        "template-digest": record.template_digest,
        "prospect": record.prospect,
        "language": record.language,
        "as-of": record.as_of,
        "content": record.content,
        "words": record.words,
        "around": record.around,
        "links": record.links,
        "pictures": record.pictures,
        "charts": record.charts,
    }
    out = [_HEADER, f'<record xmlns="{RECORD_NAMESPACE}" version="{record.version}"{_attributes(fields)}>']
    for item in record.items:
        _write_item(out, item)
    out.append("</record>")
    return "".join(out).encode()


def _write_item(out: list[str], item: Item) -> None:
    made = item.made
    out += (
        _item_head(
            item.key,
            item.block,
            item.language,
            item.digest,
            item.wording,
            item.claims,
            item.claim_digests,
            item.until,
        ),
        _digests(made),
        ">" if made.shapes else "/>",
    )
    if made.shapes:
        head = _shape_head
        out += [f'{head(id, name)} made="{said}" place="{place}"/>' for id, name, said, place in made.shapes]
        out.append("</item>")


@lru_cache(maxsize=1024)
def _item_head(
    key: str,
    block: str,
    language: str,
    digest: str,
    wording: str,
    claims: tuple[str, ...],
    claim_digests: tuple[str, ...],
    until: str,
) -> str:
    """What an item was made from, as it is written; the same for all pieces that show the block."""
    fields = {
        "key": key,
        "block": block,
        "language": language,
        "digest": digest,
        "wording": wording,
        "claims": " ".join(claims),
        "claim-digests": " ".join(claim_digests),
        "until": until,
    }
    return f"<item{_attributes(fields)}"


@lru_cache(maxsize=4096)
def _shape_head(id: str, name: str) -> str:
    """Which shape it is, as it is written; the shapes of a template are in every piece of it."""
    return f'<shape id="{escape_attribute(id)}" name="{escape_attribute(name)}"'


def _digests(made: SlideDigest) -> str:
    """The digests of an item as they are written; there is nothing in them to be escaped."""
    said = (made.content, made.place, made.words, made.title, made.shows, made.notes, made.links)
    return "".join([f' {name}="{value}"' for name, value in zip(_DIGESTS, said, strict=True) if value])


def _attributes(fields: dict[str, str]) -> str:
    return "".join([f' {key}="{escape_attribute(value)}"' for key, value in fields.items() if value])


class _Reader:
    """Gathers the record from the events of one pass."""

    def __init__(self) -> None:
        self.head: dict[str, str] | None = None
        self.items: list[tuple[dict[str, str], list[ShapeDigest]]] = []
        self.form = "1"  # by the namespace of its root

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not namespace.startswith(RECORD_FAMILY):
            return
        if local == "record" and self.head is None:
            self.head, self.form = attributes, namespace.removeprefix(RECORD_FAMILY)
        elif local == "item":
            self.items.append((attributes, []))
        elif local == "shape" and self.items:
            get = attributes.get
            self.items[-1][1].append(
                ShapeDigest(get("id", ""), get("name", ""), get("made", ""), get("place", ""))
            )


def parse_record(xml: bytes) -> Record | None:
    """The record in the bytes of a custom XML part, None when the part is something else. Raises XmlError.

    Of a later version nothing but the version is read.
    """
    reader = _Reader()
    read_events(xml, start=reader.start)
    form = version_number(reader.form)
    if reader.head is None or not form:
        return None
    get = reader.head.get
    version = version_number(get("version", "1"))
    if version and form > 1:
        version = max(version, form, VERSION + 1)
    if not 0 < version <= VERSION:
        return Record("", "", "", "", "", version=version)
    return Record(
        piece=get("piece", ""),
        template=get("template", ""),
        prospect=get("prospect", ""),
        language=get("language", ""),
        as_of=get("as-of", ""),
        items=tuple(_item(fields, shapes) for fields, shapes in reader.items),
        template_digest=get("template-digest", ""),
        content=get("content", ""),
        words=get("words", ""),
        around=get("around", ""),
        links=get("links", ""),
        pictures=get("pictures", ""),
        charts=get("charts", ""),
        version=version,
    )


def version_number(said: object) -> int:
    """The version a record says it is of; 0 when that is no number."""
    text = str(said)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _item(fields: dict[str, str], shapes: list[ShapeDigest]) -> Item:
    get = fields.get
    return Item(
        key=get("key", ""),
        block=get("block", ""),
        language=get("language", ""),
        digest=get("digest", ""),
        wording=get("wording", ""),
        claims=tuple(get("claims", "").split()),
        made=SlideDigest(
            get("made", ""),
            get("place", ""),
            tuple(shapes),
            get("words", ""),
            get("title", ""),
            get("shows", ""),
            get("notes", ""),
            get("links", ""),
        ),
        claim_digests=tuple(get("claim-digests", "").split()),
        until=get("until", ""),
    )
