"""Digests of charts: all they say, and what is left of it after a program that writes charts anew.

In: the XML of a chart part or of a diagram's data. Out: a token that stands for it in the digest of a slide.
"""

from __future__ import annotations

from typing import Final

from collateral.ooxml.record.digest import hashed
from collateral.ooxml.record.values import VERSION
from collateral.ooxml.xml import read_events

_CHART_KINDS: Final = frozenset(
    f"{kind}Chart"
    for kind in (
        "bar", "bar3D", "line", "line3D", "area", "area3D", "pie", "pie3D", "doughnut", "scatter", "bubble", "radar",
        "ofPie", "stock", "surface", "surface3D",
    )
)  # fmt: skip


_ENDS: Final = frozenset(("min", "max", "logBase"))
_TEXTS: Final = frozenset(("v", "t", "f", "pt"))
_GROUPS: Final = frozenset(("ser", "cat", "val", "xVal", "yVal", "title", "series"))


class _Reader:
    """One pass. `said` is all that counts in PowerPoint, `values` what LibreOffice keeps as well: names, categories that are
    texts on one level, and numbers as such. Where axes end counts since version 2."""

    def __init__(self, version: int) -> None:
        self.counts_ends = version > 1
        self.said: list[str] = []
        self.values: list[str] = []
        self.text: list[str] | None = None
        self.in_value = False
        self.around: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.around.append(local)
        self.in_value = local == "v"
        self.text = [] if local in _TEXTS else None
        if local in _CHART_KINDS or local in _GROUPS:
            self.said.append("\x1d" + local)
        elif local == "pt":
            self.said.append("\x1d" + attributes.get("idx", ""))
        elif local in _ENDS and self.counts_ends and "scaling" in self.around:
            value = attributes.get("val", "")
            self.said.append(f"\x1d{local} {_plain_number(value) or value}")

    def end(self, _: str) -> None:
        around = self.around
        if self.text and self.in_value and "multiLvlStrCache" not in around:
            number = _plain_number("".join(self.text))
            if number is None or "cat" not in around:
                self.values.append("".join("".join(self.text).split()) if number is None else number)
        self.text, self.in_value = None, False
        around.pop()

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
            self.said.append(text)


def _plain_number(text: str) -> str | None:
    """A number to ten digits, which is what programs agree about."""
    try:
        return format(float(text), ".10g")
    except ValueError:
        return None


def digest_chart(xml: bytes, version: int = VERSION) -> str:
    """The digest of a chart's data and words: its kinds, series, points, titles and the ends of its axes; and behind a blank
    that of its names and numbers alone. Raises XmlError."""
    reader = _Reader(version)
    read_events(xml, start=reader.start, end=reader.end, text=reader.characters)
    return f"chart {hashed(''.join(reader.said), 8)} {hashed(chr(29).join(reader.values), 8)}"
