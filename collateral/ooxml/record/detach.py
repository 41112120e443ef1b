"""Taking out of a file what an earlier piece left in it, before it becomes a template.

Marketing makes masters and slides out of finished pieces. In: a package. Out: the same without a record, without our tags on
slides and our names on content controls; those of others stay. So no piece tells of another prospect, and none has two
records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from collateral.ooxml import names
from collateral.ooxml.names import qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.record.finding import records_in
from collateral.ooxml.record.tags import is_control_tag, read_tags, tags_of_others, tags_xml
from collateral.ooxml.xml import XmlError, parse_xml, serialise

if TYPE_CHECKING:
    from collateral.ooxml.xml import Element


def without_record(package: Package) -> Package:
    """The package without what says what piece it was; the same one when there is nothing of the kind."""
    gone = set(_record_parts(package))
    changed: dict[str, Part] = {}
    for part in package.parts.values():
        tags = _tags(part)
        others = tags_of_others(tags)
        if others and others != tags:
            changed[part.name] = part.with_data(tags_xml(others))
        elif tags and not others:
            gone.add(part.name)
    for part in package.parts.values():
        clean = _without_links(_without_control_tags(package, changed.get(part.name, part)), gone)
        if clean is not part and part.name not in gone:
            changed[part.name] = clean
    if not gone and not changed:
        return package
    own = [rel for rel in package.relationships if rel.external or rel.target not in gone]
    return package.with_parts(changed.values(), remove=gone, relationships=own)


def _record_parts(package: Package) -> Iterator[str]:
    """The names of all records and of their properties."""
    for name, _ in records_in(package):
        yield name
        yield from (part.name for part in package.related(package.parts[name], "customXmlProps"))


def _tags(part: Part) -> dict[str, str]:
    """What a part of tags holds."""
    try:
        return read_tags(part.data()) if part.content_type == names.CT_TAGS else {}
    except XmlError:  # said when the part is compiled
        return {}


def _without_links(part: Part, gone: Collection[str]) -> Part:
    """The part pointing to none of these; the place where a slide named its tags goes with them."""
    lost = {rel.id: rel.type for rel in part.relationships if not rel.external and rel.target in gone}
    if not lost:
        return part
    part = part.with_relationships([rel for rel in part.relationships if rel.id not in lost])
    if names.REL_TAGS not in lost.values():
        return part
    try:
        root = parse_xml(part.data())
    except XmlError:
        return part
    for tags in [e for e in root.iter(qn("p:tags")) if e.get(qn("r:id")) in lost]:
        around = tags.getparent()
        _remove(tags)
        if around is not None and len(around) == 0:
            _remove(around)
    return part.with_data(serialise(root))


def _without_control_tags(package: Package, part: Part) -> Part:
    """A document whose content controls do not go by the names of blocks."""
    if package.is_deck or part.name != package.main.name or b"collateral:" not in part.data():
        return part
    try:
        root = parse_xml(part.data())
    except XmlError:
        return part
    ours = [e for e in root.iter(qn("w:tag")) if is_control_tag(e.get(qn("w:val")) or "")]
    for tag in ours:
        _remove(tag)
    return part.with_data(serialise(root)) if ours else part


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
