"""Putting a record into a package that is otherwise finished.

In: a package, its record, and which slide has which key. Out: a new package with the record as a custom XML part and
a tag on each slide. A renderer that writes its own parts does the same with `record_xml`, `slide_tags_xml` and
`cust_data_xml`, without touching a tree; this is for packages that were made in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collateral.ooxml import names
from collateral.ooxml.package import Package, Part, PartNames, Relationship
from collateral.ooxml.record.part import RECORD_PART, RECORD_PROPS_PART, RECORD_PROPS_XML, record_xml
from collateral.ooxml.record.tags import TAGS_PART, piece_id, place_slide_tags, read_tags, slide_tags_xml
from collateral.ooxml.record.values import Item, Record
from collateral.ooxml.xml import parse_xml, serialise


def record_parts(record: Record, part_names: PartNames) -> tuple[Part, Part]:
    """The record's part and its properties part. The main part needs a `REL_CUSTOM_XML` relationship to the first."""
    name, props_name = part_names.take(RECORD_PART), part_names.take(RECORD_PROPS_PART)
    to_props = Relationship("rId1", names.REL_CUSTOM_XML_PROPS, props_name)
    part = Part.of(name, names.CT_XML, record_xml(record), [to_props])
    return part, Part.of(props_name, names.CT_CUSTOM_XML_PROPS, RECORD_PROPS_XML)


def with_record(package: Package, record: Record, keys: Mapping[str, str]) -> Package:
    """A new package that carries the record; `keys` says which slide part (by name) is which item.

    Raises XmlError when a slide that gets a tag is not XML.
    """
    taken = PartNames(package.parts)
    part, props = record_parts(record, taken)
    main = _pointing(package.main, names.REL_CUSTOM_XML, part.name)[0]
    items = {item.key: item for item in record.items}
    changed = [main, part, props]
    for slide_name, key in keys.items():
        slide = package.get(slide_name)
        if slide is not None and key in items:
            changed += _tagged(package, slide, items[key], piece_id(record), taken)
    return package.with_parts(changed)


def _tagged(package: Package, slide: Part, item: Item, piece: str, taken: PartNames) -> Iterable[Part]:
    """The slide with its tag, and the tags part."""
    known = package.related(slide, "tags")
    if known:
        xml = slide_tags_xml(item, piece, keep=read_tags(known[0].data()))
        return [known[0].with_data(xml)]
    tags = Part.of(taken.take(TAGS_PART), names.CT_TAGS, slide_tags_xml(item, piece))
    pointing, rel_id = _pointing(slide, names.REL_TAGS, tags.name)
    root = parse_xml(slide.data())
    place_slide_tags(root, rel_id)
    return [pointing.with_data(serialise(root)), tags]


def _pointing(part: Part, type_: str, target: str) -> tuple[Part, str]:
    """The part with one more relationship, and its id."""
    taken = {rel.id for rel in part.relationships}
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    rel = Relationship(f"rId{number}", type_, target)
    return part.with_relationships([*part.relationships, rel]), rel.id
