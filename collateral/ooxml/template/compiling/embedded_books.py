"""Workbooks behind charts whose cells hold tags: what a chart shows and what it shows when it is edited stay the same.

In: an embedded workbook. Out: the name of a function that gives the filled workbook. A chart whose data a tag replaces as a
whole has its workbook written elsewhere. Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from collateral.diagnostics import Diagnostic, Place
from collateral.ooxml.archive import ArchiveError, Member, read_archive
from collateral.ooxml.names import REL_OLE_OBJECT, REL_PACKAGE
from collateral.ooxml.package import Part
from collateral.ooxml.template.compiling.part import compile_part
from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SERIES = re.compile(rb"<c:ser>.*?</c:ser>", re.S)
_TAG = re.compile(rb"\{[{%].*?[}%]\}", re.S)
_TEXTS = ("xl/sharedStrings.xml", "xl/worksheets/", "xl/tables/")


def books_of(parts: Iterable[Part]) -> set[str]:
    """The names of the workbooks charts among the parts take their data from."""
    return {
        rel.target
        for part in parts
        if "chart" in part.content_type
        for rel in part.relationships
        if rel.type == REL_PACKAGE and not rel.external
    }


def refuse_linked(part: Part, parts: PartsCompiler, slide: int | None = None) -> None:
    """Refuse tags in the cells of a chart that takes them from a file elsewhere, where nothing can be filled."""
    linked = any(rel.external and rel.type in (REL_PACKAGE, REL_OLE_OBJECT) for rel in part.relationships)
    if not linked or "chart" not in part.content_type:
        return
    tag = next(
        (found for series in _SERIES.finditer(part.data()) for found in _TAG.finditer(series[0])), None
    )
    if tag is not None:
        message = f'"{tag[0].decode("utf-8", "replace")}" stands in a cell of a linked workbook'
        place = Place(parts.file, part=part.name, slide=slide)
        hint = "embed the workbook: break the link in the Office program"
        parts.problems.append(Diagnostic.error("chart-linked", message, place, hint))


def compile_book(part: Part, parts: PartsCompiler, slide: int | None = None) -> tuple[str, list[str]]:
    """The function that fills the workbook, and those it is made of; "" when no cell holds a tag."""
    members, found = read_archive(part.data(), file="") if part.content_type == WORKBOOK else ({}, [])
    filled: dict[str, str] = {}
    for member in members.values() if not found else ():
        name = _function(member, part, parts, slide)
        if name:
            filled[member.name] = name
    if not filled:
        return "", []
    kept = tuple(
        (m.name, m.method, m.crc, m.size, m.packed) for m in members.values() if m.name not in filled
    )
    written = ",".join(f"({name!r},{function}(c,w))" for name, function in filled.items())
    own = f"book{len(parts.ops)}"
    source = f"def {own}(c,w):\n return w.archive({kept!r},({written},))\n"
    return parts.source(own, source, source), list(filled.values())


def _function(member: Member, part: Part, parts: PartsCompiler, slide: int | None) -> str:
    """The function of one part of a workbook; "" when it holds no tag, or cannot be read, which Office says by itself."""
    if not member.name.startswith(_TEXTS) or not member.name.endswith(".xml"):
        return ""
    try:
        compiled = compile_part(
            member.data(), file=parts.file, part=f"{part.name} › {member.name}", slide=slide
        )
    except ArchiveError:
        return ""
    if compiled is None:
        return ""
    parts.problems += compiled.problems
    return parts.function(compiled.ops) if compiled.ops else ""
