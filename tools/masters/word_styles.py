"""Styles and numbering of the Word masters."""

from __future__ import annotations

from masters import brand

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HAIR = f'<w:{{}} w:val="single" w:sz="4" w:space="0" w:color="{brand.HAIRLINE}"/>'


def _fonts(theme: str) -> str:
    return f'<w:rFonts w:asciiTheme="{theme}HAnsi" w:hAnsiTheme="{theme}HAnsi" w:eastAsiaTheme="{theme}EastAsia" w:cstheme="{theme}Bidi"/>'


def look(
    size: float | None = None,
    color: str = "",
    *,
    bold: bool = False,
    italic: bool = False,
    heading: bool = False,
    caps: bool = False,
) -> str:
    """Run properties in schema order; size is points."""
    parts = [_fonts("major") if heading else ""]
    parts += [
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        "<w:caps/>" if caps else "",
    ]
    parts.append(f'<w:color w:val="{color}"/>' if color else "")
    parts.append('<w:spacing w:val="20"/>' if caps else "")
    parts.append(f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "")
    return "".join(parts)


def spacing(before: float = 0, after: float = 0, line: float = 1.15) -> str:
    """Paragraph spacing in points, line spacing as a multiple."""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" w:line="{round(line * 240)}" w:lineRule="auto"/>'


def _style(
    id_: str,
    name: str,
    *,
    based: str = "Normal",
    following: str = "",
    paragraph: str = "",
    run: str = "",
    priority: int = 9,
    quick: bool = True,
) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/>'
        + ("<w:qFormat/>" if quick else "")
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _heading(level: int, size: float, color: str, before: float, after: float) -> str:
    paragraph = (
        f'<w:keepNext/><w:keepLines/>{spacing(before, after, 1.05)}<w:outlineLvl w:val="{level - 1}"/>'
    )
    return _style(
        f"Heading{level}",
        f"heading {level}",
        following="Normal",
        paragraph=paragraph,
        run=look(size, color, bold=True, heading=True),
    )


