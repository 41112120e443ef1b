"""A master's theme as far as text needs it: the fonts behind `+mj-lt` and the colours behind names. Pure reading."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_SCRIPTS = {"lt": "latin", "ea": "ea", "cs": "cs"}
_COLOURS = [
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
]
_MAPPED = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


@dataclass(frozen=True, slots=True)
class Theme:
    """Typefaces by `+mj-lt`-like reference and RRGGBB colours by scheme name; `color_map` is the master's."""

    fonts: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    color_map: Mapping[str, str] = field(default_factory=dict)

    def font(self, typeface: str) -> str:
        """The typeface itself, a theme reference resolved; empty when the theme leaves it open."""
        return self.fonts.get(typeface, "") if typeface.startswith("+") else typeface

    def color(self, name: str) -> str:
        """RRGGBB of a scheme colour such as `tx1` or `accent2`; empty when unknown."""
        mapped = self.color_map.get(name, _MAPPED.get(name, name))
        return self.colors.get(mapped, "")

    def fill_color(self, holder: Element) -> str:
        """RRGGBB of the solid fill an element holds, shades applied; empty without one."""
        fill = holder.find(qn("a:solidFill"))
        return self.color_of(fill[0]) if fill is not None and len(fill) else ""

    def color_of(self, color: Element) -> str:
        """RRGGBB of a colour element such as `a:schemeClr`, shades applied; empty when unknown."""
        if color.tag == qn("a:srgbClr"):
            base = color.get("val", "")
        elif color.tag == qn("a:schemeClr"):
            base = self.color(color.get("val", ""))
        else:
            base = color.get("lastClr", "")
        return _shaded(base, color) if len(base) == 6 else ""


def _shaded(base: str, color: Element) -> str:
    """The colour with `lumMod`, `lumOff`, `shade` and `tint` applied (ECMA-376 part 1, 20.1.2.3)."""
    try:
        red, green, blue = (int(base[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return ""
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    for change in color:
        amount = fraction(change.get("val"), 1.0)
        if change.tag in (qn("a:lumMod"), qn("a:shade")):
            light *= amount
        elif change.tag == qn("a:lumOff"):
            light += amount
        elif change.tag == qn("a:tint"):
            light = 1 - (1 - light) * amount
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def read_theme(root: Element | None, color_map: Mapping[str, str]) -> Theme:
    """The theme of a theme part's root (None: an empty theme)."""
    if root is None:
        return Theme(color_map=color_map)
    return Theme(_fonts(root), _colors(root), color_map)


def _fonts(root: Element) -> dict[str, str]:
    fonts = {}
    for kind, short in (("majorFont", "mj"), ("minorFont", "mn")):
        for script, tag in _SCRIPTS.items():
            face = root.find(f".//{qn('a:' + kind)}/{qn('a:' + tag)}")
            fonts[f"+{short}-{script}"] = face.get("typeface", "") if face is not None else ""
    return fonts


def _colors(root: Element) -> dict[str, str]:
    colors = {}
    for name in _COLOURS:
        holder = root.find(f".//{qn('a:clrScheme')}/{qn('a:' + name)}")
        if holder is not None and len(holder):
            colors[name] = (holder[0].get("lastClr") or holder[0].get("val") or "").upper()
    return colors


def fraction(value: str | None, default: float) -> float:
    """An ST_Percentage as a fraction: thousandths of a percent ("90000") or, in strict files, "90%"."""
    if not value:
        return default
    try:
        number = float(value[:-1]) / 100 if value.endswith("%") else float(value) / 100_000
    except ValueError:
        return default
    return number if math.isfinite(number) else default


def whole(value: str | None, default: int) -> int:
    """A whole number, also one that a careless writer wrote as "12.0"; the default when it is none."""
    try:
        return round(float(value)) if value else default
    except (ValueError, OverflowError):
        return default
