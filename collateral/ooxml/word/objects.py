"""Tables, pictures and charts in a Word document's text."""

from __future__ import annotations

from typing import Final

from collateral.model.content import Chart, Inlines, Picture, Run, Table, plain_text
from collateral.model.table_widths import column_widths
from collateral.ooxml.drawing.charts import ChartLook, chart_graphic, chart_part
from collateral.ooxml.drawing.descriptions import chart_description, columns_of
from collateral.ooxml.drawing.language import is_right_to_left, office_language, runs_right_to_left
from collateral.ooxml.drawing.relations import LocalName
from collateral.ooxml.drawing.tables import header_text
from collateral.ooxml.sizes import natural_size, size_in_text
from collateral.ooxml.values import Image
from collateral.ooxml.word.inline import drawing_run, picture_run
from collateral.ooxml.word.paragraphs import Properties, direction
from collateral.ooxml.word.text import Emphasis, TextWriter, runs
from collateral.ooxml.xml import escape_attribute

EM: Final = 220  # twips: 11 points, what tables are set in at most
PADDING: Final = 240  # twips: both sides of a cell, as Word has them by default, and a little
CHART_RATIO: Final = 0.5
SHORT: Final = 8  # rows of a table that stays on one page, where they hold
SHORT_TEXT: Final = 800  # letters at most, about a third of a page
_SIDES: Final = {"left": "left", "center": "center", "right": "right"}


def table_xml(writer: TextWriter, table: Table, *, kept: bool = False) -> list[str]:
    """A table as wide as the text: the header repeats on every page, rows and short tables are not torn apart, caption below and on
    one page with the last row. `kept` says that what follows stays with the table."""
    styles = writer.styles
    widths = column_widths(table, styles.width, em=EM, padding=PADDING)
    style = f'<w:tblStyle w:val="{styles.table}"/>' if styles.table else ""
    look = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    mirrored = "<w:bidiVisual/>" if is_right_to_left(header_text(table), writer.lang, follows=True) else ""
    out = [
        f'<w:tbl><w:tblPr>{style}{mirrored}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{"" if styles.table else _BORDERS}<w:tblLayout w:type="fixed"/>{look}{_told(table)}</w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
    ]
    stays = _staying(table, last=kept or bool(table.caption))
    for number, row in enumerate((table.header, *table.rows)):
        out += _row(writer, row, widths, table, header=number == 0, kept=stays[number])
    out.append("</w:tbl>")
    if table.caption:
        out += _caption(writer, table.caption, table, kept=kept)
    else:
        # two tables after each other would become one, and text needs air below a table
        out.append(
            f"<w:p><w:pPr>{'<w:keepNext/>' if kept else ''}"
            '<w:spacing w:before="0" w:after="120" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
        )
    return out


def _told(table: Table) -> str:
    """What people who cannot see the table are told of it before they enter it: its caption, and what its columns are called."""
    said = (("tblCaption", plain_text(table.caption)), ("tblDescription", columns_of(table)))
    return "".join(f'<w:{key} w:val="{escape_attribute(words)}"/>' for key, words in said if words)


def _staying(table: Table, *, last: bool) -> list[bool]:
    """For the header and each row whether it stays on the page of the next: a short table is not torn apart, and of a long one
    neither the header nor the last row stands alone."""
    rows = len(table.rows)
    letters = sum(len(plain_text(cell)) for row in table.rows[:SHORT] for cell in row)
    whole = rows <= SHORT and letters <= SHORT_TEXT
    return [*(whole or number in (0, rows - 1) for number in range(rows)), last]


_BORDERS: Final = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


def _row(
    writer: TextWriter,
    cells: tuple[Inlines, ...],
    widths: list[int],
    table: Table,
    *,
    header: bool = False,
    kept: bool = False,
) -> list[str]:
    out = ["<w:tr><w:trPr><w:cantSplit/>", "<w:tblHeader/></w:trPr>" if header else "</w:trPr>"]
    for number, width in enumerate(widths):
        side = table.align[number] if number < len(table.align) else None
        cell = cells[number] if number < len(cells) else ()
        style = writer.styles.table_text
        rtl = direction(writer, plain_text(cell), style)
        # a Latin name among cells that run from right to left begins on their side
        begin = "right" if cell and not rtl and runs_right_to_left(writer.lang) else ""
        look = Properties(style=style, align=_SIDES.get(side or begin), keep_next=header or kept, rtl=rtl)
        bold = Emphasis(bold=header and writer.styles.table is None)
        out += [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>',
            *look.xml(),
            *runs(writer, cell, table.at, bold),
            "</w:p></w:tc>",
        ]
    out.append("</w:tr>")
    return out


def picture_paragraph(
    writer: TextWriter, picture: Picture, image: Image, number: LocalName, *, kept: bool = False
) -> list[str]:
    """A picture in a paragraph of its own: as large as it is, no wider than the text, no taller than a page. `kept` says
    that what follows stays with it."""
    natural = natural_size(image.width_px, image.height_px, image.dpi)
    size = size_in_text(natural, (0, 0), writer.styles.width_emu)
    run = picture_run(image, size, picture.alt, writer.relations, number)
    return _standing(writer, run, caption=picture.title, kept=kept)


def chart_paragraph(writer: TextWriter, chart: Chart, number: LocalName, *, kept: bool = False) -> list[str]:
    """A native chart, as wide as the text. `kept` says that what follows stays with it."""
    part, problems = chart_part(chart, ChartLook(11.0, office_language(writer.language)), folder="/word")
    writer.diagnostics += problems
    if part is None:
        return []
    width = writer.styles.width_emu
    graphic = chart_graphic(writer.relations.new_part(part))
    size = width, int(width * CHART_RATIO)
    return _standing(
        writer, drawing_run(graphic, size, "Chart", chart_description(chart) or None, number), kept=kept
    )


def _standing(writer: TextWriter, run: list[str], caption: str = "", *, kept: bool) -> list[str]:
    """The run in a paragraph of its own, with its caption below."""
    out = ["<w:p>", *Properties(keep_next=kept or bool(caption)).xml(), *run, "</w:p>"]
    if caption:
        out += _caption(writer, (Run(caption),), None, kept=kept)
    return out


def _caption(writer: TextWriter, words: Inlines, of: Table | None, *, kept: bool) -> list[str]:
    style = writer.styles.caption
    look = Properties(style=style, keep_next=kept, rtl=direction(writer, plain_text(words), style))
    return ["<w:p>", *look.xml(), *runs(writer, words, of.at if of is not None else None), "</w:p>"]