def styles_xml(language: str, *, body: float = 11) -> str:
    """styles.xml; `body` is the size of running text in points."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts("minor")}<w:color w:val="{brand.INK}"/><w:sz w:val="{round(body * 2)}"/>'
        f'<w:szCs w:val="{round(body * 2)}"/><w:lang w:val="{language}" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing(0, body * 0.7, 1.15)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    left_bar = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="{brand.RUST}"/></w:pBdr>'
    bar = f'{left_bar}<w:shd w:val="clear" w:color="auto" w:fill="{brand.PAPER}"/>'
    lists = "".join(
        _style(
            f"{id_}{n if n > 1 else ''}", f"{name}{f' {n}' if n > 1 else ''}", priority=10,
            paragraph=f'<w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="{number}"/></w:numPr>{spacing(0, body * 0.35)}<w:contextualSpacing/>',
        )
        for id_, name, number in (("ListBullet", "List Bullet", 1), ("ListNumber", "List Number", 2))
        for n in (1, 2, 3)
    )  # fmt: skip
    tabs = '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
    leader = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
    paragraphs = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        _style("Title", "Title", following="Subtitle", paragraph=f"<w:keepNext/>{spacing(0, 8, 1.0)}", run=look(34, brand.NAVY, bold=True, heading=True), priority=1),
        _style("Subtitle", "Subtitle", following="Normal", paragraph=spacing(0, 14, 1.1), run=look(16, brand.TEAL), priority=2),
        _heading(1, 21, brand.NAVY, 26, 8),
        _heading(2, 14.5, brand.TEAL, 16, 5),
        _heading(3, 12, brand.INK, 12, 4),
        _style("CoverNote", "Cover Note", paragraph=spacing(0, 2, 1.1), run=look(12, brand.SLATE)),
        _style("ContentsTitle", "Contents Title", following="Normal", paragraph=f"<w:keepNext/>{spacing(0, 12, 1.05)}", run=look(21, brand.NAVY, bold=True, heading=True)),
        lists,
        _style("Quote", "Quote", following="Normal", paragraph=f'{left_bar}{spacing(8, 12)}<w:ind w:left="397" w:right="397"/>', run=look(13, brand.NAVY, italic=True, heading=True), priority=29),
        _style("Caption", "caption", following="Normal", paragraph=f"<w:keepLines/>{spacing(4, 12)}", run=look(9.5, brand.SLATE, italic=True), priority=35),
        _style("Callout", "Callout", following="Normal", paragraph=f'<w:keepLines/>{bar}{spacing(8, 14)}<w:ind w:left="284" w:right="284"/>', run=look(body, brand.NAVY), priority=30),
        _style("Internal", "Internal", following="Normal", paragraph=f'<w:shd w:val="clear" w:color="auto" w:fill="{brand.RUST}"/>{spacing(0, 6, 1.1)}<w:jc w:val="center"/>', run=look(10.5, brand.WHITE, bold=True), priority=30),
        _style("TableText", "Table Text", paragraph=spacing(2, 2, 1.05), run=look(body - 0.5), priority=31),
        _style("Header", "header", paragraph=f"{tabs}{spacing(0, 0, 1.0)}", run=look(9, brand.SLATE), priority=99, quick=False),
        _style("Footer", "footer", paragraph=f'<w:pBdr>{_HAIR.format("top").replace(chr(34) + "0" + chr(34), chr(34) + "6" + chr(34), 1)}</w:pBdr>{tabs}{spacing(0, 0, 1.0)}', run=look(9, brand.SLATE), priority=99, quick=False),
        _style("TOC1", "toc 1", following="Normal", paragraph=f"{leader}{spacing(4, 4)}", priority=39, quick=False),
        _style("TOC2", "toc 2", following="Normal", paragraph=f'{leader}{spacing(0, 3)}<w:ind w:left="284"/>', run=look(body - 0.5, brand.SLATE), priority=39, quick=False),
    ]  # fmt: skip
    characters = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f'<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/><w:rPr><w:color w:val="{brand.TEAL}"/><w:u w:val="single"/></w:rPr></w:style>'
        f'<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:uiPriority w:val="22"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
    )
    return (
        f"<w:styles {W}>{defaults}{''.join(paragraphs)}{characters}{_table_styles()}"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style></w:styles>'
    )


def _table_styles() -> str:
    margins = '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    borders = (
        f'<w:tblBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{brand.NAVY}"/>'
        f"{_HAIR.format('insideH')}</w:tblBorders>"
    )
    first = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="{brand.WHITE}"/></w:rPr>'
        f'<w:tblPr/><w:trPr><w:tblHeader/></w:trPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{brand.NAVY}"/></w:tcPr></w:tblStylePr>'
    )
    last = (
        '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>'
        f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{brand.NAVY}"/></w:tcBorders></w:tcPr></w:tblStylePr>'
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{brand.TABLE}"><w:name w:val="{brand.NAME} Table"/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="40"/><w:qFormat/><w:pPr>{spacing(2, 2, 1.05)}</w:pPr><w:tblPr>{borders}{margins}</w:tblPr>{first}{last}</w:style>'
    )


def numbering_xml() -> str:
    """numbering.xml: bullets (1) and numbers (2), three levels each."""

    def level(n: int, kind: str, text: str, color: str) -> str:
        left, hang = 340 * (n + 1), 340
        fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>' if kind == "bullet" else ""
        size = '<w:sz w:val="14"/>' if text == "■" else ""
        style = (
            f'<w:pStyle w:val="{"ListBullet" if kind == "bullet" else "ListNumber"}{n + 1 if n else ""}"/>'
        )
        bold = "<w:b/>" if kind != "bullet" else ""
        return (
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{hang}"/></w:pPr><w:rPr>{fonts}{bold}<w:color w:val="{color}"/>{size}</w:rPr></w:lvl>'
        )

    bullets = "".join(
        level(n, "bullet", t, c)
        for n, (t, c) in enumerate((("■", brand.RUST), ("–", brand.TEAL), ("–", brand.SLATE)))
    )
    numbers = "".join(
        level(n, k, t, brand.RUST)
        for n, (k, t) in enumerate((("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3.")))
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="1A2B3C4D"/><w:multiLevelType w:val="multilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:nsid w:val="2B3C4D5E"/><w:multiLevelType w:val="multilevel"/>{numbers}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
