"""The colours of table styles every Office has built in: it knows them by their id, so few decks define them.

In: the id a table names. Out: the style as a deck would define it, fills and words only; None for one not known here.
Known are all: those whose definitions decks were seen to hold, and others as the filter for Office files of Calligra records them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from collateral.diagnostics.lazy_namedtuple import NamedTuple
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
    "Light 1": (
        "9D7B26C5-4107-4FEC-AEDC-1716B250A1EF",
        "3B4B98B0-60AC-42C2-AFA5-B58CD77FA1E5",
        "0E3FDE45-AF77-4B5C-9715-49D594BDF05E",
        "C083E6E3-FA7D-4D7B-A595-EF9225AFEA82",
        "D27102A9-8310-4765-A935-A1911B00CA55",
        "5FD0F851-EC5A-4D38-B0AD-8093EC10F338",
        "68D230F3-CF80-4859-8CE7-A43EE81993B5",
    ),
    "Light 3": (
        "616DA210-FB5B-4158-B5E0-FEB733F419BA",
        "BC89EF96-8CEA-46FF-86C4-4CE0E7609802",
        "5DA37D80-6434-44D0-A028-1B22A696006F",
        "8799B23B-EC83-4686-B30A-512413B5E67A",
        "ED083AE6-46FA-4A59-8FB0-9F97EB10719F",
        "BDBED569-4797-4DF1-A0F4-6AAB3CD982D8",
        "E8B1032C-EA38-4F05-BA0D-38AFFFC7BED3",
    ),
    "Dark 1": (
        "",  # its first has tints where these have shades
        "125E5076-3810-47DD-B79F-674D7AD40C01",
        "37CE84F3-28C3-443E-9E96-99CF82512B78",
        "D03447BB-5D67-496B-8E87-E561075AD55C",
        "E929F9F4-4A8F-4326-A1B4-22849713DDAB",
        "8FD4443E-F989-4FC4-A0C8-D5A2AF1F390B",
        "AF606853-7671-496A-8E4F-DF71F8EC918B",
    ),
    "Themed 1": (
        "",  # its first is "No Style, No Grid"
        "3C2FFA5D-87B4-456A-9821-1D502468CF0F",
        "284E427A-3D55-4303-BF80-6455036E1DE7",
        "69C7853C-536D-4A76-A0AE-DD22124D55A5",
        "775DCB02-9BB8-47FD-8907-85C794F793BA",
        "35758FB7-9AC5-4552-8A53-C91805E547FA",
        "08FB837D-C827-4EFA-A057-4D05807E0F7C",
    ),
    "Themed 2": (
        "",  # and of these "No Style, Table Grid"
        "D113A9D2-9D6B-4929-AA2D-F23B5EE8CBE7",
        "18603FDC-E32A-4AB5-989C-0864C3EAD2B8",
        "306799F8-075E-4A3A-A7F6-7FBC6576F1A4",
        "E269D01E-BC32-4049-B463-5C60D7B0CCD2",
        "327F97BB-C833-4FB7-BDE5-3F7075034690",
        "638B1855-1B75-4FBE-930C-398BA8C253C6",
    ),
}
"""The ids of a style in each of the colours."""
_DARK: Final = {
    "5202B0CA-FC54-4496-8BCA-5EF66A818D29": ("dk1", "dk1"),
    "0660B408-B3CF-4A94-85FC-2B1E0A45F4A2": ("accent1", "accent2"),
    "91EBBBCC-DAD2-459C-BE2E-F6DE35CF9A28": ("accent3", "accent4"),
    "46F890A9-2807-4EBB-B81D-B2AA78EC7F39": ("accent5", "accent6"),
}
"""The ids of "Dark Style 2" with its colour and that of its header."""
_OWN: Final = "own"
"""In place of a colour: the one the style is named after."""
_INK: Final = "ink"
"""The same, for words: where the style has no colour, that of other text."""
_HEADER: Final = "header"
"""The same: the one its header has."""


class _Fill(NamedTuple):
    """A colour, how many hundredths of it are left in white and in black, and how many cover what is behind. `theme` is the number
    of a fill of the theme in this colour."""

    color: str
    tint: int = 100
    shade: int = 100
    alpha: int = 100
    theme: int = 0


_BANDS: Final = ("band1H", "band1V")
_EDGES: Final = ("firstRow", "lastRow", "firstCol", "lastCol")
_LOOKS: Final[dict[str, tuple[tuple[tuple[str, ...], str, _Fill | None], ...]]] = {
    "Medium 1": (
        (("wholeTbl", "lastRow"), "dk1", _Fill("lt1")),
        (_BANDS, "", _Fill(_OWN, 20)),
        (("firstRow",), "lt1", _Fill(_OWN)),
    ),
    "Medium 2": (
        (("wholeTbl",), "dk1", _Fill(_OWN, 20)),
        (_BANDS, "", _Fill(_OWN, 40)),
        (_EDGES, "lt1", _Fill(_OWN)),
    ),
    "Medium 3": (
        (("wholeTbl", "lastRow"), "dk1", _Fill("lt1")),
        (_BANDS, "", _Fill("dk1", 20)),
        (("firstRow", "firstCol", "lastCol"), "lt1", _Fill(_OWN)),
    ),
    "Medium 4": (
        (("wholeTbl", "firstRow", "lastRow"), "dk1", _Fill(_OWN, 20)),
        (_BANDS, "", _Fill(_OWN, 40)),
    ),
    "Light 1": (
        (("wholeTbl",), _INK, None),
        (_BANDS, "", _Fill(_INK, alpha=20)),
    ),
    "Light 2": (
        (("wholeTbl",), "tx1", None),
        (("firstRow",), "bg1", _Fill(_OWN)),
    ),
    "Light 3": (
        (("wholeTbl",), _INK, None),
        (_BANDS, "", _Fill(_INK, alpha=20)),
    ),
    "Dark 1": (
        (("wholeTbl",), "lt1", _Fill(_OWN)),
        ((*_BANDS, "firstCol", "lastCol"), "", _Fill(_OWN, shade=60)),
        (("lastRow",), "", _Fill(_OWN, shade=40)),
        (("firstRow",), "", _Fill("dk1")),
    ),
    "Dark 1 in black": (
        (("wholeTbl",), "lt1", _Fill(_OWN, 20)),
        (_BANDS, "", _Fill(_OWN, 40)),
        (("firstCol", "lastCol", "lastRow"), "", _Fill(_OWN, 60)),
        (("firstRow",), "", _Fill(_OWN)),
    ),
    "Dark 2": (
        (("wholeTbl", "lastRow"), "dk1", _Fill(_OWN, 20)),
        (_BANDS, "", _Fill(_OWN, 40)),
        (("firstRow",), "lt1", _Fill(_HEADER)),
    ),
    "Themed 1": (
        (("tblBg",), "", _Fill(_OWN, theme=2)),
        (("wholeTbl",), "dk1", None),
        (_BANDS, "", _Fill(_OWN, alpha=40)),
        (("firstRow",), "lt1", _Fill(_OWN)),
    ),
    "Themed 2": (
        (("tblBg",), "", _Fill(_OWN, theme=3)),
        (("wholeTbl",), "lt1", None),
        (_BANDS, "", _Fill("lt1", alpha=20)),
    ),
}
"""Regions of a table, the colour of their words ("" when they say none), and what fills them."""
_KNOWN: Final = {
    f"{{{number}}}": (style, color, color)
    for style, ids in _IDS.items()
    for number, color in zip(ids, _COLORS, strict=True)
    if number
} | {f"{{{number}}}": ("Dark 2", *colors) for number, colors in _DARK.items()}
_KNOWN["{E8034E78-7F5D-4C2E-B375-FC64B27BC917}"] = "Dark 1 in black", "dk1", "dk1"


@lru_cache
def built_in_style(style_id: str) -> _Element | None:
    """The definition of a style that decks name without defining it."""
    known = _KNOWN.get(style_id)
    if known is None:
        return None
    style, *colors = known
    own = dict(zip((_OWN, _HEADER), colors, strict=True))
    own[_INK] = own[_OWN].replace("dk1", "tx1")
    regions = "".join(
        _region(name, words, fill, own) for names, words, fill in _LOOKS[style] for name in names
    )
    return parse_xml(
        f'<a:tblStyle xmlns:a="{NAMESPACES["a"]}" styleId="{style_id}">{regions}</a:tblStyle>'.encode()
    )


def _region(name: str, words: str, fill: _Fill | None, own: Mapping[str, str]) -> str:
    said = f"<a:tcTxStyle>{_color(_Fill(own.get(words, words)))}</a:tcTxStyle>" if words else ""
    filled = _filled(fill._replace(color=own.get(fill.color, fill.color))) if fill else ""
    if name == "tblBg":
        return f"<a:tblBg>{filled}</a:tblBg>"
    return f"<a:{name}>{said}<a:tcStyle>{filled}</a:tcStyle></a:{name}>"


def _filled(fill: _Fill) -> str:
    if fill.theme:
        return f'<a:fillRef idx="{fill.theme}">{_color(fill)}</a:fillRef>'
    return f"<a:fill><a:solidFill>{_color(fill)}</a:solidFill></a:fill>"


def _color(fill: _Fill) -> str:
    """A colour of the theme, changed as the fill says."""
    changes = [(kind, getattr(fill, kind)) for kind in ("tint", "shade", "alpha")]
    change = "".join(f'<a:{kind} val="{part * 1000}"/>' for kind, part in changes if part != 100)
    return f'<a:schemeClr val="{fill.color}">{change}</a:schemeClr>'
