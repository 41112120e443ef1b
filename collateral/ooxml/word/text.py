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
from collateral.ooxml.drawing.language import directions, language_slot, office_language, runs_right_to_left
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
    slot: str = field(init=False)

    def __post_init__(self) -> None:
        self.lang = escape_attribute(office_language(self.language))
        self.slot = language_slot(self.language)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A look every run of a paragraph gets beside its own; the size is in half points (None: the style's)."""

    bold: bool = False
    italic: bool = False
    size: int | None = None


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
    turned = runs_right_to_left(writer.lang)
    text = "".join(
        f"<w:r>{_look(writer, run, emphasis, part, rtl=rtl, linked=address is not None)}{_text(part)}</w:r>"
        for part, rtl in directions(run.text, turned=turned)
    )
    if address is None:
        out.append(text)
    else:
        out += [
            f'<w:hyperlink {_R} r:id="',
            writer.relations.link(address),
            f'" w:history="1">{text}</w:hyperlink>',
        ]


def _look(writer: TextWriter, run: Run, emphasis: Emphasis, text: str, *, rtl: bool, linked: bool) -> str:
    """Run properties in the order the schema wants: style, fonts, bold, italic, strike, colour, size, line, direction, language."""
    plain_link = linked and not writer.styles.link
    parts = [
        f'<w:rStyle w:val="{writer.styles.link}"/>' if linked and writer.styles.link else "",
        _fonts(writer, text, code=run.code),
        "<w:b/><w:bCs/>" if run.bold or emphasis.bold else "",
        "<w:i/><w:iCs/>" if run.italic or emphasis.italic else "",
        "<w:strike/>" if run.strike else "",
        '<w:color w:val="0563C1"/>' if plain_link else "",
        f'<w:sz w:val="{emphasis.size}"/><w:szCs w:val="{emphasis.size}"/>' if emphasis.size else "",
        '<w:u w:val="single"/>' if plain_link else "",
        "<w:rtl/>" if rtl else "",
        _language(writer, rtl=rtl),
    ]
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def _fonts(writer: TextWriter, text: str, *, code: bool) -> str:
    """The fonts of code. In East Asian languages also that signs which Latin text has too, quotation marks for example, are
    taken from the East Asian font, as Word notes it of text typed there."""
    hint = ' w:hint="eastAsia"' if writer.slot == "eastAsia" and not text.isascii() else ""
    fonts = f' w:ascii="{CODE_FONT}" w:hAnsi="{CODE_FONT}" w:cs="{CODE_FONT}"' if code else ""
    return f"<w:rFonts{hint}{fonts}/>" if hint or fonts else ""


def _language(writer: TextWriter, *, rtl: bool) -> str:
    """The language where Word looks for it: each of its three kinds of script has a language of its own. Foreign words of
    the other direction have that of the master."""
    foreign = rtl != runs_right_to_left(writer.lang)
    return "" if foreign else f'<w:lang w:{writer.slot}="{writer.lang}"/>'


def _text(text: str) -> str:
    """Text with its line breaks and tabs as Word writes them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<w:br/>".join(_line(line) for line in lines)


def _line(line: str) -> str:
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape_text(part)}</w:t>' if part else "" for part in line.split("\t")
    )
