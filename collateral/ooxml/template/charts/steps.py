"""Cut a chart at its series when the template is compiled.

In: the tree of a chart part whose data a tag replaces. Out: the same tree with a hook for each series, and a `ChartProgram`
with what replacing needs to know. What cannot be replaced (pivot charts, single labels taken from cells) is
refused by the shape's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import REL_OLE_OBJECT, REL_PACKAGE, qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.charts.companions import companions_of
from collateral.ooxml.template.charts.error_bar_steps import (
    error_look,
    has_amounts_by_point,
    is_by_point,
    settle_error_bars,
)
from collateral.ooxml.template.charts.error_bars import ErrorLook
from collateral.ooxml.template.charts.legends import hook_legend
from collateral.ooxml.template.charts.program import ChartProgram, PointLook, SeriesPieces
from collateral.ooxml.template.charts.series_looks import CUT, free_accents, further_look
from collateral.ooxml.template.charts.titles import fixed_labels, free_texts, hook_titles
from collateral.ooxml.template.charts.workbook_steps import SeriesFormulas, WorkbookError, read_workbook
from collateral.ooxml.template.language.marks import TARGET, Marks, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.parts.additions import free_ids

_XY = {"scatterChart": "scatter", "bubbleChart": "bubble"}
_DATA = {
    "category": ("cat", "val"),
    "scatter": ("xVal", "yVal"),
    "bubble": ("xVal", "yVal", "bubbleSize"),
}
_PIES = frozenset(qn(n) for n in ("c:pieChart", "c:pie3DChart", "c:ofPieChart"))
_ROUND = _PIES | {qn("c:doughnutChart")}
_TRUE = ("1", "true")
_HEAD = frozenset({"idx", "order", "tx"})
_TAIL = frozenset({"smooth", "shape", "bubble3D", "extLst"})
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_FORMULA, _SQUARE, _LABEL_RANGE = f"{_C15}f", f"{_C15}sqref", f"{_C15}datalabelsRange"
_LABELS = f"{CUT}labels{CUT}"  # stands for the labels of the points until the pieces are cut


@dataclass(slots=True)
class ChartSteps:
    """Cuts one chart part at its series; `program` and `problems` are filled on the way. `is_repeated` says that loops may make
    copies of it."""

    place: Place
    is_repeated: bool = False
    program: ChartProgram = field(default_factory=ChartProgram)
    problems: list[Diagnostic] = field(default_factory=list)
    workbook: Part | None = None

    def look_at(self, part: Part, package: Package) -> None:
        """Refuse a chart whose workbook is somewhere else, or of a kind we do not write."""
        books = [rel for rel in part.relationships if rel.type in (REL_PACKAGE, REL_OLE_OBJECT)]
        if not books:
            self.program.book_id = next(free_ids("rIdBook", part.relationships))
        for rel in books:
            workbook = None if rel.external else package.parts.get(rel.target)
            if workbook is None:
                hint = "embed the workbook: break the link in the Office program"
                self._refuse("chart-linked", "takes its data from a linked workbook", hint)
            elif workbook.content_type != _WORKBOOK:
                hint = "store its data as an ordinary workbook (.xlsx)"
                self._refuse(
                    "chart-workbook-unknown", f'has a workbook of the kind "{workbook.content_type}"', hint
                )
            elif _users(workbook, package) > 1:
                hint = "copy the chart anew, so that it has a workbook of its own"
                self._refuse("chart-workbook-shared", "shares its workbook with another chart", hint)
            else:
                self.workbook, self.program.book_id = workbook, rel.id
        if self.is_repeated:
            self.program.companions = companions_of(part, package)

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Make texts that come from cells plain text: the cells will hold something else. Names of series stay tied."""
        free_texts(root, marks)

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Replace every series by a hook."""
        _mend(root)
        plots = [
            p
            for p in root.iterfind(f"{qn('c:chart')}/{qn('c:plotArea')}/*")
            if p.find(qn("c:ser")) is not None
        ]
        series = sorted((s for plot in plots for s in plot.findall(qn("c:ser"))), key=_order)
        if not self._usable(root, series, plots):
            return
        formulas = [_formulas(one) for one in series]
        hook_titles(root, series, marks)
        shown = any(e.get("val", "1") in _TRUE for e in root.iter(f"{_C15}showDataLabelsRange"))
        self.program.labelled = shown and any(one.labels for one in formulas)
        self.program.has_dates = root.find(f".//{qn('c:dateAx')}") is not None
        stale = _drop_filtered(root, labelled=self.program.labelled)
        for one in series:
            stale += self._settle_error_bars(one)
        self._describe(series, plots)
        self._warn_of_labels(series)
        if self.workbook is None and self.program.book_id:
            _tie_workbook(root, self.program.book_id)
        self._read_workbook(formulas, stale)
        self._count_days(root)
        if len(plots) > 1:
            _bracket_plots(root, series, marks)
        further = max(max(_order(s), _number(s, "c:idx")) for s in series) + 1
        accents = free_accents(series, further)
        hook_legend(root, len(series), of_points=_has_legend_of_points(plots), marks=marks)
        for index, one in enumerate(series):
            last = index + 1 == len(series)
            clone = self._pieces(further_look(one), marks, None) if last else ()
            argument = (index, further if last else -1, self._pieces(one, marks, one), clone, accents)
            one.addprevious(instruction(marks.add("hook", note=Hook("series", argument))))
            one.getparent().remove(one)  # type: ignore[union-attr]

    def _refuse(self, code: str, message: str, *hints: str) -> None:
        shape = self.place.shape or "the chart"
        self.problems.append(Diagnostic.error(code, f'"{shape}" {message}', self.place, *hints))

    def _usable(
        self, root: etree._Element, series: list[etree._Element], plots: list[etree._Element]
    ) -> bool:
        known = len(self.problems)
        if not series:
            self._refuse("chart-without-series", "has no series to take the look from")
        elif root.find(qn("c:pivotSource")) is not None:
            self._refuse("chart-pivot", "shows a pivot table", "make it an ordinary chart")
        return len(self.problems) == known

    def _describe(self, series: list[etree._Element], plots: list[etree._Element]) -> None:
        program = self.program
        program.kinds = tuple(_kind(one.getparent()) for one in series)
        program.is_round = all(p.tag in _ROUND for p in plots)
        program.is_pie = all(p.tag in _PIES for p in plots)
        if any(p.tag == qn("c:stockChart") for p in plots):
            program.exactly = len(series)
        program.error_bars = tuple(map(has_amounts_by_point, series))
        program.names = tuple(_name(one) for one in series)
        program.formats = tuple(_format_of(one, "c:val", "c:yVal") or "General" for one in series)
        program.x_formats = tuple(_format_of(one, "c:cat", "c:xVal") or "General" for one in series)
        for one, code in zip(series, program.x_formats, strict=True):
            if one.find(f"{qn('c:cat')}/{qn('c:numRef')}") is not None:
                program.category_format = program.category_format or code

    def _count_days(self, root: etree._Element) -> None:
        """Note from when dates count; a workbook that is written anew counts them as Windows does."""
        for calendar in root.findall(qn("c:date1904")):
            if self.program.workbook is None:
                calendar.set("val", "0")
            self.program.since_1904 = calendar.get("val", "1") in _TRUE

    def _read_workbook(self, formulas: list[SeriesFormulas], stale: list[str]) -> None:
        """Keep the chart's own workbook, unless it cannot be read."""
        if self.workbook is None:
            return
        try:
            book = read_workbook(self.workbook.data(), formulas, stale)
        except WorkbookError as reason:
            hint = "open the chart's data once and save the file"
            self._warn("chart-workbook-replaced", f"is replaced by a new one: {reason}", hint)
            return
        self.program.workbook = book
        if book.has_tags:
            hint = "they stay as they are: only the data are replaced"
            self._warn("chart-workbook-tags", "holds tags outside the data of the chart", hint)
        if book.beside:
            hint = "they stay as they are: delete them in its data if they are only samples"
            where = ", ".join(book.beside[:5])
            self._warn("chart-workbook-numbers", f"holds numbers beside those of the chart, in {where}", hint)
        if book.has_links:
            hint = "they stay as they are in the file; put the values themselves into the workbook"
            self._warn("chart-workbook-links", "takes values from other files", hint)

    def _warn(self, code: str, message: str, hint: str) -> None:
        shape = self.place.shape or "the chart"
        found = Diagnostic.warning(code, f'the workbook of "{shape}" {message}', self.place, hint)
        self.problems.append(found)

    def _warn_of_labels(self, series: list[etree._Element]) -> None:
        shape, hint = self.place.shape or "the chart", "it stays whatever the data are: let it show the value"
        for text in dict.fromkeys(text for one in series for text in fixed_labels(one)):
            message = f'"{shape}" has a label with a text of its own: "{text[:80]}"'
            self.problems.append(Diagnostic.warning("chart-label-fixed", message, self.place, hint))

    def _settle_error_bars(self, series: etree._Element) -> list[str]:
        stale, lost = settle_error_bars(series)
        if lost:
            message = f'the error bars of "{self.place.shape or "the chart"}" along x, with an amount for each old point, go'
            hint = "use a fixed amount or a percentage"
            self.problems.append(Diagnostic.warning("chart-error-bars-lost", message, self.place, hint))
        return stale

    def _check_cells(self, element: etree._Element, name: str) -> None:
        """What else of a series is taken from cells cannot follow new data."""
        if next(element.iter(qn("c:f"), _FORMULA), None) is not None:
            what = "labels" if name == "dLbls" else f'"{name}"'
            hint = "show the values instead"
            self._refuse("chart-cells-used", f"takes its {what} from single cells of the old workbook", hint)

    def _pieces(self, series: etree._Element, marks: Marks, own: etree._Element | None) -> SeriesPieces:
        """The series as bytes with the names of what is written anew between them: head, tx, the data, accent."""
        head = "head" if own is None else b"".join(_child(own, name) for name in ("c:idx", "c:order"))
        out: list[bytes | str | PointLook | ErrorLook] = [b"<c:ser>", head, "tx"]
        data, written = _DATA[_kind(series.getparent())], False
        for child in series.iterchildren(etree.Element):
            name = etree.QName(child).localname
            if name in _HEAD:
                continue
            if (name in data or name in _TAIL) and not written:
                out += data
                written = True
            if name == "errBars" and is_by_point(child):
                out.append(error_look(child))
            elif name not in data:
                self._check_cells(child, name)
                out += _by_point(child)
        out += [] if written else data
        if any(
            isinstance(p, bytes) and (f"<?{TARGET}".encode() in p or marks.token.encode() in p) for p in out
        ):
            self._refuse("tag-in-series", "has a tag inside a series, where the data are replaced")
        return _joined([*out, b"</c:ser>"])


