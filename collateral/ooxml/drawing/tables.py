"""Tables of content as native PowerPoint tables (`a:tbl`), and widths for their columns.

Goes in: a `Table` and the room it has. Comes out: XML text. Text is written by `text`. Long tables are cut before they
come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.content import Inlines, Table, plain_text
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
_WIDE_CHARACTER = 0.62  # the same for bold words, which must not be torn
_LINE = 1.2  # line height as a multiple of the font size


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


def column_widths(table: Table, width: int, *, em: float = 0.0, padding: int = 0) -> list[int]:
    """Widths that add up to `width` (of any unit), in proportion to what the columns hold.

    A column counts with its typical text (bounded, so that one long cell does not starve the others). With the font
    size `em` and the cells' `padding` in the same unit, no column is narrower than its longest word; where there is no room for
    all of them, the longest words are those that break.
    """
    columns = max(len(row) for row in (table.header, *table.rows)) or 1  # a row may have more than the header
    weights = [_weight([_cell_text(row, i) for row in (table.header, *table.rows)]) for i in range(columns)]
    needs = [
        int(_longest_word(_cell_text(row, i) for row in (table.header, *table.rows)) * em * _WIDE_CHARACTER)
        + padding
        for i in range(columns)
    ]
    needs = _fitting(needs, width)
    spare = width - sum(needs)
    wanted = [
        max(width * weight / sum(weights) - need, 0.0) for weight, need in zip(weights, needs, strict=True)
    ]
    total = sum(wanted) or 1.0
    widths = [need + int(spare * more / total) for need, more in zip(needs, wanted, strict=True)]
    widths[-1] += width - sum(widths)
    return widths


def _fitting(needs: Sequence[int], width: int) -> list[int]:
    """What the columns need, the greatest needs cut to one measure until all fit."""
    room, fitting = width, list(needs)
    for left, column in zip(
        range(len(needs), 0, -1), sorted(range(len(needs)), key=needs.__getitem__), strict=True
    ):
        fitting[column] = min(needs[column], room // left)
        room -= fitting[column]
    return fitting


def estimated_row_heights(table: Table, widths: Sequence[int], size: float) -> list[int]:
    """Heights in EMU of the header and the rows, from mean character widths."""
    em = size * _EMU_PER_POINT
    room = [max((width - 2 * CELL_INSET_X) / (em * _CHARACTER), 1.0) for width in widths]
    return [
        round(em * _LINE * max(_lines(_cell_text(row, i), room[i]) for i in range(len(widths))))
        + 2 * CELL_INSET_Y
        for row in (table.header, *table.rows)
    ]


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
    return sum(max(-int(-len(line) // room), 1) for line in text.split("\n"))


def _weight(texts: list[str]) -> float:
    longest_word = _longest_word(texts)
    lengths = sorted(min(len(text), 60) for text in texts if text) or [0]  # blank cells ask for no room
    typical = lengths[len(lengths) * 3 // 4]
    return max(min(longest_word, 30), typical, 4) + 2.0


def _longest_word(texts: Iterable[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def _cell_text(row: Sequence[Inlines], column: int) -> str:
    return plain_text(row[column]) if column < len(row) else ""


def header_text(table: Table) -> str:
    """The words of a table's header: they say which way its columns run."""
    return " ".join(plain_text(cell) for cell in table.header)


def _padded(row: Sequence[Inlines], columns: int) -> list[Inlines]:
    return [row[i] if i < len(row) else () for i in range(columns)]


def _padded_align(align: Sequence[str | None], columns: int) -> list[str | None]:
    return [align[i] if i < len(align) else None for i in range(columns)]
