"""The colours of a table's words and of what is behind them: the cell's own, else its table style's, else the ground's.

In go a table, the theme, the table styles of the deck by their id, and the colours of the ground. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.frames.theme import Theme, fraction
from collateral.ooxml.slides.built_in_styles import built_in_style
from collateral.ooxml.slides.inheritance import FILLS
from collateral.ooxml.slides.vocabulary import A, local

if TYPE_CHECKING:
    from lxml.etree import _Element

BARE_STYLES: Final = frozenset(
    {"", "{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}"}
)
"""Styles every Office knows that colour nothing: none, "No Style, No Grid" and "No Style, Table Grid"."""
_TRUE = ("1", "true")
_WHOLE = ("tblBg", "tblPr")  # what fills a table behind its cells


@dataclass(frozen=True, slots=True)
class Word:
    """A run's text, its colour and that of what is behind it; "" for what is no one colour."""

    text: str
    ink: str
    behind: str


@dataclass(frozen=True, slots=True)
class TableColors:
    """The colours of one deck for tables: its theme and table styles, what words without a colour of their own have, and
    what is behind a table without a fill."""

    theme: Theme
    styles: Mapping[str, _Element]
    ink: str
    behind: str

    def words(self, table: _Element) -> Iterator[Word]:
        """The words of a table in order. A style nobody has defined here leaves the colours of its words open."""
        named = (table.findtext(f"{A}tblPr/{A}tableStyleId") or "").strip()
        style = self._style(named)
        known = style is not None or named in BARE_STYLES
        for cell, parts in _cells(table, style):
            ink, behind = self._ink(parts), self._behind(cell, parts)
            own_fill = _fill(cell.find(f"{A}tcPr")) is not None
            for text, properties in _texts(cell):
                own = _fill(properties) is not None
                word_ink = self.theme.fill_color(properties) if own and properties is not None else ink
                yield Word(text, word_ink if own or known else "", behind if own_fill or known else "")

    def _style(self, named: str) -> _Element | None:
        """The deck's style, else Office's own; where light and dark are swapped, programs differ in what that one means."""
        style = self.styles.get(named)
        if style is None and self.theme.color("tx1") == self.theme.color("dk1"):
            style = built_in_style(named)
        return style

    def _ink(self, parts: Sequence[_Element]) -> str:
        for part in parts:
            look = part.find(f"{A}tcTxStyle")
            color = next((c for c in look if local(c).endswith("Clr")), None) if look is not None else None
            if color is not None:
                return self.theme.color_of(color)
        return self.ink

    def _behind(self, cell: _Element, parts: Sequence[_Element]) -> str:
        of_cell = [part for part in parts if local(part) not in _WHOLE]
        of_table = [_style_fill(part) for part in parts if local(part) in _WHOLE]
        return self._filled(
            [cell.find(f"{A}tcPr"), *(_style_fill(part) for part in of_cell)],
            self._filled(of_table, self.behind),
        )

    def _filled(self, holders: Iterable[_Element | None], under: str) -> str:
        """The colour of the first fill on what is under it; that of what is under without one, or when the first says that there is
        none."""
        for holder in (holder for holder in holders if holder is not None):
            fill = _fill(holder)
            if fill is not None:
                return under if local(fill) == "noFill" else _over(self.theme.fill_color(holder), fill, under)
            styled = holder.find(f"{A}fillRef")
            number = styled.get("idx", "0") if styled is not None else "0"
            if (
                styled is not None and number != "0"
            ):  # the first fill of a theme is plain, further ones are of many colours
                return self.theme.color_of(styled[0]) if number == "1" and len(styled) else ""
        return under


def _over(color: str, fill: _Element, under: str) -> str:
    """The colour of a fill as it shows: mixed with what is under it as far as it lets that through."""
    alpha = fill.find(f"*/{A}alpha")
    share = fraction(alpha.get("val"), 1.0) if alpha is not None else 1.0
    if share >= 1.0 or not color or not under:
        return color if share >= 1.0 else ""
    parts = [(int(color[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (0, 2, 4)]
    return "".join(f"{round(over * share + below * (1 - share)):02X}" for over, below in parts)


def _fill(holder: _Element | None) -> _Element | None:
    return next((c for c in holder if local(c) in FILLS), None) if holder is not None else None


def _style_fill(part: _Element) -> _Element | None:
    """What holds the fill of a part of a table style: `a:fill`, or what a fill of the theme is named in."""
    holder = part if local(part) in _WHOLE else part.find(f"{A}tcStyle")
    found = holder.find(f"{A}fill") if holder is not None else None
    return holder if found is None else found


def _cells(table: _Element, style: _Element | None) -> Iterator[tuple[_Element, list[_Element]]]:
    """The cells, and what colours each behind its own properties, the strongest first."""
    properties = table.find(f"{A}tblPr")
    rows = table.findall(f"{A}tr")
    flags = {str(k) for k, v in properties.attrib.items() if v in _TRUE} if properties is not None else set()
    for row_number, row in enumerate(rows):
        cells = row.findall(f"{A}tc")
        for number, cell in enumerate(cells):
            names = _regions(flags, (row_number, len(rows)), (number, len(cells)))
            parts = [style.find(f"{A}{name}") for name in names] if style is not None else []
            yield cell, [part for part in (*parts, properties) if part is not None]


def _regions(flags: set[str], row: tuple[int, int], column: tuple[int, int]) -> Iterator[str]:
    """The parts of a table style that a cell belongs to, the strongest first."""
    bands = []
    for (at, count), first, last, band, axis in (
        (row, "firstRow", "lastRow", "bandRow", "H"),
        (column, "firstCol", "lastCol", "bandCol", "V"),
    ):
        if first in flags and at == 0:
            yield first
        elif last in flags and at == count - 1:
            yield last
        elif band in flags:
            bands.append(f"band{(at - (first in flags)) % 2 + 1}{axis}")
    yield from (*reversed(bands), "wholeTbl", "tblBg")


def _texts(cell: _Element) -> Iterator[tuple[str, _Element | None]]:
    for run in cell.iter(f"{A}r", f"{A}fld"):
        text = (run.findtext(f"{A}t") or "").strip()
        if text:
            yield text, run.find(f"{A}rPr")