def _users(workbook: Part, package: Package) -> int:
    """How many parts point to a workbook."""
    targets = (r.target for part in package.parts.values() for r in part.relationships if not r.external)
    return sum(target == workbook.name for target in targets)


def _kind(plot: etree._Element | None) -> str:
    return _XY.get(etree.QName(plot).localname, "category") if plot is not None else "category"


def _number(series: etree._Element, name: str) -> int:
    found = series.find(qn(name))
    value = found.get("val") if found is not None else None
    return int(value) if value and value.isdigit() else 0


def _order(series: etree._Element) -> int:
    """The place of a series among all of the chart, which is its place in the data."""
    return _number(series, "c:order")


def _child(series: etree._Element, name: str) -> bytes:
    found = series.find(qn(name))
    return bare_xml(found) if found is not None else f'<{name} val="0"/>'.encode()


def _name(series: etree._Element) -> str:
    text = series.find(qn("c:tx"))
    return "".join(v.text or "" for v in text.iter(qn("c:v"))) if text is not None else ""


def _format_of(series: etree._Element, *names: str) -> str | None:
    """The number format of the first of these data that a series has."""
    data = next((e for name in names if (e := series.find(qn(name))) is not None), None)
    return next((e.text for e in data.iter(qn("c:formatCode")) if e.text), None) if data is not None else None


