"""Tables of content as native PowerPoint tables (`a:tbl`).

Goes in: a `Table` and the room it has. Comes out: XML text. Text is written by `text`. Long tables are cut before they
come here.
"""

from __future__ import annotations

from collections.abc import Sequence

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.content import Inlines, Table, plain_text
from collateral.model.table_widths import cell_text, column_widths, display_length
from collateral.ooxml.drawing.language import is_right_to_left, runs_right_to_left
from collateral.ooxml.drawing.text import RunLook, TextWriter, runs

# PowerPoint's own default, "Medium Style 2 - Accent 1"; every Office knows it without a table styles part.
DEFAULT_TABLE_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
TABLE_FONT_SIZE = 14.0  # points at full size
CELL_INSET_X, CELL_INSET_Y = 91440, 45720  # PowerPoint's default margins of a cell, EMU
COMFORTABLE_ROW = 420_000  # EMU, about 1.2 cm
_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
_EMU_PER_POINT = 12700
_CHARACTER = 0.52  # mean width of a character as a share of the font size, on the wide side
_LINE = 1.2  # line height as a multiple of the font size
_HIGH_LINE = 1.45  # the same in fonts of scripts that stack or are written in squares
_HIGH_FROM = "\u0590"


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table is set: width in EMU, font size in points, the style's id, and the height it may take in EMU."""

    width: int
    size: float = TABLE_FONT_SIZE
    style: str = DEFAULT_TABLE_STYLE
    room: int = 0


def table_graphic(writer: TextWriter, table: Table, look: TableLook) -> tuple[list[str], int]:
    """The `a:graphicData` of a table and its height in EMU (estimated; readers grow rows to their text)."""
    em, padding = look.size * _EMU_PER_POINT, 2 * CELL_INSET_X
    widths = column_widths(table, look.width, em=em, padding=padding)
    heights = airy(estimated_row_heights(table, widths, look.size), look.room)
    mirrored = ' rtl="1"' if is_right_to_left(header_text(table), writer.lang, follows=True) else ""
    out = [
        f'<a:graphicData uri="{_URI}"><a:tbl><a:tblPr{mirrored} firstRow="1" bandRow="1">'
        f"<a:tableStyleId>{look.style}</a:tableStyleId></a:tblPr><a:tblGrid>"
    ]
    out += [f'<a:gridCol w="{width}"/>' for width in widths]
    out.append("</a:tblGrid>")
    columns = len(widths)
    for row, height in zip((table.header, *table.rows), heights, strict=True):
        out.append(f'<a:tr h="{height}">')
        for cell, align in zip(_padded(row, columns), _padded_align(table.align, columns), strict=True):
            _cell(writer, cell, align, look.size, out)
        out.append("</a:tr>")
    out.append("</a:tbl></a:graphicData>")
    return out, sum(heights)


def airy(heights: Sequence[int], room: int) -> list[int]:
    """Row heights with air, as far as there is room: a short table does not huddle at the top of its place."""
    wanted = [max(height, COMFORTABLE_ROW) for height in heights]
    spare = room - sum(heights)
    missing = sum(wanted) - sum(heights)
    if spare <= 0 or missing <= 0:
        return list(heights)
    share = min(1.0, spare / missing)
    return [height + int((more - height) * share) for height, more in zip(heights, wanted, strict=True)]


def estimated_row_heights(table: Table, widths: Sequence[int], size: float) -> list[int]:
    """Heights in EMU of the header and the rows, from mean character widths."""
    em = size * _EMU_PER_POINT
    room = [max((width - 2 * CELL_INSET_X) / (em * _CHARACTER), 1.0) for width in widths]
    return [
        round(em * max(_height(cell_text(row, i), room[i]) for i in range(len(widths)))) + 2 * CELL_INSET_Y
        for row in (table.header, *table.rows)
    ]


def _height(text: str, room: float) -> float:
    """The height of a cell's text in font sizes when a line has room for so many characters."""
    high = not text.isascii() and max(text) >= _HIGH_FROM
    return _lines(text, room) * (_HIGH_LINE if high else _LINE)


def _cell(writer: TextWriter, cell: Inlines, align: str | None, size: float, out: list[str]) -> None:
    mirrored = is_right_to_left(plain_text(cell), writer.lang)
    begins_right = mirrored or runs_right_to_left(writer.lang)  # also a Latin name, among cells that do
    attributes = f' algn="{_ALIGN[align]}"' if align in _ALIGN else ' algn="r"' if begins_right else ""
    if mirrored:
        attributes += ' rtl="1"'
    out.append("<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>")
    if attributes:
        out.append(f"<a:pPr{attributes}/>")
    text = runs(writer, cell, RunLook(size=size))
    out += text or [f'<a:endParaRPr lang="{writer.lang}" sz="{round(size * 100)}"/>']
    out.append('</a:p></a:txBody><a:tcPr anchor="ctr"/></a:tc>')


def _lines(text: str, room: float) -> int:
    """How many lines a text takes when a line has room for so many characters."""
    return sum(max(-int(-display_length(line) // room), 1) for line in text.split("\n"))


def header_text(table: Table) -> str:
    """The words of a table's header: they say which way its columns run."""
    return " ".join(plain_text(cell) for cell in table.header)


def _padded(row: Sequence[Inlines], columns: int) -> list[Inlines]:
    return [row[i] if i < len(row) else () for i in range(columns)]


def _padded_align(align: Sequence[str | None], columns: int) -> list[str | None]:
    return [align[i] if i < len(align) else None for i in range(columns)]
