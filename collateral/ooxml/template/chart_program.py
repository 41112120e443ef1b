"""Charts whose data a tag replaces: cut at their series, so that new data go into cache and workbook alike.

In: a chart's tree at compile time, a `Chart` for each piece. Out: hooks where the series are written, a `ChartProgram` that
lays out the data, and the workbook. Formatting and number formats of each series stay; further series take the look of
the theme. What cannot be replaced (linked workbooks, category levels) is refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Place
from collateral.model.content import Chart
from collateral.ooxml.drawing.chart_data import Grid, SeriesColumns, chart_grid, data_reference, name_reference
from collateral.ooxml.drawing.chart_workbook import chart_workbook
from collateral.ooxml.template.ops import Hook

if TYPE_CHECKING:
    from lxml import etree

    from collateral.ooxml.template.marks import Marks

_XY = {"scatterChart": "scatter", "bubbleChart": "bubble"}
_DATA = ("cat", "val", "xVal", "yVal", "bubbleSize")
_CLONE_DROPS = ("spPr", "dPt", "dLbls", "extLst", "trendline", "errBars", "pictureOptions")


@dataclass(slots=True)
class ChartProgram:
    """What replacing a chart's data needs to know: its kind of data, the series' names and number formats.

    `category_format` is set when the categories are numbers or dates.
    """

    kind: str = "category"
    names: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    category_format: str | None = None

    def grid(self, chart: Chart, place: Place) -> tuple[Grid | None, list[Diagnostic]]:
        """The data laid out on a sheet, or none and why not."""
        if not chart.series:
            return None, [Diagnostic.error("chart-without-data", "the chart gets no series", place)]
        if self.kind != "category" and any(len(s.x) != len(s.values) for s in chart.series):
            message = "each series of this chart needs as many x values as y values"
            return None, [Diagnostic.error("chart-points-unequal", message, place)]
        series = tuple(
            s if s.name or i >= len(self.names) else replace(s, name=self.names[i]) for i, s in enumerate(chart.series)
        )
        last = self.formats[-1] if self.formats else "General"
        own = chart.number_format
        formats = [
            own if own != "General" else self.formats[i] if i < len(self.formats) else last for i in range(len(series))
        ]
        return chart_grid(replace(chart, series=series), self.kind, formats, self.category_format), []


@dataclass(slots=True)
class ChartSteps:
    """Cuts one chart part at its series; `program` and `problems` are filled on the way."""

    place: Place
    program: ChartProgram = field(default_factory=ChartProgram)
    problems: list[Diagnostic] = field(default_factory=list)

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Replace every series by a hook."""
        from collateral.ooxml.names import qn
        from collateral.ooxml.template.marks import instruction

        _mask_axes(root)
        plots = [p for p in root.iterfind(f"{qn('c:chart')}/{qn('c:plotArea')}/*") if p.find(qn("c:ser")) is not None]
        series = [s for plot in plots for s in plot.findall(qn("c:ser"))]
        if not series:
            self._refuse("chart-without-series", "the chart has no series to take the look from")
            return
        if next(root.iter(qn("c:multiLvlStrRef")), None) is not None:
            self._refuse("chart-category-levels", "the chart has categories on several levels", "use one level")
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
        from collateral.ooxml.names import qn

        kinds = {_XY.get(str(p.tag).rpartition("}")[2], "category") for p in plots}
        if len(kinds) > 1:
            self._refuse("chart-kinds-mixed", "the chart mixes points with x values and points with categories")
            return
        self.program.kind = kinds.pop()
        self.program.names = tuple("".join(s.itertext(qn("c:v"))) if (s := one.find(qn("c:tx"))) is not None else "" for one in series)
        values = [one.find(qn("c:val")) if one.find(qn("c:val")) is not None else one.find(qn("c:yVal")) for one in series]
        self.program.formats = tuple(_format_of(v) or "General" for v in values)
        category = series[0].find(qn("c:cat"))
        if category is not None and category.find(qn("c:numRef")) is not None:
            self.program.category_format = _format_of(category) or "General"


def _format_of(data: etree._Element | None) -> str | None:
    from collateral.ooxml.names import qn

    return next((e.text for e in data.iter(qn("c:formatCode")) if e.text), None) if data is not None else None


def _mask_axes(root: etree._Element) -> None:
    """Some writers give axes negative ids, which the format does not allow."""
    from collateral.ooxml.names import qn

    for element in root.iter(qn("c:axId"), qn("c:crossAx")):
        value = element.get("val") or ""
        if value.startswith("-") and value[1:].isdigit():
            element.set("val", str(int(value) & 0x7FFFFFFF))


def _pieces(series: etree._Element, drop: tuple[str, ...]) -> tuple[bytes | str, ...]:
    """The series as bytes with the names of what is written anew between them: head, cat, val, xVal, yVal, bubbleSize."""
    from collateral.ooxml.template.scan import bare_xml

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


def series_xml(grid: Grid, argument: tuple[int, bool, tuple[bytes | str, ...], tuple[bytes | str, ...]]) -> bytes:
    """The series of one hook: its own, and after the last one all further ones."""
    index, last, pieces, clone = argument
    if index >= len(grid.series):
        return b""
    out = [_one(index, grid.series[index], pieces)]
    if last:
        out += [_one(i, grid.series[i], clone) for i in range(index + 1, len(grid.series))]
    return b"".join(out)


def _one(index: int, columns: SeriesColumns, pieces: tuple[bytes | str, ...]) -> bytes:
    return b"".join([p if isinstance(p, bytes) else _data(p, index, columns).encode() for p in pieces])


def _data(name: str, index: int, columns: SeriesColumns) -> str:
    if name == "head":
        return f'<c:idx val="{index}"/><c:order val="{index}"/>{name_reference(columns.y)}'
    column = {"cat": columns.x, "xVal": columns.x, "bubbleSize": columns.size}.get(name, columns.y)
    if column is None:
        return ""
    return f"<c:{name}>{data_reference(column)}</c:{name}>"


def workbook_of(grid: Grid) -> bytes:
    """The workbook of the data."""
    return chart_workbook(grid)
