"""How wide the text of a document is: between the margins of a section, in its columns, a table's cell, a text box.

In: elements of a document's parts. Out: widths in twips. What a style says of tables is not looked up: a cell without margins
of its own has those Word gives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collateral.ooxml.names import qn
from collateral.ooxml.sizes import TWIPS_TO_EMU, emu_of
from collateral.ooxml.xml import whole_number

if TYPE_CHECKING:
    from collateral.ooxml.xml import Element

DEFAULT_WIDTH: Final = 9026
"""Between the margins of an A4 page as Word makes it."""
_CELL_MARGIN: Final = 108
_BOX_INSET: Final = 91_440  # EMU
_BETWEEN_COLUMNS: Final = 720


def section_width(section: Element) -> int:
    """The width between the margins of a section (`w:sectPr`)."""
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margin is None:
        return DEFAULT_WIDTH
    sides = sum(_int(margin, side) for side in ("w:left", "w:right", "w:gutter"))
    return width if (width := _int(size, "w:w") - sides) > 0 else DEFAULT_WIDTH


def column_width(section: Element) -> int:
    """The width of the text in a section: of its narrowest column when it has several."""
    whole, columns = section_width(section), section.find(qn("w:cols"))
    if columns is None:
        return whole
    own = [width for column in columns.findall(qn("w:col")) if (width := _int(column, "w:w")) > 0]
    if own:
        return min(own)
    count = max(_int(columns, "w:num"), 1)
    space = _int(columns, "w:space") if columns.get(qn("w:space")) else _BETWEEN_COLUMNS
    return width if (width := (whole - (count - 1) * space) // count) > 0 else whole


def cell_width(cell: Element) -> int:
    """The width of the text in a table's cell (`w:tc`); 0 when the file does not say it."""
    wanted = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    width = _int(wanted, "w:w") if wanted is not None and wanted.get(qn("w:type"), "dxa") == "dxa" else 0
    width = width or _grid_width(cell)
    return max(width - cell_margins(cell), 0)


def box_width(content: Element) -> int:
    """The width of the text in a text box (`w:txbxContent`); 0 when the file does not say it."""
    for home in content.iterancestors():
        if home.tag == qn("wps:wsp"):
            size = home.find(f"{qn('wps:spPr')}/{qn('a:xfrm')}/{qn('a:ext')}")
            inset = home.find(qn("wps:bodyPr"))
            sides = [inset.get(side) if inset is not None else None for side in ("lIns", "rIns")]
            taken = sum(_BOX_INSET if side is None else whole_number(side) for side in sides)
            return max((whole_number(size.get("cx")) - taken) // TWIPS_TO_EMU, 0) if size is not None else 0
        if home.tag in (qn("v:shape"), qn("v:rect")):
            said = dict(part.partition(":")[::2] for part in (home.get("style") or "").split(";"))
            return max(((emu_of(said.get("width", "")) or 0) - 2 * _BOX_INSET) // TWIPS_TO_EMU, 0)
    return 0


def indents(paragraph: Element) -> int:
    """How much of the width a paragraph's own indents take."""
    indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    if indent is None:
        return 0
    left = _int(indent, "w:left") or _int(indent, "w:start")
    return max(left, 0) + max(_int(indent, "w:right") or _int(indent, "w:end"), 0)


def _grid_width(cell: Element) -> int:
    """What the columns of the table's grid that a cell stands in have together."""
    row = cell.getparent()
    table = next((a for a in cell.iterancestors() if a.tag == qn("w:tbl")), None)
    if row is None or table is None:
        return 0
    first = sum(_span(other) for other in cell.itersiblings(qn("w:tc"), preceding=True))
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")[first : first + _span(cell)]
    widths = [_int(column, "w:w") for column in columns]
    return sum(widths) if all(widths) else 0


def _span(cell: Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(_int(span, "w:val"), 1) if span is not None else 1


def cell_margins(cell: Element) -> int:
    """What the margins of a cell take: its own, else its table's, else Word's."""
    table = next((a for a in cell.iterancestors() if a.tag == qn("w:tbl")), None)
    own = [cell.find(f"{qn('w:tcPr')}/{qn('w:tcMar')}")]
    own += [table.find(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}")] if table is not None else []
    return sum(_margin(own, sides) for sides in (("w:left", "w:start"), ("w:right", "w:end")))


def _margin(margins: list[Element | None], sides: tuple[str, str]) -> int:
    for margin in margins:
        for side in sides if margin is not None else ():
            found = margin.find(qn(side)) if margin is not None else None
            if found is not None:
                return max(_int(found, "w:w"), 0)
    return _CELL_MARGIN


def _int(element: Element, name: str) -> int:
    return whole_number(element.get(qn(name)))
