"""Cut an extended chart (`cx:chartSpace`) at its data when the template is compiled.

In: the tree of a chart part whose data a tag replaces. Out: the same tree with hooks, and a `ChartProgram`. Maps and layouts that are
not known are refused by the shape's name.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from collateral.diagnostics import Place
from collateral.ooxml.names import CT_CHART_EX, qn
from collateral.ooxml.package import Part
from collateral.ooxml.template.charts.extended import POINTS, TOTALS, ExtendedPieces, PointLooks
from collateral.ooxml.template.charts.steps import ChartSteps
from collateral.ooxml.template.charts.totals import Totals
from collateral.ooxml.template.charts.workbook_steps import SeriesFormulas
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.xml import whole_number

_LAYOUTS = frozenset({"waterfall", "funnel", "treemap", "sunburst", "clusteredColumn", "boxWhisker"})
_CUT = "\ue000"


class ExtendedChartSteps(ChartSteps):
    """Cuts one extended chart; `program` and `problems` are filled on the way."""

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Make titles that come from cells plain text: the cells will hold something else."""
        for text in root.iterfind(f".//{qn('cx:title')}/{qn('cx:tx')}/{qn('cx:txData')}"):
            for formula in text.findall(qn("cx:f")):
                text.remove(formula)
                marks.changed = True

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Replace the data and every series by hooks."""
        etree.strip_tags(root, etree.Comment)
        region = root.find(f"{qn('cx:chart')}/{qn('cx:plotArea')}/{qn('cx:plotAreaRegion')}")
        series = [s for s in region if s.find(qn("cx:dataId")) is not None] if region is not None else []
        held = root.find(qn("cx:chartData"))
        if held is None or not self._is_known(series):
            return
        data = {one.get("id"): one for one in held.findall(qn("cx:data"))}
        own = [data.get(s.find(qn("cx:dataId")).get("val")) for s in series]  # type: ignore[union-attr]
        if any(one is None for one in own):
            self._refuse("chart-unreadable", "has a series without data")
            return
        found = [one for one in own if one is not None]
        self._describe_extended(series, found)
        stale = [f.text for f in held.iter(qn("cx:f"), qn("cx:nf")) if f.text]
        self._read_workbook([_formulas(s, d) for s, d in zip(series, found, strict=True)], stale)
        if self.workbook is None and self.program.book_id:
            _tie(held, self.program.book_id)
        self._hook_data(held, found, marks)
        for index, (one, held_data) in enumerate(zip(series, found, strict=True)):
            if one.get("layoutId") == "waterfall":
                self._cut_totals(one, held_data)
            self._hook_series(one, index, marks, last=index + 1 == len(series))

    def _is_known(self, series: list[etree._Element]) -> bool:
        layouts = {s.get("layoutId") or "" for s in series}
        if not series or not layouts <= _LAYOUTS:
            kind = ", ".join(sorted(layouts - _LAYOUTS)) or "unknown"
            self._refuse(
                "chart-unsupported", f'is a chart of the kind "{kind}", whose data cannot be replaced'
            )
            return False
        return True

    def _describe_extended(self, series: list[etree._Element], data: list[etree._Element]) -> None:
        program = self.program
        program.is_extended = True
        program.exactly = 0 if series[0].get("layoutId") == "boxWhisker" else len(series)
        program.names = tuple("".join(v.text or "" for v in one.iter(qn("cx:v"))) for one in series)
        levels = [one.find(f"{qn('cx:numDim')}/{qn('cx:lvl')}") for one in data]
        program.formats = tuple(
            (lvl.get("formatCode") if lvl is not None else None) or "General" for lvl in levels
        )
        program.without_categories = all(one.find(qn("cx:strDim")) is None for one in data)

    def _hook_data(self, held: etree._Element, data: list[etree._Element], marks: Marks) -> None:
        numbers = data[0].find(qn("cx:numDim"))
        dimension = (numbers.get("type") if numbers is not None else None) or "val"
        data[0].addprevious(instruction(marks.add("hook", note=Hook("extended_data", dimension))))
        for one in held.findall(qn("cx:data")):
            held.remove(one)

    def _hook_series(self, series: etree._Element, index: int, marks: Marks, *, last: bool) -> None:
        region = series.getparent()
        clone = deepcopy(region)[region.index(series)]  # type: ignore[union-attr,index]
        looks = self._cut_point_looks(series) if series.get("layoutId") == "waterfall" else None
        own = self._extended_pieces(series, own=True)
        own = tuple(looks if looks is not None and piece == POINTS else piece for piece in own)
        for element in [
            *clone.findall(qn("cx:dataPt")),
            *clone.findall(f"{qn('cx:dataLabels')}/{qn('cx:dataLabel')}"),
        ]:
            element.getparent().remove(element)
        argument = (index, last, own, self._extended_pieces(clone, own=False) if last else ())
        series.addprevious(instruction(marks.add("hook", note=Hook("extended_series", argument))))
        series.getparent().remove(series)  # type: ignore[union-attr]

    def _cut_totals(self, series: etree._Element, data: etree._Element) -> None:
        """Note the totals of a waterfall, and mark where those of new data go."""
        layout = series.find(qn("cx:layoutPr"))
        if layout is None:
            layout = etree.Element(qn("cx:layoutPr"))
            series.find(qn("cx:dataId")).addnext(layout)  # type: ignore[union-attr]
        totals = layout.find(qn("cx:subtotals"))
        if totals is None:
            totals = etree.Element(qn("cx:subtotals"))
            before = layout.find(qn("cx:visibility"))
            layout.insert(0 if before is None else layout.index(before) + 1, totals)
        points = tuple(whole_number(one.get("val")) for one in totals.findall(qn("cx:idx")))
        names = {p.get("idx"): p.text or "" for p in _categories(data)}
        level = data.find(f"{qn('cx:numDim')}/{qn('cx:lvl')}")
        count = whole_number(level.get("ptCount")) if level is not None else 0
        self.program.totals = Totals(points, tuple(names.get(str(at), "") for at in points), count)
        totals.addprevious(etree.Comment(TOTALS))
        layout.remove(totals)

    def _cut_point_looks(self, series: etree._Element) -> PointLooks | None:
        """The points of a waterfall that look different, taken out; their place is marked."""
        points = series.findall(qn("cx:dataPt"))
        totals = self.program.totals
        if not points or totals is None:
            return None
        looks = []
        for point in points:
            number = whole_number(point.get("idx"))
            point.set("idx", _CUT)
            before, _, after = bare_xml(point).partition(_CUT.encode())
            looks.append((number, before, after))
        points[0].addprevious(etree.Comment(POINTS))
        for point in points:
            series.remove(point)
        return totals.points, totals.count, tuple(looks)

    def _extended_pieces(self, series: etree._Element, *, own: bool) -> ExtendedPieces:
        """The series as bytes with the names of what is written anew between them."""
        series.find(qn("cx:dataId")).set("val", f"{_CUT}id{_CUT}")  # type: ignore[union-attr]
        if not own and series.get("uniqueId"):
            series.set("uniqueId", f"{_CUT}guid{_CUT}")
        text = series.find(qn("cx:tx"))
        if text is None:
            text = etree.Element(qn("cx:tx"))
            series.insert(0, text)
        text.addprevious(etree.Comment("tx"))
        series.remove(text)
        whole = bare_xml(series).replace(b"<!--", _CUT.encode()).replace(b"-->", _CUT.encode())
        pieces = whole.split(_CUT.encode())
        return tuple(piece.decode() if number % 2 else piece for number, piece in enumerate(pieces))


def _formulas(series: etree._Element, data: etree._Element) -> SeriesFormulas:
    def formula(path: str) -> str:
        return next((f.text for f in data.iterfind(f"{path}/{qn('cx:f')}") if f.text), "")

    name = next(
        (f.text for f in series.iterfind(f"{qn('cx:tx')}/{qn('cx:txData')}/{qn('cx:f')}") if f.text), ""
    )
    return SeriesFormulas(name, formula(qn("cx:strDim")), formula(qn("cx:numDim")))


def _categories(data: etree._Element) -> list[etree._Element]:
    """The points of the innermost level of categories."""
    level = data.find(f"{qn('cx:strDim')}/{qn('cx:lvl')}")
    return level.findall(qn("cx:pt")) if level is not None else []


def _tie(held: etree._Element, rel_id: str) -> None:
    """Let a chart without a workbook point to one."""
    tie = held.find(qn("cx:externalData"))
    if tie is None:
        tie = etree.Element(qn("cx:externalData"))
        held.insert(0, tie)
    tie.set(qn("r:id"), rel_id)
    tie.set(qn("cx:autoUpdate"), "0")


def chart_steps(part: Part, place: Place, *, is_repeated: bool) -> ChartSteps:
    """The steps for a chart part of either kind; `is_repeated` says that it stands in a loop."""
    kind = ExtendedChartSteps if part.content_type == CT_CHART_EX else ChartSteps
    return kind(place, is_repeated)
