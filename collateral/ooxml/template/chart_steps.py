"""Cut a chart at its series when the template is compiled.

In: the tree of a chart part whose data a tag replaces. Out: the same tree with a hook for each series, and a `ChartProgram`
with what replacing needs to know. What cannot be replaced (category levels, mixed kinds) is refused by name.
"""

from __future__ import annotations

from dataclasses import field

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import qn
from collateral.ooxml.template.chart_program import ChartProgram
from collateral.ooxml.template.marks import Marks, instruction
from collateral.ooxml.template.ops import Hook
from collateral.ooxml.template.scan import bare_xml

_XY = {"scatterChart": "scatter", "bubbleChart": "bubble"}
_DATA = ("cat", "val", "xVal", "yVal", "bubbleSize")
_CLONE_DROPS = ("spPr", "dPt", "dLbls", "extLst", "trendline", "errBars", "pictureOptions")


@dataclass(slots=True)
class ChartSteps:
    """Cuts one chart part at its series; `program` and `problems` are filled on the way."""

    place: Place
    program: ChartProgram = field(default_factory=ChartProgram)
    problems: list[Diagnostic] = field(default_factory=list)

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Replace every series by a hook."""
        _mask_axes(root)
        plots = [
            p
            for p in root.iterfind(f"{qn('c:chart')}/{qn('c:plotArea')}/*")
            if p.find(qn("c:ser")) is not None
        ]
        series = [s for plot in plots for s in plot.findall(qn("c:ser"))]
        if not series:
            self._refuse("chart-without-series", "the chart has no series to take the look from")
            return
        if next(root.iter(qn("c:multiLvlStrRef")), None) is not None:
            self._refuse(
                "chart-category-levels", "the chart has categories on several levels", "use one level"
            )
            return
        if root.nsmap.get("c") != qn("c:x")[1:-2]:
            self._refuse("chart-unreadable", 'the chart does not use the prefix "c" for its elements')
            return
        self._describe(series, plots)
        for index, one in enumerate(series):
            last = index + 1 == len(series)
            argument = (index, last, _pieces(one, ()), _pieces(one, _CLONE_DROPS) if last else ())
            one.addprevious(instruction(marks.add("hook", note=Hook("series", argument))))
            one.getparent().remove(one)  # type: ignore[union-attr]

    def _refuse(self, code: str, message: str, *hints: str) -> None:
        self.problems.append(Diagnostic.error(code, message, self.place, *hints))

    def _describe(self, series: list[etree._Element], plots: list[etree._Element]) -> None:
        kinds = {_XY.get(str(p.tag).rpartition("}")[2], "category") for p in plots}
        if len(kinds) > 1:
            self._refuse(
                "chart-kinds-mixed", "the chart mixes points with x values and points with categories"
            )
            return
        self.program.kind = kinds.pop()
        self.program.names = tuple(
            "".join(str(t) for t in s.itertext(qn("c:v"))) if (s := one.find(qn("c:tx"))) is not None else ""
            for one in series
        )
        values = [
            one.find(qn("c:val")) if one.find(qn("c:val")) is not None else one.find(qn("c:yVal"))
            for one in series
        ]
        self.program.formats = tuple(_format_of(v) or "General" for v in values)
        category = series[0].find(qn("c:cat"))
        if category is not None and category.find(qn("c:numRef")) is not None:
            self.program.category_format = _format_of(category) or "General"


def _format_of(data: etree._Element | None) -> str | None:
    return next((e.text for e in data.iter(qn("c:formatCode")) if e.text), None) if data is not None else None


def _mask_axes(root: etree._Element) -> None:
    """Some writers give axes negative ids, which the format does not allow."""
    for element in root.iter(qn("c:axId"), qn("c:crossAx")):
        value = element.get("val") or ""
        if value.startswith("-") and value[1:].isdecimal():
            element.set("val", str(int(value) & 0x7FFFFFFF))


def _pieces(series: etree._Element, drop: tuple[str, ...]) -> tuple[bytes | str, ...]:
    """The series as bytes with the names of what is written anew between them: head, cat, val, xVal, yVal, bubbleSize."""
    out: list[bytes | str] = [b"<c:ser>", "head"]
    for child in series:
        name = str(child.tag).rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name in _DATA:
            out.append(name)
        elif name and name not in ("idx", "order", "tx") and name not in drop:
            out.append(bare_xml(child))
    return _joined([*out, b"</c:ser>"])


def _joined(pieces: list[bytes | str]) -> tuple[bytes | str, ...]:
    out: list[bytes | str] = []
    for piece in pieces:
        if isinstance(piece, bytes) and out and isinstance(out[-1], bytes):
            out[-1] += piece
        else:
            out.append(piece)
    return tuple(out)
