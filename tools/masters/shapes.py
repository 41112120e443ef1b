"""DrawingML shapes as XML text: placeholders, boxes, pictures. Positions are inches; ids are handed out by a `Tree`."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from masters.brand import emu

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
Box = tuple[float, float, float, float]


def scheme(name: str) -> str:
    """A solid fill of a theme colour."""
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'


def xfrm(box: Box) -> str:
    """Offset and extent."""
    x, y, w, h = (emu(v) for v in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


@dataclass(frozen=True)
class Level:
    """The look of one paragraph level; `bullet` is a character, "number" or "" for none. Sizes are points."""

    size: float
    color: str = "tx1"
    bold: bool = False
    italic: bool = False
    font: str = "+mn-lt"
    bullet: str = ""
    bullet_color: str = "accent2"
    bullet_size: int = 70
    left: float = 0.0
    hang: float = 0.0
    before: float = 0.0
    line: int = 100
    align: str = "l"
    caps: bool = False
    spacing: int = 0

    def xml(self, number: int, tag: str = "") -> str:
        """The level's paragraph properties as `a:lvlNpPr`."""
        name = tag or f"a:lvl{number}pPr"
        line = f'<a:lnSpc><a:spcPct val="{self.line * 1000}"/></a:lnSpc>'
        before = f'<a:spcBef><a:spcPts val="{round(self.before * 100)}"/></a:spcBef>'
        look = (
            f' b="{int(self.bold)}" i="{int(self.italic)}"'
            + (' cap="all"' if self.caps else "")
            + (f' spc="{self.spacing}"' if self.spacing else "")
        )
        return (
            f'<{name} marL="{emu(self.left)}" indent="{-emu(self.hang)}" algn="{self.align}" defTabSz="914400" '
            f'rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">{line}{before}{self._bullet()}'
            f'<a:defRPr sz="{round(self.size * 100)}"{look} kern="1200">{scheme(self.color)}'
            f'<a:latin typeface="{self.font}"/><a:ea typeface="{self.font[:4]}ea"/>'
            f'<a:cs typeface="{self.font[:4]}cs"/></a:defRPr></{name}>'
        )

    def _bullet(self) -> str:
        if not self.bullet:
            return "<a:buNone/>"
        color = f'<a:buClr><a:schemeClr val="{self.bullet_color}"/></a:buClr>'
        if self.bullet == "number":
            return f'{color}<a:buSzPct val="100000"/><a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPlain"/>'
        size = f'<a:buSzPct val="{self.bullet_size * 1000}"/>'
        return f'{color}{size}<a:buFont typeface="Arial"/><a:buChar char="{self.bullet}"/>'


def list_style(*levels: Level) -> str:
    """`a:lstStyle` of a placeholder."""
    if not levels:
        return "<a:lstStyle/>"
    return "<a:lstStyle>" + "".join(lv.xml(n) for n, lv in enumerate(levels, 1)) + "</a:lstStyle>"


def body_properties(anchor: str = "t", fit: str = "normAutofit", insets: Box = (0, 0, 0, 0)) -> str:
    """`a:bodyPr`; insets are left, top, right, bottom in inches."""
    names = ("lIns", "tIns", "rIns", "bIns")
    sides = " ".join(f'{n}="{emu(v)}"' for n, v in zip(names, insets, strict=True))
    return f'<a:bodyPr vert="horz" wrap="square" {sides} anchor="{anchor}"><a:{fit}/></a:bodyPr>'


