"""What workbooks and other Office files inside a template tell of whoever made them: people, companies, folders.

In: a package. Out: the same with these taken out of the files embedded in it, which nobody sees in PowerPoint or Word: the author and
the company of a chart's workbook, the folder it was saved in, and properties of its own. Compile time only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from collateral.ooxml.archive import ArchiveError, ArchiveWriter, Member, read_archive
from collateral.ooxml.manifest import read_relationships, rels_name
from collateral.ooxml.names import (
    CT_EMBEDDED,
    REL_CORE_PROPERTIES,
    REL_CUSTOM_PROPERTIES,
    REL_EXTENDED_PROPERTIES,
    REL_OFFICE_DOCUMENT,
    qn,
)
from collateral.ooxml.package import Package
from collateral.ooxml.xml import XmlError, parse_xml, serialise

_PEOPLE: Final = tuple(
    qn(n) for n in ("dc:creator", "cp:lastModifiedBy", "ep:Manager", "ep:Company", "ep:HyperlinkBase")
)
_FOLDER: Final = "{http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac}absPath"
_LABELS: Final = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
_CHOICE: Final = qn("mc:AlternateContent")


def without_owners(package: Package) -> Package:
    """The package with embedded files that name nobody; the same one when they do not."""
    changed = [
        part.with_data(cleaned)
        for part in package.parts.values()
        if part.content_type in CT_EMBEDDED and (cleaned := _without_owners(part.data())) is not None
    ]
    return package.with_parts(changed) if changed else package


def _without_owners(data: bytes) -> bytes | None:
    """The embedded file without names; None when it has none, or cannot be read, which is said elsewhere."""
    members, found = read_archive(data, file="")
    if found:
        return None
    try:
        changed = dict(_changed(members))
    except (ArchiveError, XmlError):
        return None
    if not changed:
        return None
    writer = ArchiveWriter()
    for name, member in members.items():
        writer.add_member(changed.get(name, member))
    return b"".join(writer.chunks())


def _changed(members: dict[str, Member]) -> Iterator[tuple[str, Member]]:
    steps: dict[str, Callable[[etree._Element], bool]] = {
        REL_CORE_PROPERTIES: _drop_people,
        REL_EXTENDED_PROPERTIES: _drop_people,
        REL_CUSTOM_PROPERTIES: _drop_all,
        _LABELS: _drop_all,
        REL_OFFICE_DOCUMENT: _drop_folder,
    }
    listed = members.get(rels_name(""))
    for rel in read_relationships(listed.data(), "") if listed is not None else ():
        step, member = steps.get(rel.type), members.get(rel.target)
        if step is None or member is None:
            continue
        root = parse_xml(member.data())
        if step(root):
            yield member.name, Member.of(member.name, serialise(root))


def _drop_people(root: etree._Element) -> bool:
    people = [element for element in root.iter(*_PEOPLE) if element.text]
    for element in people:
        element.text = None
    return bool(people)


def _drop_all(root: etree._Element) -> bool:
    """Properties somebody added, and labels that say which company's rules hold for a file."""
    told = list(root)
    for element in told:
        root.remove(element)
    return bool(told)


def _drop_folder(root: etree._Element) -> bool:
    """Of a workbook, where it was saved and who reserved it."""
    told = list(root.iter(_FOLDER))
    for element in told:
        whole = next(element.iterancestors(_CHOICE), element)
        if whole.getparent() is not None:
            whole.getparent().remove(whole)  # type: ignore[union-attr]
    sharing = [e for e in root.iterfind("{*}fileSharing") if e.get("userName")]
    for element in sharing:
        element.set("userName", "")
    return bool(told or sharing)
