"""Small files with a record, as the product would make them."""

from __future__ import annotations

from office_builders import deck, document

from collateral.ooxml.package import Package, open_package, write_package
from collateral.ooxml.record import (
    Item,
    Record,
    digest_document,
    digest_fragment,
    digest_of_slide,
    slide_parts,
    with_record,
    word_control,
)
from collateral.ooxml.values import Fragment


def opened(data: bytes) -> Package:
    package, found = open_package(data)
    assert package is not None and not found, found
    return package


def recorded_deck(prospect: str = "van-dijk") -> bytes:
    """The deck with a record of its three slides: one, two, three."""
    package = opened(deck())
    slides = slide_parts(package)
    keys = dict(zip([s.name for s in slides], ("one", "two", "three"), strict=True))
    items = tuple(
        Item(keys[s.name], block=f"block-{keys[s.name]}", digest="d1", made=digest_of_slide(package, s))
        for s in slides
    )
    record = Record("deck", "pitch", prospect, "en", "2026-11-01", items)
    return b"".join(write_package(with_record(package, record, keys)))


def recorded_document() -> bytes:
    """Two blocks in content controls between other paragraphs, and a record of them."""
    package = opened(document())
    body = package.main.data().decode()
    at = body.index("<w:sectPr")
    blocks, items = [], []
    for key, text in (("why/1", "Because"), ("x" * 80, "Long key")):
        head, foot = word_control(key, "A title")
        inside = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        blocks.append(head.decode() + inside + foot.decode())
        items.append(Item(key, made=digest_fragment(Fragment.of("block", inside.encode()))))
    xml = (body[:at] + blocks[0] + "<w:p/>" + blocks[1] + body[at:]).encode()
    changed = package.with_parts([package.main.with_data(xml)])
    now = digest_document(xml, {})
    record = Record(
        "document", "proposal", "p", "en", "2026-11-01", tuple(items), content=now.content, words=now.words
    )
    return b"".join(write_package(with_record(changed, record, {})))