@dataclass
class Tree:
    """The shapes of one master, layout or slide, in reading order."""

    shapes: list[str] = field(default_factory=list)
    language: str = "en-GB"

    def _id(self) -> int:
        return len(self.shapes) + 2

    def add(self, xml: str) -> None:
        """Add a shape; `{id}` stands for its id."""
        self.shapes.append(xml.replace("{id}", str(self._id())))

    def placeholder(
        self, name: str, kind: str | None, box: Box | None, *, idx: int | None = None, levels: tuple[Level, ...] = (),
        prompt: str | tuple[str, ...] = "", anchor: str | None = None, fit: str = "normAutofit", fill: str = "",
        insets: Box = (0, 0, 0, 0), field_xml: str = "", size: str = "", custom: bool = True,
    ) -> None:  # fmt: skip
        """Add a placeholder; the prompt's items are shown at levels 1, 2, …"""
        attributes = "".join(
            [
                f' type="{kind}"' if kind else "",
                f' sz="{size}"' if size else "",
                f' idx="{idx}"' if idx else "",
            ]
        )
        attributes += ' hasCustomPrompt="1"' if custom and prompt and not field_xml else ""
        prompts = (prompt,) if isinstance(prompt, str) else prompt
        run = f'<a:r><a:rPr lang="{self.language}"/><a:t>{{}}</a:t></a:r>'
        paragraphs = "".join(
            f'<a:p><a:pPr lvl="{n}"/>{run.format(escape(text))}</a:p>'
            for n, text in enumerate(prompts)
            if text
        )
        if field_xml:
            paragraphs = f"<a:p>{field_xml}</a:p>"
        position = (xfrm(box) + '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box else "") + fill
        properties = body_properties(anchor or "t", fit, insets) if anchor else "<a:bodyPr/>"
        self.add(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{{id}}" name={quoteattr(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph{attributes}/></p:nvPr></p:nvSpPr><p:spPr>{position}</p:spPr>"
            f"<p:txBody>{properties}{list_style(*levels)}"
            f"{paragraphs or '<a:p><a:endParaRPr lang=' + quoteattr(self.language) + '/></a:p>'}</p:txBody></p:sp>"
        )

    def rectangle(
        self, name: str, box: Box, fill: str, *, shape: str = "rect", adjust: int | None = None
    ) -> None:
        """Add a decorative rectangle without a line; `fill` is XML."""
        guides = (
            f'<a:avLst><a:gd name="adj" fmla="val {adjust}"/></a:avLst>'
            if adjust is not None
            else "<a:avLst/>"
        )
        self.add(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{{id}}" name={quoteattr(name)}>{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
            f'<p:nvPr userDrawn="1"/></p:nvSpPr>'
            f'<p:spPr>{xfrm(box)}<a:prstGeom prst="{shape}">{guides}</a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></p:spPr>'
            f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{self.language}"/></a:p></p:txBody></p:sp>'
        )

    def picture(self, name: str, box: Box, rid: str, description: str = "") -> None:
        """Add a picture; without a description it is decorative."""
        extension = "" if description else DECORATIVE
        self.add(
            f'<p:pic><p:nvPicPr><p:cNvPr id="{{id}}" name={quoteattr(name)} descr={quoteattr(description)}>{extension}'
            f'</p:cNvPr><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def text(
        self, name: str, box: Box, paragraphs: str, *, anchor: str = "t", fit: str = "normAutofit", fill: str = "",
        insets: Box = (0, 0, 0, 0), levels: tuple[Level, ...] = (), shape: str = "rect", adjust: int | None = None,
    ) -> None:  # fmt: skip
        """Add a text box; `paragraphs` is XML, `levels` its look."""
        guides = (
            f'<a:avLst><a:gd name="adj" fmla="val {adjust}"/></a:avLst>'
            if adjust is not None
            else "<a:avLst/>"
        )
        self.add(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{{id}}" name={quoteattr(name)}/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{xfrm(box)}<a:prstGeom prst="{shape}">{guides}</a:prstGeom>{fill or "<a:noFill/>"}</p:spPr>'
            f"<p:txBody>{body_properties(anchor, fit, insets)}{list_style(*levels)}{paragraphs}</p:txBody></p:sp>"
        )

    def arrow(self, name: str, start: tuple[float, float], length: float, color: str) -> None:
        """Add a decorative arrow to the right, or to both sides when the length is negative."""
        x, y = start
        head = '<a:headEnd type="triangle"/>' if length < 0 else ""
        line = f'<a:ln w="28575">{scheme(color)}{head}<a:tailEnd type="triangle"/></a:ln>'
        self.add(
            f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{{id}}" name={quoteattr(name)}>{DECORATIVE}</p:cNvPr><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>'
            f'<p:spPr>{xfrm((x, y, abs(length), 0))}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{line}</p:spPr></p:cxnSp>'
        )

    def xml(self) -> str:
        """The `p:spTree`."""
        return (
            '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm>'
            f"</p:grpSpPr>{''.join(self.shapes)}</p:spTree>"
        )


DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def paragraph(text: str, *, level: int = 0, language: str = "en-GB", properties: str = "") -> str:
    """One paragraph of a text box; `**` marks bold stretches."""
    runs = []
    for n, part in enumerate(text.split("**")):
        if part:
            bold = ' b="1"' if n % 2 else ""
            runs.append(f'<a:r><a:rPr lang="{language}"{bold}/><a:t>{escape(part)}</a:t></a:r>')
    return f'<a:p><a:pPr lvl="{level}">{properties}</a:pPr>{"".join(runs)}</a:p>'