def _mend(root: etree._Element) -> None:
    """Some writers give axes negative ids and smooth the lines of a radar, which the format does not allow."""
    for smooth in root.findall(f".//{qn('c:radarChart')}/{qn('c:ser')}/{qn('c:smooth')}"):
        smooth.getparent().remove(smooth)  # type: ignore[union-attr]
    for element in root.iter(qn("c:axId"), qn("c:crossAx")):
        value = element.get("val") or ""
        if value.startswith("-") and value[1:].isdigit():
            element.set("val", str(int(value) & 0x7FFFFFFF))


def _bracket_plots(root: etree._Element, series: list[etree._Element], marks: Marks) -> None:
    """Let a plot go when the data have no series for it, and its axes when no other plot has them."""
    first: dict[str, int] = {}
    area = root.find(f"{qn('c:chart')}/{qn('c:plotArea')}")
    for element in list(area) if area is not None else []:
        own = [series.index(one) for one in element.findall(qn("c:ser"))]
        if own:
            for axis in element.findall(qn("c:axId")):
                number = axis.get("val") or ""
                first[number] = min(first.get(number, min(own)), min(own))
            _bracket(element, min(own), marks)
            continue
        axis_id = element.find(qn("c:axId"))
        if axis_id is not None:
            _bracket(element, first.get(axis_id.get("val") or "", 0), marks)


