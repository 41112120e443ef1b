"""The workbook embedded in a chart, written lean and always with the same bytes for the same data.

Goes in: the `Grid` of a chart. Comes out: the bytes of an .xlsx with one sheet that PowerPoint, Excel and Google
Sheets open with "Edit data". Texts are inline strings, so nothing a prospect says can become a formula.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from collateral.ooxml.archive import ArchiveWriter, Member, StaticBlob
from collateral.ooxml.drawing.chart_data import GENERAL, SHEET, Column, Grid, column_letter
from collateral.ooxml.xml import escape_attribute, escape_text

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LOOKS_ESCAPED = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_FIXED_PARTS = (
    (
        "[Content_Types].xml",
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    ),
    (
        "_rels/.rels",
        f'<Relationships {_RELATIONSHIPS}><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
    ),
    (
        "xl/workbook.xml",
        f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships {_RELATIONSHIPS}><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
    ),
)


def chart_workbook(grid: Grid) -> bytes:
    """The workbook of a chart's data."""
    formats = _formats(grid)
    writer = ArchiveWriter()
    writer.add_blob(_fixed(formats))
    writer.add("xl/worksheets/sheet1.xml", sheet_xml(grid.columns, _styles_of(formats)))
    return b"".join(writer.chunks())


def _formats(grid: Grid) -> tuple[str, ...]:
    """The number formats in use, "General" first; the position is the cell style's index."""
    return (GENERAL, *dict.fromkeys(c.number_format for c in grid.columns if c.number_format != GENERAL))


def sheet_xml(columns: Sequence[Column], styles: Mapping[str, str]) -> bytes:
    """A sheet with headers in its first row and the columns' values below; `styles` are the cells' attributes by number format."""
    rows = max((len(column.values) for column in columns), default=0)
    opening = [(f'<c r="{column_letter(c.cells.column)}', styles[c.number_format]) for c in columns]
    out = [_DECLARATION, f"<worksheet {_MAIN}><sheetData>", '<row r="1">']
    out += [
        text_cell(f"{start}1", "", escape_text(c.header))
        for (start, _), c in zip(opening, columns, strict=True)
        if c.header
    ]
    out.append("</row>")
    for index in range(rows):
        number = index + 2
        out.append(f'<row r="{number}">')
        for column, (start, style) in zip(columns, opening, strict=True):
            value = column.values[index] if index < len(column.values) else ""
            if value:
                name = f"{start}{number}"
                out.append(
                    text_cell(name, style, value) if column.is_text else f'{name}"{style}><v>{value}</v></c>'
                )
        out.append("</row>")
    out.append("</sheetData></worksheet>")
    return "".join(out).encode()


def text_cell(start: str, style: str, text: str, prefix: str = "") -> str:
    """A cell with an inline string; `start` is its opening up to the name, `text` is XML text."""
    p = prefix
    return f'{start}"{style} t="inlineStr"><{p}is><{p}t xml:space="preserve">{cell_text(text)}</{p}t></{p}is></{p}c>'


def cell_text(text: str) -> str:
    """XML text as a sheet holds it: what reads like Excel's own escape of a character (`_x0041_`) is escaped itself."""
    text = _LOOKS_ESCAPED.sub("_x005F_x", text) if "_x" in text else text
    return text.replace("&#13;", "_x000D_") if "&#13;" in text else text


def _styles_of(formats: tuple[str, ...]) -> dict[str, str]:
    return {code: f' s="{index}"' if index else "" for index, code in enumerate(formats)}


def _styles(formats: tuple[str, ...]) -> str:
    """The styles part: one cell style per number format (custom ids begin at 164)."""
    custom = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode="{escape_attribute(code)}"/>'
        for i, code in enumerate(formats[1:])
    )
    numbers = f'<numFmts count="{len(formats) - 1}">{custom}</numFmts>' if custom else ""
    cells = "".join(
        f'<xf numFmtId="{164 + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for i in range(len(formats) - 1)
    )
    return (
        f'{_DECLARATION}<styleSheet {_MAIN}>{numbers}<fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
        '<family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
        '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
        '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
        f'borderId="0"/></cellStyleXfs><cellXfs count="{len(formats)}"><xf numFmtId="0" fontId="0" fillId="0" '
        f'borderId="0" xfId="0"/>{cells}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
        'builtinId="0"/></cellStyles></styleSheet>'
    )


@cache
def _fixed(formats: tuple[str, ...]) -> StaticBlob:
    """All members but the sheet: they depend on the number formats only."""
    parts = [(name, _DECLARATION + xml) for name, xml in _FIXED_PARTS]
    parts.append(("xl/styles.xml", _styles(formats)))
    return StaticBlob.of(Member.of(name, xml.encode()) for name, xml in parts)
