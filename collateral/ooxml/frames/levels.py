"""Paragraph and character properties, inherited level by level, become `LevelStyle`s.

In: `a:lstStyle`, `a:pPr` and `a:rPr` elements from the weakest to the strongest. Out: nine level styles. It knows
how properties override each other, not where the elements come from (see `chain`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model.frames import LevelStyle
from collateral.ooxml.frames.theme import Theme, fraction, whole
from collateral.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

LEVELS = 9
_BULLETS = frozenset(map(qn, ("a:buChar", "a:buAutoNum", "a:buBlip")))
_CAPITALS = frozenset(("all", "small"))
_TRUE = frozenset(("1", "true", "on"))


@dataclass(frozen=True, slots=True)
class Style:
    """What one element says of a level; None where it says nothing. Units as in `LevelStyle`."""

    size: float | None = None
    font: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    line_spacing: float | None = None
    space_before: float | None = None
    space_after: float | None = None
    margin_left: int | None = None
    indent: int | None = None
    margin_right: int | None = None
    bullet: bool | None = None
    spacing: float | None = None
    align: str | None = None
    east_asian_font: str | None = None
    complex_font: str | None = None
    color: str | None = None
    right_to_left: bool | None = None
    tabs: tuple[tuple[int, str], ...] | None = None
    tab_size: int | None = None

    def over(self, base: Style) -> Style:
        """This style where it says something, the base's elsewhere."""
        said = {name: value for name in _NAMES if (value := getattr(self, name)) is not None}
        return replace(base, **said) if said else base


_NAMES = Style.__match_args__


@lru_cache(maxsize=4096)
def level_style(style: Style) -> LevelStyle:
    """The style with the format's own defaults where nothing was said: 18 pt, no bullet, single spacing.

    Equal styles are one object, which keeps a pickled master small.
    """
    said = {name: value for name in _NAMES if (value := getattr(style, name)) is not None}
    return LevelStyle(**said)


def read_list_style(element: Element | None, theme: Theme) -> tuple[Style, ...]:
    """The nine levels of an `a:lstStyle` (or a `p:bodyStyle` and its kin); `a:defPPr` lies under all of them."""
    if element is None:
        return (Style(),) * LEVELS
    default = element.find(qn("a:defPPr"))
    base = read_paragraph(default, theme) if default is not None else Style()
    levels = []
    for number in range(1, LEVELS + 1):
        own = element.find(qn(f"a:lvl{number}pPr"))
        levels.append(read_paragraph(own, theme).over(base) if own is not None else base)
    return tuple(levels)


def overlay(layers: Iterable[tuple[Style, ...]]) -> tuple[Style, ...]:
    """Level styles laid over each other, weakest first."""
    result: tuple[Style, ...] = (Style(),) * LEVELS
    for layer in layers:
        result = tuple(strong.over(weak) for weak, strong in zip(result, layer, strict=True))
    return result


def read_paragraph(element: Element, theme: Theme) -> Style:
    """What an `a:pPr`-like element says, its `a:defRPr` included."""
    run = element.find(qn("a:defRPr"))
    own = read_run(run, theme) if run is not None else Style()
    return replace(
        own,
        line_spacing=_spacing(element, "a:lnSpc", exact=-1.0, percent=1.0),
        space_before=_spacing(element, "a:spcBef", exact=1.0, percent=-1.0),
        space_after=_spacing(element, "a:spcAft", exact=1.0, percent=-1.0),
        margin_left=whole(element.get("marL"), 0) if element.get("marL") else None,
        indent=whole(element.get("indent"), 0) if element.get("indent") else None,
        margin_right=whole(element.get("marR"), 0) if element.get("marR") else None,
        bullet=_bullet(element),
        align=element.get("algn"),
        right_to_left=_flag(element.get("rtl")),
        tabs=_tabs(element.find(qn("a:tabLst"))),
        tab_size=whole(element.get("defTabSz"), 914400) if element.get("defTabSz") else None,
    )


def read_run(element: Element, theme: Theme) -> Style:
    """What an `a:rPr`-like element says."""
    size, spacing, caps = element.get("sz"), element.get("spc"), element.get("cap")
    return Style(
        size=max(whole(size, 1800) / 100, 1.0) if size else None,
        font=_typeface(element, "a:latin", theme),
        bold=_flag(element.get("b")),
        italic=_flag(element.get("i")),
        caps=caps in _CAPITALS if caps else None,
        spacing=whole(spacing, 0) / 100 if spacing else None,
        east_asian_font=_typeface(element, "a:ea", theme),
        complex_font=_typeface(element, "a:cs", theme),
        color=theme.fill_color(element) or None,
    )


def _flag(value: str | None) -> bool | None:
    return None if value is None else value in _TRUE


def _typeface(element: Element, tag: str, theme: Theme) -> str | None:
    face = element.find(qn(tag))
    return theme.font(face.get("typeface", "")) or None if face is not None else None


def _tabs(stops: Element | None) -> tuple[tuple[int, str], ...] | None:
    if stops is None:
        return None
    return tuple((whole(stop.get("pos"), 0), stop.get("algn", "l")) for stop in stops.iterfind(qn("a:tab")))


def _bullet(element: Element) -> bool | None:
    for child in element:
        if child.tag == qn("a:buNone"):
            return False
        if child.tag in _BULLETS:
            return True
    return None


def _spacing(element: Element, tag: str, *, exact: float, percent: float) -> float | None:
    holder = element.find(qn(tag))
    if holder is None:
        return None
    for child in holder:
        if child.tag == qn("a:spcPct"):
            return percent * fraction(child.get("val"), 1.0) + 0.0
        if child.tag == qn("a:spcPts"):
            return exact * whole(child.get("val"), 0) / 100 + 0.0
    return None
