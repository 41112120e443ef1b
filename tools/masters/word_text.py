"""WordprocessingML as text: paragraphs, fields, tables, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from masters.brand import NAME, TABLE, emu

TOC = r'TOC \o "1-1" \h \z \u'


def runs(text: str, properties: str = "") -> str:
    """Runs; `**` marks bold, a tab in the text is a tab."""
    found = []
    for n, part in enumerate(text.split("**")):
        bold = "<w:b/><w:bCs/>" if n % 2 else ""
        look = f"<w:rPr>{bold}{properties}</w:rPr>" if bold or properties else ""
        for m, piece in enumerate(part.split("\t")):
            if m:
                found.append("<w:r><w:tab/></w:r>")
            if piece:
                found.append(f'<w:r>{look}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return "".join(found)


def para(text: str = "", style: str = "", *, properties: str = "", inner: str = "", run: str = "") -> str:
    """One paragraph; `inner` is XML put after the text."""
    name = f'<w:pStyle w:val="{style}"/>' if style else ""
    head = f"<w:pPr>{name}{properties}</w:pPr>" if name or properties else ""
    return f"<w:p>{head}{runs(text, run)}{inner}</w:p>"


def field(code: str, shown: str, *, dirty: bool = False) -> str:
    """A complex field."""
    mark = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def contents(title: str, entries: Sequence[tuple[str, str]]) -> str:
    """A table of contents as Word makes it: heading and bookmark of each entry.

    Page numbers come when Word brings the field up to date; until then there are none rather than wrong ones.
    """
    head = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(TOC)} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [
        para("", "TOC1", inner=(head if n == 0 else "") + _entry(*entry)) for n, entry in enumerate(entries)
    ]
    end = para("", inner='<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para(title, 'ContentsTitle')}{''.join(lines)}{end}</w:sdtContent></w:sdt>"
    )


def _entry(text: str, bookmark: str) -> str:
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{runs(text)}</w:hyperlink>'


def bookmarked(xml: str, bookmark: str, number: int) -> str:
    """Whole paragraphs with a bookmark around them."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{xml}<w:bookmarkEnd w:id="{number}"/>'


def cell(content: str, width: int, *, properties: str = "") -> str:
    """A table cell; width in twentieths of a point."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    right: Sequence[int] = (),
    last: bool = False,
    title: str = "",
) -> str:
    """A table in the house style; the first row is its header, columns in `right` are set to the right, rows stay on one page.
    `title` is told to those who listen to the document."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    flags = f'<w:tblLook w:val="04{"6" if last else "2"}0" w:firstRow="1" w:lastRow="{int(last)}" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    body = []
    for n, row in enumerate(rows):
        header = (
            "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if n == 0 else "<w:trPr><w:cantSplit/></w:trPr>"
        )
        stays = "<w:keepNext/>" if n < len(rows) - 1 else ""
        cells = "".join(
            cell(
                para(text, "TableText", properties=stays + ('<w:jc w:val="right"/>' if c in right else "")),
                widths[c],
            )
            for c, text in enumerate(row)
        )
        body.append(f"<w:tr>{header}{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{flags}{_told(title)}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )


def _told(title: str) -> str:
    return f"<w:tblCaption w:val={quoteattr(title)}/>" if title else ""


def plain_table(rows: Sequence[Sequence[str]], widths: Sequence[int], title: str) -> str:
    """A table without lines; cells are XML, and the first row says what each column is about."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'' if n else '<w:tblHeader/>'}</w:trPr>"
        f"{''.join(cell(c, w) for c, w in zip(row, widths, strict=True))}</w:tr>"
        for n, row in enumerate(rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>{_told(title)}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _graphic(rid: str, id_: int, name: str, description: str, cx: int, cy: int) -> str:
    return (
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{id_}" name={quoteattr(name)} descr={quoteattr(description)}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic>"
    )


def inline_picture(rid: str, id_: int, name: str, description: str, width: float, height: float) -> str:
    """A run with a picture in the text; sizes in inches."""
    cx, cy = emu(width), emu(height)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{id_}" name={quoteattr(name)} descr={quoteattr(description)}/><wp:cNvGraphicFramePr/>'
        f"{_graphic(rid, id_, name, '', cx, cy)}</wp:inline></w:drawing></w:r>"
    )


def page_picture(rid: str, id_: int, name: str, width: float, height: float) -> str:
    """A run with a decorative picture behind the text, at the page's upper left corner."""
    cx, cy = emu(width), emu(height)
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{id_}" name={quoteattr(name)} descr={quoteattr(NAME)}/>'
        f"<wp:cNvGraphicFramePr/>{_graphic(rid, id_, name, '', cx, cy)}</wp:anchor></w:drawing></w:r>"
    )
