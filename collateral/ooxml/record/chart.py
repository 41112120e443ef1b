"""Digests of charts: all they say, and what is left of it after a program that writes charts anew.

In: the XML of a chart part or of a diagram's data. Out: a token that stands for it in the digest of a slide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from collateral.ooxml.pieces import Marked, Pieces
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
    """One pass. `said` is all that counts in PowerPoint, `values` what LibreOffice keeps as well, each with whether it is a category:
    names, categories that are texts on one level, and numbers as such. Where axes end counts since version 2."""

    def __init__(self, version: int) -> None:
        self.counts_ends = version > 1
        self.said: list[str] = []
        self.values: list[tuple[str, bool]] = []
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
            self.values.append(("".join(self.text), "cat" in around))
        self.text, self.in_value = None, False
        around.pop()

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
            self.said.append(text)


class _Plan:
    """The digest of all charts that differ in their texts only."""

    __slots__ = ("_said", "_values")

    def __init__(self, reader: _Reader) -> None:
        self._said = Marked("".join(reader.said))
        self._values = [(Marked(value), is_category) for value, is_category in reader.values]

    def digest(self, texts: Sequence[str]) -> str:
        """The digest of the chart with these texts."""
        values = [(value.filled(texts), is_category) for value, is_category in self._values]
        return _digest(self._said.filled(texts), values)


def _digest(said: str, values: Iterable[tuple[str, bool]]) -> str:
    kept = []
    for value, is_category in values:
        number = _plain_number(value)
        if value and (number is None or not is_category):
            kept.append("".join(value.split()) if number is None else number)
    return f"chart {hashed(said, 8)} {hashed(chr(29).join(kept), 8)}"


def _plain_number(text: str) -> str | None:
    """A number to ten digits, which is what programs agree about."""
    try:
        return format(float(text), ".10g")
    except ValueError:
        return None


def digest_chart(xml: bytes, version: int = VERSION, pieces: Pieces | None = None) -> str:
    """The digest of a chart's data and words: its kinds, series, points, titles and the ends of its axes; and behind a blank
    that of its names and numbers alone. `pieces` are the same XML as the template's function gave it: quicker to read.
    Raises XmlError."""
    if pieces is not None:
        plan, texts = pieces.read((digest_chart, version), lambda marked: _Plan(_read(marked, version)))
        if plan is not None:
            return plan.digest(texts)
    reader = _read(xml, version)
    return _digest("".join(reader.said), reader.values)


def _read(xml: bytes, version: int) -> _Reader:
    reader = _Reader(version)
    read_events(xml, start=reader.start, end=reader.end, text=reader.characters)
    return reader
