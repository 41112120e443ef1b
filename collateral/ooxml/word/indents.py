"""Where the text of list items begins in a master's styles, so that what follows in an item can line up with it.

In: a package and its styles by kind and name. Out: twips by style id. Word takes the indent of a numbered item from its list, whose
number stands at the paragraph itself, and that of a bullet from its style before the list behind that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from collateral.ooxml.names import qn
from collateral.ooxml.xml import XmlError, parse_xml, whole_number

if TYPE_CHECKING:
    from collateral.ooxml.package import Package
    from collateral.ooxml.xml import Element

OWN_INDENT: Final = 720
"""Where the text of items begins, level by level, in a list that no style of the master says anything of."""
_LEVELS: Final = range(5)


def list_indents(package: Package, styles: Mapping[tuple[str, str], Element]) -> Mapping[str, int]:
    """The indent of each style of a list."""
    lists = _list_levels(package)
    first = styles.get(("paragraph", "list number"))
    instance = _list_of(first)[0] if first is not None else ""
    found: dict[str, int] = {}
    for level in _LEVELS:
        suffix = f" {level + 1}" if level else ""
        number, bullet = (styles.get(("paragraph", f"list {kind}{suffix}")) for kind in ("number", "bullet"))
        if number is not None:
            found[_id(number)] = lists.get((instance, level)) or _own(number) or OWN_INDENT * (level + 1)
        if bullet is not None:
            found[_id(bullet)] = _own(bullet) or lists.get(_list_of(bullet)) or OWN_INDENT * (level + 1)
    return found


def _list_levels(package: Package) -> dict[tuple[str, int], int]:
    """The indent of each level of each list instance."""
    found: dict[tuple[str, int], int] = {}
    for part in package.related(package.main, "numbering"):
        try:
            root = parse_xml(part.data())
        except XmlError:
            continue
        abstracts = {each.get(qn("w:abstractNumId")): each for each in root.iter(qn("w:abstractNum"))}
        for instance in root.iter(qn("w:num")):
            named = instance.find(qn("w:abstractNumId"))
            abstract = abstracts.get(named.get(qn("w:val"))) if named is not None else None
            for level in abstract.iter(qn("w:lvl")) if abstract is not None else ():
                key = instance.get(qn("w:numId")) or "", whole_number(level.get(qn("w:ilvl")))
                found[key] = _own(level)
    return found


def _own(element: Element) -> int:
    """What the paragraph properties in a style or level say; 0 when they say nothing."""
    indent = element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    said = None if indent is None else indent.get(qn("w:left")) or indent.get(qn("w:start"))
    return whole_number(said)


def _list_of(style: Element) -> tuple[str, int]:
    """The list instance and the level a style takes its items from."""
    number, level = (
        style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn(f'w:{name}')}") for name in ("numId", "ilvl")
    )
    instance = "" if number is None else number.get(qn("w:val")) or ""
    return instance, whole_number(None if level is None else level.get(qn("w:val")))


def _id(style: Element) -> str:
    return style.get(qn("w:styleId")) or ""
