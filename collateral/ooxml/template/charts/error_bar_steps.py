"""Error bars of designed charts: those with an amount for each point are cut open, for new points need new amounts.

In: a series of a chart whose data a tag replaces. Out: the bytes around the amounts. Bars of one fixed amount, a percentage, a
standard deviation or a standard error are right for any data and stay as they are. Compile time only.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.charts.error_bars import ErrorLook
from collateral.ooxml.template.language.scan import bare_xml

_SIDES: Final = (qn("c:plus"), qn("c:minus"))
_CUT: Final = b"<c:val/>"


def settle_error_bars(series: etree._Element) -> tuple[list[str], bool]:
    """Drop amounts that nothing shows, and bars along x with an amount for each point. Returns the formulas of the amounts that
    go, and whether bars went."""
    stale: list[str] = []
    lost = False
    for bars in series.findall(qn("c:errBars")):
        by_point = is_by_point(bars)
        if by_point or not _is_custom(bars):
            stale += [f.text for side in bars.iter(*_SIDES) for f in side.iter(qn("c:f")) if f.text]
        if not _is_custom(bars):
            _drop_amounts(bars)
        elif by_point and _value(bars, "c:errDir", "y") == "x":
            series.remove(bars)
            lost = True
    return stale, lost


def is_by_point(bars: etree._Element) -> bool:
    """Whether the bars have an amount for each point, or amounts that come from cells."""
    sides = [side for name in _SIDES for side in bars.findall(name)]
    tied = any(True for side in sides for _ in side.iter(qn("c:f")))
    return _is_custom(bars) and (tied or any(len(list(side.iter(qn("c:pt")))) > 1 for side in sides))


def has_amounts_by_point(series: etree._Element) -> bool:
    """Whether bars of a series take the amounts that data give."""
    return any(map(is_by_point, series.findall(qn("c:errBars"))))


def error_look(bars: etree._Element) -> ErrorLook:
    """The bars before and after their amounts."""
    _drop_amounts(bars)
    for old in bars.findall(qn("c:val")):
        bars.remove(old)
    heads = [e for name in ("errBarType", "errValType", "noEndCap") for e in bars.findall(qn(f"c:{name}"))]
    mark = etree.Element(qn("c:val"))
    if heads:
        heads[-1].addnext(mark)
    else:
        bars.append(mark)
    before, _, after = bare_xml(bars).partition(_CUT)
    return before, after


def _is_custom(bars: etree._Element) -> bool:
    return _value(bars, "c:errValType", "fixedVal") == "cust"


def _value(bars: etree._Element, name: str, default: str) -> str:
    found = bars.find(qn(name))
    return (found.get("val") if found is not None else None) or default


def _drop_amounts(bars: etree._Element) -> None:
    for name in _SIDES:
        for side in bars.findall(name):
            bars.remove(side)
