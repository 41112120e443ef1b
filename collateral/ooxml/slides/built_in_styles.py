"""The colours of table styles every Office has built in: it knows them by their id, so few decks define them.

In: the id a table names. Out: the style as a deck would define it, fills and words only; None for one not known here.
Known are "Medium Style" 1 to 4 and "Light Style 2" in their seven colours: those whose definitions decks were seen to hold.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLORS: Final = ("dk1", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_IDS: Final = {
    "Medium 1": (
        "793D81CF-94F2-401A-BA57-92F5A7B2D0C5",
        "B301B821-A1FF-4177-AEE7-76D212191A09",
        "9DCAF9ED-07DC-4A11-8D7F-57B35C25682E",
        "1FECB4D8-DB02-4DC6-A0A2-4F2EBAE1DC90",
        "1E171933-4619-4E11-9A3F-F7608DF75F80",
        "FABFCF23-3B69-468F-B69F-88F6DE6A72F2",
        "10A1B5D5-9B99-4C35-A422-299274C87663",
    ),
    "Medium 2": (
        "073A0DAA-6AF3-43AB-8588-CEC1D06C72B9",
        "5C22544A-7EE6-4342-B048-85BDC9FD1C3A",
        "21E4AEA4-8DFA-4A89-87EB-49C32662AFE0",
        "F5AB1C69-6EDB-4FF4-983F-18BD219EF322",
        "00A15C55-8517-42AA-B614-E9B94910E393",
        "7DF18680-E054-41AD-8BC1-D1AEF772440D",
        "93296810-A885-4BE3-A3E7-6D5BEEA58F35",
    ),
    "Medium 3": (
        "8EC20E35-A176-4012-BC5E-935CFFF8708E",
        "6E25E649-3F16-4E02-A733-19D2CDBF48F0",
        "85BE263C-DBD7-4A20-BB59-AAB30ACAA65A",
        "EB344D84-9AFB-497E-A393-DC336BA19D2E",
        "EB9631B5-78F2-41C9-869B-9F39066F8104",
        "74C1A8A3-306A-4EB7-A6B1-4F7E0EB9C5D6",
        "2A488322-F2BA-4B5B-9748-0D474271808F",
    ),
    "Medium 4": (
        "D7AC3CCA-C797-4891-BE02-D94E43425B78",
        "69CF1AB2-1976-4502-BF36-3FF5EA218861",
        "8A107856-5554-42FB-B03E-39F5DBC370BA",
        "0505E3EF-67EA-436B-97B2-0124C06EBD24",
        "C4B1156A-380E-4F78-BDF5-A606A8083BF9",
        "22838BEF-8BB2-4498-84A7-C5851F593DF1",
        "16D9F66E-5EB9-4882-86FB-DCBF35E3C3E4",
    ),
    "Light 2": (
        "7E9639D4-E3E2-4D34-9284-5A2195B3D0D7",
        "69012ECD-51FC-41F1-AA8D-1B2483CD663E",
        "72833802-FEF1-4C79-8D5D-14CF1EAF98D9",
        "F2DE63D5-997A-4646-A377-4702673A728D",
        "17292A2E-F333-43FB-9621-5CBBE7FDCDCB",
        "5A111915-BE36-4E01-A7E5-04B1672EAD32",
        "912C8C85-51F0-491E-9774-3900AFEF0FD7",
    ),
}
"""The ids of a style in each of the colours."""
_OWN: Final = ""
"""In place of a colour: the one the style is named after."""
_BANDS: Final = ("band1H", "band1V")
_EDGES: Final = ("firstRow", "lastRow", "firstCol", "lastCol")
_LOOKS: Final[dict[str, tuple[tuple[tuple[str, ...], str, tuple[str, int] | None], ...]]] = {
    "Medium 1": (
        (("wholeTbl", "lastRow"), "dk1", ("lt1", 100)),
        (_BANDS, "", (_OWN, 20)),
        (("firstRow",), "lt1", (_OWN, 100)),
    ),
    "Medium 2": (
        (("wholeTbl",), "dk1", (_OWN, 20)),
        (_BANDS, "", (_OWN, 40)),
        (_EDGES, "lt1", (_OWN, 100)),
    ),
    "Medium 3": (
        (("wholeTbl", "lastRow"), "dk1", ("lt1", 100)),
        (_BANDS, "", ("dk1", 20)),
        (("firstRow", "firstCol", "lastCol"), "lt1", (_OWN, 100)),
    ),
    "Medium 4": (
        (("wholeTbl", "firstRow", "lastRow"), "dk1", (_OWN, 20)),
        (_BANDS, "", (_OWN, 40)),
    ),
    "Light 2": (
        (("wholeTbl",), "tx1", None),
        (("firstRow",), "bg1", (_OWN, 100)),
    ),
}
"""Regions of a table, the colour of their words ("" when they say none), and what fills them: a colour and how many
hundredths of it are left in white."""
_KNOWN: Final = {
    f"{{{number}}}": (style, color)
    for style, ids in _IDS.items()
    for number, color in zip(ids, _COLORS, strict=True)
}


@lru_cache
def built_in_style(style_id: str) -> _Element | None:
    """The definition of a style that decks name without defining it."""
    known = _KNOWN.get(style_id)
    if known is None:
        return None
    style, color = known
    regions = "".join(
        _region(name, words, fill, color) for names, words, fill in _LOOKS[style] for name in names
    )
    return parse_xml(
        f'<a:tblStyle xmlns:a="{NAMESPACES["a"]}" styleId="{style_id}">{regions}</a:tblStyle>'.encode()
    )


def _region(name: str, words: str, fill: tuple[str, int] | None, own: str) -> str:
    said = f"<a:tcTxStyle>{_color(words)}</a:tcTxStyle>" if words else ""
    filled = f"<a:fill><a:solidFill>{_color(fill[0] or own, fill[1])}</a:solidFill></a:fill>" if fill else ""
    return f"<a:{name}>{said}<a:tcStyle>{filled}</a:tcStyle></a:{name}>"


def _color(name: str, tint: int = 100) -> str:
    """A colour of the theme, with so many hundredths of it left in white."""
    change = f'<a:tint val="{tint * 1000}"/>' if tint != 100 else ""
    return f'<a:schemeClr val="{name}">{change}</a:schemeClr>'