def _bracket(element: etree._Element, count: int, marks: Marks) -> None:
    """The element stays when the data have more than `count` series."""
    if count:
        element.addprevious(instruction(marks.add("series", note=count)))
        element.addnext(instruction(marks.add("series", closes=True)))


def _tie_workbook(root: etree._Element, rel_id: str) -> None:
    """Let a chart without a workbook point to one."""
    tie = root.find(qn("c:externalData"))
    if tie is None:
        tie = etree.Element(qn("c:externalData"))
        etree.SubElement(tie, qn("c:autoUpdate"), val="0")
        before = [e for e in root if e.tag in (qn("c:chart"), qn("c:spPr"), qn("c:txPr"))]
        before[-1].addnext(tie)
    tie.set(qn("r:id"), rel_id)


def _formulas(series: etree._Element) -> SeriesFormulas:
    def formula(*names: str) -> str:
        found = (series.find(qn(name)) for name in names)
        data = next((e for e in found if e is not None), None)
        if data is None:
            return ""
        # with filtered categories the formula is a list of areas, and an extension has the whole one
        whole = next(data.iter(f"{_C15}fullRef"), data)
        texts = (f.text for f in whole.iter(_SQUARE, qn("c:f")))
        return next((text for text in texts if text), "")

    return SeriesFormulas(
        formula("c:tx"),
        formula("c:cat", "c:xVal"),
        formula("c:val", "c:yVal"),
        formula("c:bubbleSize"),
        next((f.text for f in series.iter(_FORMULA) if _is_label_range(f.getparent()) and f.text), ""),
    )


def _is_label_range(element: etree._Element | None) -> bool:
    return element is not None and str(element.tag) == _LABEL_RANGE


def _drop_filtered(root: etree._Element, *, labelled: bool) -> list[str]:
    """Series and categories that a filter hides, and unused labels, are kept in extensions: old data nobody sees.

    Returns the formulas of their cells. Labels from cells that are shown are cut out for new ones.
    """
    stale = [f.text for f in root.iter(_FORMULA, _SQUARE) if f.text]
    for extension in list(root.iter(qn("c:ext"))):
        names = [etree.QName(e).localname for e in extension.iter(etree.Element)]
        if labelled and (labels := extension.find(_LABEL_RANGE)) is not None:
            labels[:] = []
            labels.text = _LABELS
        elif any(name.startswith("filtered") or name == "datalabelsRange" for name in names):
            stale += [f.text for f in extension.iter(qn("c:f")) if f.text]
            extension.getparent().remove(extension)  # type: ignore[union-attr]
    for extensions in list(root.iter(qn("c:extLst"))):
        if not len(extensions):
            extensions.getparent().remove(extensions)  # type: ignore[union-attr]
    return stale


def _has_legend_of_points(plots: list[etree._Element]) -> bool:
    """Whether the legend names the points of one series and not the series."""
    if any(plot.tag in _ROUND for plot in plots):
        return True
    vary = plots[0].find(qn("c:varyColors"))
    return (
        len(plots) == 1
        and len(plots[0].findall(qn("c:ser"))) == 1
        and vary is not None
        and vary.get("val", "1") in _TRUE
    )


def _by_point(child: etree._Element) -> list[bytes | str | PointLook]:
    """An element of a series as bytes; what belongs to a single point is written when the point is there."""
    if child.tag == qn("c:dPt"):
        return [_point(child)]
    series = child.getparent()
    if child.find(qn("c:dLbl")) is None or (series is not None and child.nsmap != series.nsmap):
        return list(_cut(bare_xml(child)))
    out: list[bytes | str | PointLook] = [b"<c:dLbls>"]
    for one in child.iterchildren(etree.Element):
        out += [_point(one)] if one.tag == qn("c:dLbl") else _cut(bare_xml(one))
    return [*out, b"</c:dLbls>"]


def _point(element: etree._Element) -> PointLook:
    return _number(element, "c:idx"), bare_xml(element)


def _cut(xml: bytes) -> list[bytes | str]:
    """The bytes with the theme colour and the labels of the series as pieces of their own, by name."""
    pieces = xml.split(CUT.encode())
    return [piece.decode() if number % 2 else piece for number, piece in enumerate(pieces)]


def _joined(pieces: Sequence[bytes | str | PointLook | ErrorLook]) -> SeriesPieces:
    out: list[bytes | str | PointLook | ErrorLook] = []
    for piece in pieces:
        if isinstance(piece, bytes) and out and isinstance(out[-1], bytes):
            out[-1] += piece
        else:
            out.append(piece)
    return tuple(out)
