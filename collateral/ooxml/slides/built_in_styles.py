"""The colours of the table styles PowerPoint gives new tables: it knows them by their id, so few decks define them.

In: the id a table names. Out: the style as a deck would define it, fills and words only; None for one not known here.
Only "Medium Style 2" is, in its seven colours: the default and the programs' that write decks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEDIUM_2: Final = {
    "{073A0DAA-6AF3-43AB-8588-CEC1D06C72B9}": "dk1",
    "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}": "accent1",
    "{21E4AEA4-8DFA-4A89-87EB-49C32662AFE0}": "accent2",
    "{F5AB1C69-6EDB-4FF4-983F-18BD219EF322}": "accent3",
    "{00A15C55-8517-42AA-B614-E9B94910E393}": "accent4",
    "{7DF18680-E054-41AD-8BC1-D1AEF772440D}": "accent5",
    "{93296810-A885-4BE3-A3E7-6D5BEEA58F35}": "accent6",
}
_STRONG: Final = ("firstRow", "lastRow", "firstCol", "lastCol")


@lru_cache
def built_in_style(style_id: str) -> _Element | None:
    """The definition of a style that decks name without defining it."""
    color = _MEDIUM_2.get(style_id)
    if color is None:
        return None
    regions = [
        _region("wholeTbl", "dk1", _color(color, 20)),
        *(_region(band, "", _color(color, 40)) for band in ("band1H", "band1V")),
        *(_region(name, "lt1", _color(color)) for name in _STRONG),
    ]
    return parse_xml(
        f'<a:tblStyle xmlns:a="{NAMESPACES["a"]}" styleId="{style_id}">{"".join(regions)}</a:tblStyle>'.encode()
    )


def _region(name: str, words: str, fill: str) -> str:
    said = f"<a:tcTxStyle>{_color(words)}</a:tcTxStyle>" if words else ""
    return f"<a:{name}>{said}<a:tcStyle><a:fill><a:solidFill>{fill}</a:solidFill></a:fill></a:tcStyle></a:{name}>"


def _color(name: str, tint: int = 100) -> str:
    """A colour of the theme, with so many hundredths of it left in white."""
    change = f'<a:tint val="{tint * 1000}"/>' if tint != 100 else ""
    return f'<a:schemeClr val="{name}">{change}</a:schemeClr>'
