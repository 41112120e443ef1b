"""What designed slides and documents lack for people who listen to them: descriptions, titles, headers of tables.

In: a package as its author drew it, tags and all. Out: `Barrier`s. Uses lxml. It tells what is missing and judges nothing: what
`{{ a tag }}` will say counts as said, and an alternative text that only holds directives, or the name of a file, as none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from collateral.diagnostics import Place
from collateral.model.frames import Barrier
from collateral.ooxml.frames.heritage import read_heritage
from collateral.ooxml.frames.notes import read_identity
from collateral.ooxml.frames.vocabulary import placeholder_of, shapes_in, text_of, title_of
from collateral.ooxml.names import DECORATIVE, qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.xml import XmlError, parse_xml

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_DIRECTIVES: Final = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
_CHART_TAG: Final = re.compile(r"\{\{\s*chart\s*\(.*?\}\}", re.DOTALL)
_ROW_LOOP: Final = re.compile(r"\{%-?\s*tr\s+for\b")
_NUMBERED: Final = re.compile(r"\D+ \d+")  # "Picture 3", as programs call what nobody named
_FILE_NAME: Final = re.compile(r"[^{}]*\.(?:png|jpe?g|gif|svg|bmp|tiff?|webp|[ew]mf)", re.IGNORECASE)
_TOLD: Final = frozenset(("1", "true", "on"))
_LINE, _SHAPE, _FRAME = qn("p:cxnSp"), qn("p:sp"), qn("p:graphicFrame")


def slide_barriers(package: Package) -> Iterator[Barrier]:
    """What the slides of a deck lack, slide by slide. A slide that cannot be read says so elsewhere, and has none."""
    for number, part in enumerate(read_heritage(package)[0].slides, 1):
        try:
            identity, root = read_identity(package, part)[0], parse_xml(part.data())
        except XmlError:
            continue
        yield from _of_slide(root, Place(package.file, slide=number), identity)


def document_barriers(package: Package) -> Iterator[Barrier]:
    """What the text of a document lacks: descriptions, and headers of tables whose rows are those of a list."""
    root = _root(package.main)
    if root is None:
        return
    undescribed = [named for named in root.iter(qn("wp:docPr")) if not _is_told(named) and _shows(named)]
    if undescribed:
        yield Barrier("description", Place(package.file), _names(undescribed))
    for number, table in enumerate(root.iter(qn("w:tbl")), 1):
        if _lacks_header(table):
            yield Barrier("header", Place(package.file, table=number))


def _of_slide(root: Element, at: Place, identity: str) -> Iterator[Barrier]:
    if not title_of(root):
        yield Barrier("title", at, (), identity)
    undescribed: dict[str, list[Element]] = {"description": [], "decoration": []}
    for shape in shapes_in(root, lines=True):
        kind, named = _kind(shape.element), next(shape.element.iter(qn("p:cNvPr")), None)
        if kind and named is not None and not _is_told(named) and not _is_told_together(shape.element):
            undescribed[kind].append(named)
        if _is_headless(shape.element):
            yield Barrier("header", at, _names([named] if named is not None else []), identity)
    for kind, shapes in undescribed.items():
        if shapes:
            yield Barrier(kind, at, _names(shapes), identity)


def _kind(shape: Element) -> str:
    """What a checker wants of a shape that has no words: nothing of text, tables and empty placeholders, which are not shown."""
    if shape.tag == _LINE:
        return "decoration"
    if shape.tag == _SHAPE:
        body = shape.find(qn("p:txBody"))
        says = body is not None and text_of(body).strip()
        return "" if says or placeholder_of(shape) is not None else "decoration"
    return "" if shape.tag == _FRAME and shape.find(f".//{qn('a:tbl')}") is not None else "description"


def _is_told(named: Element) -> bool:
    """Whether a drawing is described or marked as decorative. A chart whose words are only its tag is called by its name."""
    if any(mark.get("val") in _TOLD for mark in named.iter(DECORATIVE)):
        return True
    words = _DIRECTIVES.sub("", named.get("descr") or "").strip()
    if words and not _CHART_TAG.sub("", words).strip():
        return _NUMBERED.fullmatch(named.get("name") or "") is None
    if words and not _FILE_NAME.fullmatch(words):
        return True
    name = named.get("name") or ""
    return "{{" in name and not _CHART_TAG.search(name)


def _is_told_together(shape: Element) -> bool:
    """Whether a group around the shape is described, or marked as decorative, for all that is in it."""
    groups = (
        group.find(f"{qn('p:nvGrpSpPr')}/{qn('p:cNvPr')}") for group in shape.iterancestors(qn("p:grpSp"))
    )
    return any(_is_told(named) for named in groups if named is not None)


def _is_headless(shape: Element) -> bool:
    """Whether a shape is a table of several rows without a header row."""
    table = shape.find(f".//{qn('a:tbl')}") if shape.tag == _FRAME else None
    if table is None or len(table.findall(qn("a:tr"))) < 2:
        return False
    look = table.find(qn("a:tblPr"))
    return look is None or look.get("firstRow") not in _TOLD


def _lacks_header(table: Element) -> bool:
    """Whether a table has rows for the items of a list, and no header row above them. Other tables may be there for layout."""
    rows = table.findall(qn("w:tr"))
    loop = next((n for n, row in enumerate(rows) if _ROW_LOOP.search(_words(row))), None)
    return loop is not None and not any(_is_header(row) for row in rows[:loop])


def _is_header(row: Element) -> bool:
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val"), "1") in _TOLD


def _words(row: Element) -> str:
    return "".join(text.text or "" for text in row.iter(qn("w:t")))


def _shows(named: Element) -> bool:
    """Whether a drawing in a document shows something: shapes and text boxes say what is written in them."""
    drawing = named.getparent()
    data = drawing.find(f".//{qn('a:graphicData')}") if drawing is not None else None
    return data is not None and not data.get("uri", "").endswith(
        ("wordprocessingShape", "wordprocessingGroup")
    )


def _names(shapes: Iterable[Element]) -> tuple[str, ...]:
    return tuple(shape.get("name") or "" for shape in shapes)


def _root(part: Part) -> Element | None:
    try:
        return parse_xml(part.data())
    except XmlError:
        return None
