"""Paragraphs and headings of a Word document, in the master's styles."""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model.content import Heading, Paragraph, plain_text
from collateral.ooxml.drawing.language import is_left_to_right, is_right_to_left
from collateral.ooxml.drawing.relations import LocalName
from collateral.ooxml.word.styles import WordStyles
from collateral.ooxml.word.text import PLAIN, Emphasis, TextWriter, runs

# only where the master has no heading style: half points, and the space around in twips
_HEADING_SIZES = (32, 28, 26, 24, 24, 24)
_HEADING_SPACING = '<w:spacing w:before="240" w:after="80"/>'
# Word takes left for where a line begins
_MIRRORED = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class Properties:
    """Paragraph properties; `align` is the side of the page, `number` is the local name of a list instance, `outline` the level from 0 of a heading that
    has no style to say it."""

    style: str | None = None
    number: LocalName | None = None
    level: int = 0
    keep_next: bool = False
    align: str | None = None
    rtl: bool | None = None  # as the style has it
    outline: int | None = None
    indent: int | None = None  # in twips

    def xml(self) -> list[str]:
        """`w:pPr`, its children in the order the schema wants; nothing when there is nothing to say."""
        out: list[str] = []
        if self.style:
            out.append(f'<w:pStyle w:val="{self.style}"/>')
        if self.keep_next:
            out.append("<w:keepNext/>")
        if self.number is not None:
            out += [f'<w:numPr><w:ilvl w:val="{self.level}"/><w:numId w:val="', self.number, '"/></w:numPr>']
        if self.rtl is not None:
            out.append("<w:bidi/>" if self.rtl else '<w:bidi w:val="0"/>')
        if self.outline is not None:
            out.append(_HEADING_SPACING)
        if self.indent is not None:
            out.append(f'<w:ind w:left="{self.indent}"/>')
        if self.align:
            side = _MIRRORED.get(self.align, self.align) if self.rtl else self.align
            out.append(f'<w:jc w:val="{side}"/>')
        if self.outline is not None:
            out.append(f'<w:outlineLvl w:val="{self.outline}"/>')
        return ["<w:pPr>", *out, "</w:pPr>"] if out else []


def paragraph(writer: TextWriter, node: Paragraph, look: Properties, *, italic: bool = False) -> list[str]:
    """One paragraph."""
    rtl = direction(writer, plain_text(node.inlines), look.style, follows=node.list is not None)
    properties = replace(look, rtl=rtl)
    return [
        "<w:p>",
        *properties.xml(),
        *runs(writer, node.inlines, node.at, Emphasis(italic=italic)),
        "</w:p>",
    ]


def heading(writer: TextWriter, node: Heading, styles: WordStyles, depth: int) -> list[str]:
    """A heading in the master's style for its depth; bold text that keeps with the next where there is none."""
    level = min(max(node.depth + depth, 1), len(styles.headings)) - 1
    style = styles.headings[level]
    rtl = direction(writer, plain_text(node.inlines), style)
    look = Properties(style=style, keep_next=True, rtl=rtl, outline=level if style is None else None)
    emphasis = PLAIN if style is not None else Emphasis(bold=True, size=_HEADING_SIZES[level])
    text = runs(writer, node.inlines, node.at, emphasis)
    return ["<w:p>", *look.xml(), *text, "</w:p>"]


def direction(writer: TextWriter, text: str, style: str | None, *, follows: bool = False) -> bool | None:
    """Whether a paragraph has to say that it runs from right to left, or that it does not; None when its style is right.
    `follows` is told of items, which run as those beside them."""
    if is_right_to_left(text, writer.lang, follows=follows):
        return True
    turned = (style or "") in writer.styles.right_to_left
    return False if turned and is_left_to_right(text, writer.lang) else None
