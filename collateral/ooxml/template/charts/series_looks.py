"""The look of series that the data have and the designed chart has not: that of its last series, in another colour.

In: the designed series. Out: a copy without what belongs to single points, its colour marked, and the accents of the theme that are
free for further series. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Final, cast

from lxml import etree

from collateral.ooxml.drawing.accents import ACCENTS
from collateral.ooxml.names import qn

CUT: Final = "\ue000"
"""Stands around the names of what is written anew until a series is cut."""
_ACCENT: Final = f"{CUT}accent{CUT}"
_VARIANT: Final = f"{CUT}variant{CUT}"
_DROPS: Final = ("c:dPt", "c:dLbls/c:dLbl", "c:trendline", "c:errBars", "c:pictureOptions")
_C15: Final = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_OF_LABELS: Final = (f"{_C15}datalabelsRange", f"{_C15}showDataLabelsRange")
_FILLS: Final = tuple(qn(name) for name in ("a:solidFill", "a:gradFill", "a:pattFill"))
_COLOURS: Final = (qn("a:schemeClr"), qn("a:srgbClr"))
_GROUND: Final = frozenset({"FFFFFF", "000000", "bg1", "lt1", "tx1", "dk1"})
_SHADES: Final = (qn("a:lumMod"), qn("a:lumOff"), qn("a:shade"), qn("a:tint"))


def further_look(series: etree._Element) -> etree._Element:
    """The look for further series: without what belongs to single points, and with a colour of its own."""
    plot = cast("etree._Element", series.getparent())
    clone = deepcopy(plot)[plot.index(series)]
    for path in _DROPS:
        steps = "/".join(qn(step) for step in path.split("/"))
        for element in clone.findall(steps):
            element.getparent().remove(element)  # type: ignore[union-attr]
    for extension in clone.findall(f".//{qn('c:ext')}"):
        if all(e.tag not in _OF_LABELS for e in extension.iter(etree.Element)):
            extension.getparent().remove(extension)  # type: ignore[union-attr]
    for look in clone.findall(f".//{qn('c:spPr')}"):
        if look.getparent() in (clone, clone.find(qn("c:marker"))):
            _recolour(look)
    return clone


def free_accents(series: Sequence[etree._Element], further: int) -> tuple[int, ...]:
    """The accents no series is drawn in, counted from 0, in the order in which series numbered from `further` take them."""
    used = {
        color.get("val")
        for one in series
        for look in one.iterfind(qn("c:spPr"))
        for color in look.iter(qn("a:schemeClr"))
    }
    order = ((further + at) % ACCENTS for at in range(ACCENTS))
    return tuple(number for number in order if f"accent{number + 1}" not in used)


def _recolour(look: etree._Element) -> None:
    line = look.find(qn("a:ln"))
    for fill in list(look.iter(*_FILLS)):
        bare = line is not None and line in fill.iterancestors() and _is_filled(look)
        for color in list(fill.iter(*_COLOURS)):
            if _is_own(color, of_edge=bare):
                color.getparent().replace(color, _marked(color))  # type: ignore[union-attr]


def _is_filled(look: etree._Element) -> bool:
    """Whether a line around it is only its edge."""
    return any(child.tag in _FILLS for child in look)


def _is_own(color: etree._Element, *, of_edge: bool) -> bool:
    """Whether a colour tells a series from others: neither plain black or white, nor the grey of an edge."""
    value = color.get("val") or ""
    if value.startswith("accent"):
        return True
    is_plain = (value.upper() if color.tag == qn("a:srgbClr") else value) in _GROUND
    shaded = any(color.find(name) is not None for name in _SHADES)
    return not of_edge and (shaded or not is_plain) if color.tag == qn("a:schemeClr") else not is_plain


def _marked(color: etree._Element) -> etree._Element:
    """The accent that is written anew, with what the colour adds to it; the grey that is made of black or white stays behind."""
    accent = etree.Element(qn("a:schemeClr"), val=_ACCENT)
    accent.text = _VARIANT
    accent.extend(_kept(color))
    return accent


def _kept(color: etree._Element) -> Iterable[etree._Element]:
    is_grey = (color.get("val") or "") in _GROUND
    return [deepcopy(child) for child in color if not (is_grey and child.tag in _SHADES)]
