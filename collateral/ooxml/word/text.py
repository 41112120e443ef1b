"""Runs and links of a Word paragraph.

In: final runs. Out: XML text with local names for what needs a relationship. Addresses that are neither web nor mail are
written as plain text, with a diagnostic.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.content import Inline, Run, plain_text
from collateral.ooxml.drawing.addresses import safe_address
from collateral.ooxml.drawing.language import is_right_to_left, office_language
from collateral.ooxml.drawing.relations import RELATIONSHIPS, Relations
from collateral.ooxml.word.styles import WordStyles
from collateral.ooxml.xml import escape_attribute, escape_text

CODE_FONT: Final = "Courier New"
_R: Final = f'xmlns:r="{RELATIONSHIPS}"'


@dataclass(slots=True)
class TextWriter:
    """What all text of one fragment shares."""

    relations: Relations
    styles: WordStyles
    language: str
    diagnostics: list[Diagnostic] = field(default_factory=list)
    lang: str = field(init=False)

    def __post_init__(self) -> None:
        self.lang = escape_attribute(office_language(self.language))


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A look every run of a paragraph gets beside its own."""

    bold: bool = False
    italic: bool = False


PLAIN: Final = Emphasis()


def runs(
    writer: TextWriter, inlines: Iterable[Inline], at: Span | None, emphasis: Emphasis = PLAIN
) -> list[str]:
    """The `w:r` and `w:hyperlink` elements of final inlines."""
    out: list[str] = []
    for inline in inlines:
        if isinstance(inline, Run):
            _run(writer, inline, emphasis, at, out)
        else:
            message = f'"{plain_text((inline,))}" has no value yet'
            writer.diagnostics.append(Diagnostic.error("unresolved-field", message, at))
    return out


def _run(writer: TextWriter, run: Run, emphasis: Emphasis, at: Span | None, out: list[str]) -> None:
    address = safe_address(run.link) if run.link else None
    if run.link and address is None and not run.link.startswith("#"):
        message = f'"{run.link[:80]}" is neither a web nor a mail address'
        writer.diagnostics.append(
            Diagnostic.warning("unsafe-link", message, at, "its text is kept without the link")
        )
    text = f"<w:r>{_look(writer, run, emphasis, linked=address is not None)}{_text(run.text)}</w:r>"
    if address is None:
        out.append(text)
    else:
        out += [
            f'<w:hyperlink {_R} r:id="',
            writer.relations.link(address),
            f'" w:history="1">{text}</w:hyperlink>',
        ]


def _look(writer: TextWriter, run: Run, emphasis: Emphasis, *, linked: bool) -> str:
    """Run properties in the order the schema wants: style, fonts, bold, italic, strike, language, direction."""
    right_to_left = is_right_to_left(run.text, writer.lang)
    parts = [
        f'<w:rStyle w:val="{writer.styles.link}"/>' if linked and writer.styles.link else "",
        f'<w:rFonts w:ascii="{CODE_FONT}" w:hAnsi="{CODE_FONT}" w:cs="{CODE_FONT}"/>' if run.code else "",
        "<w:b/><w:bCs/>" if run.bold or emphasis.bold else "",
        "<w:i/><w:iCs/>" if run.italic or emphasis.italic else "",
        "<w:strike/>" if run.strike else "",
        "" if not linked or writer.styles.link else '<w:color w:val="0563C1"/><w:u w:val="single"/>',
        "<w:rtl/>" if right_to_left else "",
        f'<w:lang w:bidi="{writer.lang}"/>' if right_to_left else f'<w:lang w:val="{writer.lang}"/>',
    ]
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def _text(text: str) -> str:
    """Text with its line breaks and tabs as Word writes them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<w:br/>".join(_line(line) for line in lines)


def _line(line: str) -> str:
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape_text(part)}</w:t>' if part else "" for part in line.split("\t")
    )
