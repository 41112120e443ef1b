"""Paragraphs of content as DrawingML (`a:p`): levels, bullets, numbers, looks, links, languages.

Goes in: final content nodes and the look of the levels they land in (so that a bullet is switched on or off only
where the master does not already). Comes out: XML text and the relationships the links need. Measures nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from collateral.diagnostics import Diagnostic, Place, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.content import Heading, Inlines, Node, Paragraph, Rule, Run, plain_text
from collateral.model.frames import LevelStyle
from collateral.ooxml.drawing.addresses import safe_address
from collateral.ooxml.drawing.language import is_left_to_right, is_right_to_left, office_language
from collateral.ooxml.drawing.relations import Relations
from collateral.ooxml.xml import escape_attribute, escape_text

CODE_FONT = (
    "Courier New"  # has metric-compatible substitutes everywhere, so what is measured is what is shown
)
_HANGING = 285750  # PowerPoint's own hanging indent for a bullet switched on by hand, in EMU
_LEVEL_STEP = 457200
_DEEPEST = 8  # DrawingML has nine levels
_NUMBER_SCHEMES = ("arabicPeriod", "alphaLcPeriod", "romanLcPeriod")
_OTHER_SCHEME = "arabicParenR"


class Fit(Protocol):
    """How much smaller than designed text is set: font scale (1 is full size) and line spacing taken off."""

    @property
    def scale(self) -> float: ...
    @property
    def spacing(self) -> float: ...


@dataclass(slots=True)
class TextWriter:
    """What all text of one part shares: its language, its relationships, and what was found wrong with it.

    `slides` are the keys links may jump to (None: any). `at` is where the content stands, for diagnostics.
    """

    relations: Relations
    language: str
    slides: Collection[str] | None = None
    at: Place | Span | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    lang: str = field(init=False)

    def __post_init__(self) -> None:
        self.lang = escape_attribute(office_language(self.language))


@dataclass(frozen=True, slots=True)
class RunLook:
    """A look every run of a paragraph gets beside its own: size in points (None: inherited), bold, italic."""

    size: float | None = None
    bold: bool = False
    italic: bool = False


_PLAIN = RunLook()


def body_properties(fit: Fit, autofit: str) -> str:
    """`a:bodyPr` with the scale written, as PowerPoint does not recompute it on opening.

    `autofit` is what the frame does by itself: "shrink" frames say so even at full size, to undo an inherited scale.
    """
    scale, spacing = round(fit.scale * 100000), round(fit.spacing * 100000)
    if scale >= 100000 and spacing <= 0:
        return "<a:bodyPr><a:normAutofit/></a:bodyPr>" if autofit == "shrink" else "<a:bodyPr/>"
    font_scale = f' fontScale="{scale}"' if scale < 100000 else ""
    reduction = f' lnSpcReduction="{spacing}"' if spacing > 0 else ""
    return f"<a:bodyPr><a:normAutofit{font_scale}{reduction}/></a:bodyPr>"


def paragraphs(writer: TextWriter, nodes: Sequence[Node], levels: Sequence[LevelStyle]) -> list[str]:
    """The `a:p` elements of text nodes, at least one; what is no text is left out with a diagnostic."""
    numbers = _Numbers()
    out: list[str] = []
    for node in nodes:
        if isinstance(node, Paragraph):
            _paragraph(writer, node, levels, numbers, out)
        elif isinstance(node, Heading):
            numbers.interrupt(0)
            _simple_paragraph(writer, node.inlines, _look(levels, 0), RunLook(bold=True), out)
        elif not isinstance(node, Rule):
            writer.diagnostics.append(_not_text(node, writer.at))
    return out or [f'<a:p><a:endParaRPr lang="{writer.lang}"/></a:p>']


def line(writer: TextWriter, inlines: Inlines, levels: Sequence[LevelStyle]) -> list[str]:
    """The one `a:p` of a title, in the look the placeholder gives it."""
    out: list[str] = []
    _open_paragraph(_direction(writer, inlines, _look(levels, 0)), "", out)
    return [*out, *runs(writer, inlines), "</a:p>"]


def runs(writer: TextWriter, inlines: Inlines, look: RunLook = _PLAIN) -> list[str]:
    """The `a:r` and `a:br` elements of inlines, with local names for links kept apart."""
    out: list[str] = []
    for inline in inlines:
        if isinstance(inline, Run):
            _run(writer, inline, look, out)
        else:
            tag = plain_text((inline,))
            writer.diagnostics.append(
                Diagnostic.error("unresolved-field", f'"{tag}" has no value yet', writer.at)
            )
    return out


def _paragraph(
    writer: TextWriter, node: Paragraph, levels: Sequence[LevelStyle], numbers: _Numbers, out: list[str]
) -> None:
    level = min(node.level, _DEEPEST)
    look = _look(levels, level)
    if node.list == "number":
        if node.start == 0:
            message, hint = "lists on slides begin at 1 at the earliest, this one at 0", "begin it at 1"
            writer.diagnostics.append(Diagnostic.warning("list-number", message, node.at or writer.at, hint))
        bullet = numbers.next(level, None if node.start is None else max(node.start, 1))
        attributes = _list_attributes(level, look)
    else:
        numbers.interrupt(level)
        if node.list is None:
            extra = RunLook(italic=True) if node.quote else _PLAIN
            _simple_paragraph(writer, node.inlines, look, extra, out, level)
            return
        # whether a level shows a bullet is its designer's decision: big numbers, for one, have none
        bullet, attributes = "", f' lvl="{level}"' if level else ""
    _open_paragraph(attributes + _direction(writer, node.inlines, look, follows=True), bullet, out)
    out.extend(runs(writer, node.inlines))
    out.append("</a:p>")


def _simple_paragraph(
    writer: TextWriter, inlines: Inlines, look: LevelStyle, extra: RunLook, out: list[str], level: int = 0
) -> None:
    """A paragraph without a bullet; below the first level it lines up with the text of the item it belongs to."""
    attributes, bullet = "", ""
    if level:
        margin = look.margin_left or level * _LEVEL_STEP
        attributes, bullet = f' marL="{margin}" lvl="{level}" indent="0"', "<a:buNone/>"
    elif look.bullet:
        attributes, bullet = ' marL="0" indent="0"', "<a:buNone/>"
    _open_paragraph(attributes + _direction(writer, inlines, look), bullet, out)
    out.extend(runs(writer, inlines, extra))
    out.append("</a:p>")


def _open_paragraph(attributes: str, bullet: str, out: list[str]) -> None:
    if bullet:
        out.append(f"<a:p><a:pPr{attributes}>{bullet}</a:pPr>")
    else:
        out.append(f"<a:p><a:pPr{attributes}/>" if attributes else "<a:p>")


def _list_attributes(level: int, look: LevelStyle) -> str:
    deep = f' lvl="{level}"' if level else ""
    if look.bullet:
        return deep
    margin = max(look.margin_left, 0) or _HANGING + level * _LEVEL_STEP
    return f' marL="{margin}"{deep} indent="-{_HANGING}"'


def _direction(writer: TextWriter, inlines: Inlines, look: LevelStyle, *, follows: bool = False) -> str:
    text = plain_text(inlines)
    # Alignment is physical in DrawingML: text of the other direction would begin at the wrong edge.
    if is_right_to_left(text, writer.lang, follows=follows):
        return ' algn="r" rtl="1"' if look.align == "l" else ' rtl="1"'
    if look.right_to_left and is_left_to_right(text, writer.lang):
        return ' algn="l" rtl="0"' if look.align == "r" else ' rtl="0"'
    return ""


def _look(levels: Sequence[LevelStyle], level: int) -> LevelStyle:
    return levels[min(level, len(levels) - 1)] if levels else LevelStyle()


def _run(writer: TextWriter, run: Run, look: RunLook, out: list[str]) -> None:
    attributes = f' lang="{writer.lang}"'
    if look.size is not None:
        attributes += f' sz="{round(look.size * 100)}"'
    if run.bold or look.bold:
        attributes += ' b="1"'
    if run.italic or look.italic:
        attributes += ' i="1"'
    if run.strike:
        attributes += ' strike="sngStrike"'
    opening = [f"<a:rPr{attributes}"]
    link = _link(writer, run.link) if run.link else None
    if run.code or link:
        font = f'<a:latin typeface="{CODE_FONT}"/><a:cs typeface="{CODE_FONT}"/>' if run.code else ""
        opening += [">" + font, *(link or ()), "</a:rPr>"]
    else:
        opening.append("/>")
    for number, line in enumerate(run.text.split("\n")):
        if number:
            out.append(f"<a:br><a:rPr{attributes}/></a:br>")
        if line:
            out += ["<a:r>", *opening, f"<a:t>{escape_text(line)}</a:t></a:r>"]


def _link(writer: TextWriter, link: str) -> list[str] | None:
    if link.startswith("#"):
        if writer.slides is None or link[1:] in writer.slides:
            name = writer.relations.slide(link[1:])
            return ['<a:hlinkClick r:id="', name, '" action="ppaction://hlinksldjump"/>']
        message, hint = f'no slide "{link[1:]}" to jump to', "the text stays, without the link"
    else:
        address = safe_address(link)
        if address is not None:
            return ['<a:hlinkClick r:id="', writer.relations.link(address), '"/>']
        message, hint = f'"{link[:200]}" is not a web or mail address', "use http, https or mailto"
    writer.diagnostics.append(Diagnostic.warning("link-dropped", message, writer.at, hint))
    return None


def _not_text(node: Node, at: Place | Span | None) -> Diagnostic:
    name = type(node).__name__.lower()
    return Diagnostic.error(
        "content-not-text", f"a {name} cannot stand among paragraphs", node.at or at, "give it a placeholder"
    )


class _Numbers:
    """Keeps numbered lists right where PowerPoint would guess: restarts between neighbours, goes on after a break.

    PowerPoint starts again after any paragraph of the same or a lower level that is not numbered; two lists with
    nothing between them would be one, so the second takes another scheme.
    """

    def __init__(self) -> None:
        self._counts = [0] * (_DEEPEST + 1)
        self._broken = [True] * (_DEEPEST + 1)
        self._other = [False] * (_DEEPEST + 1)
        self._start = [1] * (_DEEPEST + 1)

    def interrupt(self, level: int) -> None:
        """A paragraph at this level that is not numbered."""
        self._broken[level:] = [True] * (_DEEPEST + 1 - level)

    def next(self, level: int, start: int | None) -> str:
        """The bullet of the next numbered item at this level; `start` is the number its list begins at, None where it goes on."""
        broken, self._broken[level] = self._broken[level], False
        self._end_deeper(level)
        if start is not None or self._counts[level] == 0:
            self._other[level] = not broken and not self._other[level]
            self._start[level] = 1 if start is None else start
            self._counts[level] = self._start[level] - 1
        elif broken:
            self._start[level] = self._counts[level] + 1
        self._counts[level] += 1
        # Every item repeats the start: PowerPoint counts on only among neighbours with the same scheme and start.
        begins = f' startAt="{self._start[level]}"' if self._start[level] > 1 else ""
        scheme = _OTHER_SCHEME if self._other[level] else _NUMBER_SCHEMES[level % len(_NUMBER_SCHEMES)]
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{scheme}"{begins}/>'

    def _end_deeper(self, level: int) -> None:
        """Deeper lists end where a shallower item stands."""
        for deeper in range(level + 1, _DEEPEST + 1):
            self._counts[deeper], self._broken[deeper] = 0, True
