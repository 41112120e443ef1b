"""Which metric table stands for which font name, and how far it can be trusted. Data only.

The widths of a *metric-compatible* font are those of the font it replaces, by its makers' aim. A *stand-in* has other
widths: its text is measured wider by `margin` and the use is reported. Families named here without a table of their
own were chosen to be at least about as wide as the font they stand for.
"""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass

EXACT, COMPATIBLE, STAND_IN = "exact", "metric-compatible", "stand-in"


@dataclass(frozen=True, slots=True)
class Family:
    """A table, how well it stands for the font asked for, and the factor its widths are taken times."""

    table: str
    quality: str
    factor: float = 1.0
    bold: bool = False  # the face itself is bold or heavier: "Arial Black"


def _exact(*names: str) -> dict[str, Family]:
    return {name: Family(name.replace(" ", "-"), EXACT) for name in names}


# A font nobody knows: wide, and measured 8 % wider still.
UNKNOWN = Family("open-sans", STAND_IN, 1.08)

FAMILIES: dict[str, Family] = {
    **_exact("carlito", "caladea", "liberation sans", "liberation serif", "liberation mono"),
    **_exact(
        "dejavu sans", "dejavu serif", "open sans", "lato", "roboto", "inter", "noto sans", "noto serif"
    ),
    **_exact("gelasio", "montserrat", "poppins", "lora", "raleway", "nunito sans", "merriweather"),
    **_exact(
        "playfair display", "ibm plex sans", "source sans 3", "dm sans", "work sans", "noto sans cjk jp"
    ),
    "source sans pro": Family("source-sans-3", COMPATIBLE),
    "calibri": Family("carlito", COMPATIBLE),
    "cambria": Family("caladea", COMPATIBLE),
    "arial": Family("liberation-sans", COMPATIBLE),
    "helvetica": Family("liberation-sans", COMPATIBLE),
    "arimo": Family("liberation-sans", COMPATIBLE),
    "arial narrow": Family("liberation-sans", COMPATIBLE, 0.82),  # Arial Narrow is Arial at 82 % width
    "liberation sans narrow": Family("liberation-sans", COMPATIBLE, 0.82),
    "times new roman": Family("liberation-serif", COMPATIBLE),
    "times": Family("liberation-serif", COMPATIBLE),
    "tinos": Family("liberation-serif", COMPATIBLE),
    "courier new": Family("liberation-mono", COMPATIBLE),
    "courier": Family("liberation-mono", COMPATIBLE),
    "cousine": Family("liberation-mono", COMPATIBLE),
    "georgia": Family("gelasio", COMPATIBLE),
    "cambria math": Family("caladea", COMPATIBLE),
    # No free font has the metrics of these.
    "calibri light": Family("carlito", STAND_IN, 1.02),
    "aptos": Family("open-sans", STAND_IN, 1.02),
    "aptos display": Family("open-sans", STAND_IN, 1.02),
    "aptos light": Family("open-sans", STAND_IN, 1.02),
    "aptos semibold": Family("open-sans", STAND_IN, 1.04, bold=True),
    "aptos narrow": Family("open-sans", STAND_IN, 0.95),
    "segoe ui": Family("open-sans", STAND_IN, 1.02),
    "segoe ui light": Family("open-sans", STAND_IN, 1.02),
    "segoe ui semilight": Family("open-sans", STAND_IN, 1.02),
    "segoe ui semibold": Family("open-sans", STAND_IN, 1.02, bold=True),
    "segoe ui black": Family("open-sans", STAND_IN, 1.1, bold=True),
    "tahoma": Family("open-sans", STAND_IN, 1.02),
    "verdana": Family("dejavu-sans", STAND_IN, 1.02),
    "trebuchet ms": Family("open-sans", STAND_IN, 1.02),
    "century gothic": Family("montserrat", STAND_IN, 1.02),
    "avenir": Family("montserrat", STAND_IN, 1.0),
    "avenir next": Family("montserrat", STAND_IN, 1.0),
    "futura": Family("montserrat", STAND_IN, 1.0),
    "gotham": Family("montserrat", STAND_IN, 1.02),
    "helvetica neue": Family("liberation-sans", STAND_IN, 1.02),
    "arial black": Family("liberation-sans", STAND_IN, 1.18, bold=True),
    "arial rounded mt bold": Family("liberation-sans", STAND_IN, 1.08, bold=True),
    "impact": Family("liberation-sans", STAND_IN, 1.0, bold=True),
    "franklin gothic book": Family("liberation-sans", STAND_IN, 1.02),
    "franklin gothic medium": Family("liberation-sans", STAND_IN, 1.02, bold=True),
    "gill sans": Family("liberation-sans", STAND_IN, 1.02),
    "gill sans mt": Family("liberation-sans", STAND_IN, 1.02),
    "corbel": Family("carlito", STAND_IN, 1.06),
    "candara": Family("carlito", STAND_IN, 1.06),
    "constantia": Family("gelasio", STAND_IN, 1.02),
    "consolas": Family("liberation-mono", STAND_IN),
    "lucida console": Family("liberation-mono", STAND_IN, 1.02),
    "garamond": Family("liberation-serif", STAND_IN, 1.02),
    "book antiqua": Family("dejavu-serif", STAND_IN, 0.95),
    "palatino linotype": Family("dejavu-serif", STAND_IN, 0.95),
    "century schoolbook": Family("dejavu-serif", STAND_IN, 0.95),
    "bookman old style": Family("dejavu-serif", STAND_IN),
    "rockwell": Family("dejavu-serif", STAND_IN),
    "comic sans ms": Family("dejavu-sans", STAND_IN),
    # East Asian fonts: their ideographs are one em wide as in any other; their Latin letters differ.
    "noto sans cjk sc": Family("noto-sans-cjk-jp", COMPATIBLE),
    "noto sans cjk tc": Family("noto-sans-cjk-jp", COMPATIBLE),
    "noto sans cjk kr": Family("noto-sans-cjk-jp", COMPATIBLE),
    "source han sans": Family("noto-sans-cjk-jp", COMPATIBLE),
    "microsoft yahei": Family("open-sans", STAND_IN, 1.02),
    "微软雅黑": Family("open-sans", STAND_IN, 1.02),
    "microsoft jhenghei": Family("open-sans", STAND_IN, 1.02),
    "meiryo": Family("dejavu-sans", STAND_IN),
    "meiryo ui": Family("open-sans", STAND_IN),
    "yu gothic": Family("noto-sans-cjk-jp", STAND_IN, 1.03),
    "游ゴシック": Family("noto-sans-cjk-jp", STAND_IN, 1.03),
    "ms gothic": Family("liberation-mono", STAND_IN),
    "ms pgothic": Family("noto-sans-cjk-jp", STAND_IN, 1.03),
    "malgun gothic": Family("open-sans", STAND_IN, 1.02),
    "dengxian": Family("noto-sans-cjk-jp", STAND_IN, 1.03),
    "等线": Family("noto-sans-cjk-jp", STAND_IN, 1.03),
    "simsun": Family("noto-sans-cjk-jp", STAND_IN),
    "simhei": Family("noto-sans-cjk-jp", STAND_IN),
}

# Weights a designer may name in the font's own name; the table's regular or bold face stands for them.
WEIGHTS: dict[str, tuple[bool, float]] = {
    "thin": (False, 1.0), "hairline": (False, 1.0), "extralight": (False, 1.0), "ultralight": (False, 1.0),
    "light": (False, 1.0), "book": (False, 1.0), "regular": (False, 1.0), "medium": (False, 1.03),
    "semibold": (True, 1.0), "demibold": (True, 1.0), "demi": (True, 1.0), "bold": (True, 1.0),
    "extrabold": (True, 1.04), "ultrabold": (True, 1.04), "heavy": (True, 1.05), "black": (True, 1.07),
}  # fmt: skip
