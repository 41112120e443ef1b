"""An Office file as parts and relationships: open it, change it, write it.

In: the bytes or path of a .pptx, .potx, .ppsx, .docx or .dotx. Out: a `Package`, an immutable value, or diagnostics
that say why the file is refused; `write_package` turns a package into the chunks of a file in which everything
unchanged is copied as its compressed bytes. It knows part names, content types and relationships, and nothing of
what is inside a slide or a document.
"""

from __future__ import annotations

from collateral.ooxml.archive import ArchiveWriter, Member
from collateral.ooxml.manifest import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    rels_name,
    write_content_types,
    write_relationships,
)
from collateral.ooxml.opening import open_package
from collateral.ooxml.parts import Package, Part, PartNames

__all__ = [
    "ContentTypes",
    "Package",
    "Part",
    "PartNames",
    "Relationship",
    "open_package",
    "package_members",
    "write_package",
]


def package_members(package: Package) -> list[Member]:
    """The members of the file in their order: content types, relationships of the package, then part by part."""
    types = package.types_member
    if types is None:
        kinds = {name: part.content_type for name, part in package.parts.items()}
        types = Member.of(CONTENT_TYPES, write_content_types(kinds, package.types))
    members = [types]
    own = _rels_member("", package.relationships, package.rels_member)
    members += [own] if own else []
    for part in package.parts.values():
        rels = _rels_member(part.name, part.relationships, part.rels_member)
        members += [part.member, rels] if rels else [part.member]
    return members


def _rels_member(source: str, relationships: tuple[Relationship, ...], known: Member | None) -> Member | None:
    if known is not None:
        return known
    if not relationships:
        return None
    name = rels_name(source)
    return Member.of(name, write_relationships(relationships, source))


def write_package(package: Package) -> list[bytes]:
    """The file as chunks; what did not change since it was opened is copied without inflating it."""
    writer = ArchiveWriter()
    for member in package_members(package):
        writer.add_member(member)
    return writer.chunks()
