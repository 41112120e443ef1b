"""Chart values as native charts: the chart part, with the workbook its "Edit data" opens.

Goes in: a `Chart`. Comes out: a `RelatedPart` whose XML and workbook hold the same numbers. Colours and fonts come
from the theme. Charts that exist in a template are filled by `chart_program`, not here.
"""

from __future__ import annotations

from collections.abc import Callable

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model.content import Chart
from collateral.ooxml.drawing.accents import accent
from collateral.ooxml.drawing.chart_checks import misleading, too_much
from collateral.ooxml.drawing.chart_data import (
    GENERAL,
    Grid,
    SeriesColumns,
    chart_grid,
    data_reference,
    name_reference,
)
from collateral.ooxml.drawing.chart_workbook import CONTENT_TYPE as WORKBOOK_TYPE
from collateral.ooxml.drawing.chart_workbook import chart_workbook
from collateral.ooxml.drawing.relations import CHART, PACKAGE, LocalName
from collateral.ooxml.values import RelatedPart
from collateral.ooxml.xml import escape_attribute, escape_text

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_ROOT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<c:chartSpace xmlns:c="{CHART_NAMESPACE}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
)
# Axis ids only have to be positive and differ within a chart.
_FIRST_AXIS, _SECOND_AXIS = 111111111, 222222222
_AXIS_IDS = f'<c:axId val="{_FIRST_AXIS}"/><c:axId val="{_SECOND_AXIS}"/>'
_SOFT = '<a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/></a:schemeClr>'
_FAINT = '<a:schemeClr val="tx1"><a:lumMod val="15000"/><a:lumOff val="85000"/></a:schemeClr>'
_GRID_LINES = (
    f'<c:majorGridlines><c:spPr><a:ln w="9525" cap="flat"><a:solidFill>{_FAINT}</a:solidFill><a:round/></a:ln>'
    "</c:spPr></c:majorGridlines>"
)
_NO_EDGE = "<a:ln><a:noFill/></a:ln>"  # Word draws one around a chart that says nothing of it
_NO_LINE = f"<c:spPr>{_NO_EDGE}</c:spPr>"
_FAINT_LINE = f'<c:spPr><a:ln w="9525"><a:solidFill>{_FAINT}</a:solidFill></a:ln></c:spPr>'
_INSIDE_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr b="1"><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
    '</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'
)
KINDS = ("bar", "column", "line", "area", "pie", "doughnut", "scatter", "bubble", "radar")
_LARGE = 10_000
_FEW_BARS = 2
_DENSE = 24
"""So many points make a line of their own; marks at each would only hide it."""
_NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'
_ROUND_KINDS = frozenset({"pie", "doughnut"})


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How a chart made from data is set: size of its text in points, and the language of its texts."""

    size: float = 12.0
    language: str = "en-US"


def chart_part(
    chart: Chart, look: ChartLook, *, folder: str = "/ppt"
) -> tuple[RelatedPart | None, list[Diagnostic]]:
    """The chart as a part with its workbook, or none, and what is wrong with it. `folder` is `/ppt` or `/word`."""
    problems = chart_problems(chart)
    if problems:
        return None, problems
    chart = replace(chart, number_format=_number_format(chart))
    grid = chart_grid(chart, chart.kind)
    workbook = RelatedPart(
        "rId1",
        PACKAGE,
        name_hint=f"{folder}/embeddings/Microsoft_Excel_Sheet{{n}}.xlsx",
        content_type=WORKBOOK_TYPE,
        data=chart_workbook(grid),
    )
    part = RelatedPart(
        "",
        CHART,
        name_hint=f"{folder}/charts/chart{{n}}.xml",
        content_type=CHART_TYPE,
        data=chart_xml(chart, grid, look),
        related=(workbook,),
    )
    return part, misleading(chart, chart.at, shares=chart.kind in _ROUND_KINDS)


def chart_problems(chart: Chart) -> list[Diagnostic]:
    """Why a chart cannot be drawn: an unknown kind, nothing to show, or points without their x or size."""
    if chart.kind not in KINDS:
        hint = "use " + ", ".join(KINDS[:-1]) + " or " + KINDS[-1]
        return [Diagnostic.error("unknown-chart-kind", f'"{chart.kind}" is no kind of chart', chart.at, hint)]
    if not chart.series:
        return [Diagnostic.error("chart-without-data", "the chart has no series", chart.at)]
    if (many := too_much(chart)) is not None:
        return [Diagnostic.error(*many, chart.at)]
    found = []
    for series in chart.series:
        if chart.kind in ("scatter", "bubble") and len(series.x) != len(series.values):
            message = f'series "{series.name}" has {len(series.values)} y values and {len(series.x)} x values'
            found.append(Diagnostic.error("chart-points-unequal", message, chart.at))
        if chart.kind == "bubble" and len(series.sizes) != len(series.values):
            message = f'series "{series.name}" has {len(series.values)} points and {len(series.sizes)} sizes'
            found.append(Diagnostic.error("chart-points-unequal", message, chart.at))
    return found


def _number_format(chart: Chart) -> str:
    """The chart's own; else one with separators where numbers are so large that they are hard to read without."""
    numbers = [value for series in chart.series for value in series.values if value is not None]
    is_plain = chart.number_format == GENERAL and chart.kind not in _ROUND_KINDS
    if not is_plain or all(-_LARGE < value < _LARGE for value in numbers):
        return chart.number_format
    return (
        "#,##0"
        if all(isinstance(value, int) or float(value).is_integer() for value in numbers)
        else "#,##0.0"
    )


def chart_graphic(name: LocalName) -> list[str]:
    """The `a:graphicData` that shows a chart part."""
    return [
        f'<a:graphicData uri="{CHART_NAMESPACE}"><c:chart xmlns:c="{CHART_NAMESPACE}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="',
        name,
        '"/></a:graphicData>',
    ]


def chart_xml(chart: Chart, grid: Grid, look: ChartLook) -> bytes:
    """The chart part; the workbook is its relationship `rId1`."""
    legend = len(chart.series) > 1 or chart.kind in _ROUND_KINDS
    out = [
        _ROOT,
        "<c:chart>",
        _title(chart.title, look) if chart.title else '<c:autoTitleDeleted val="1"/>',
        "<c:plotArea><c:layout/>",
        _PLOTS[chart.kind](chart, grid),
        "" if chart.kind in _ROUND_KINDS else _axes(chart, look),
        "</c:plotArea>",
        _legend(chart) if legend else "",
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>',
        f'<c:spPr><a:noFill/>{_NO_EDGE}</c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(look.size * 100)}"><a:solidFill>{_SOFT}'
        f'</a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="{look.language}"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>',
    ]
    return "".join(out).encode()


def _legend(chart: Chart) -> str:
    """Beside a round chart, which is as high as it is wide; below all others."""
    position = "r" if chart.kind in _ROUND_KINDS else "b"
    return f'<c:legend><c:legendPos val="{position}"/><c:overlay val="0"/></c:legend>'


def _fill(index: int) -> str:
    return f"<c:spPr><a:solidFill>{accent(index)}</a:solidFill></c:spPr>"


def _shine(index: int) -> str:
    """A translucent fill."""
    return f"<c:spPr><a:solidFill>{_translucent(index, 60)}</a:solidFill></c:spPr>"


def _line(index: int) -> str:
    return f'<c:spPr><a:ln w="28575" cap="rnd"><a:solidFill>{accent(index)}</a:solidFill><a:round/></a:ln></c:spPr>'


def _marker(index: int, size: int = 6) -> str:
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/>'
        f"<c:spPr><a:solidFill>{accent(index)}</a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:marker>"
    )


def _line_marker(index: int, columns: SeriesColumns) -> str:
    """Without gaps a long line needs none; a point between two gaps shows by its marker alone."""
    values = columns.y.values
    return _NO_MARKER if len(values) > _DENSE and all(values) else _marker(index)


def _gap_width(chart: Chart, grid: Grid) -> int:
    """How far bars stand apart, in percent of their width: one or two are not to fill the whole plot."""
    beside = 1 if chart.stacked else len(grid.series)
    if beside * len(grid.series[0].y.values) <= _FEW_BARS:
        return 219
    return 70 if beside == 1 else 90


def _series(index: int, columns: SeriesColumns, look: str, data: str, closing: str = "") -> str:
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{name_reference(columns.y)}'
        f"{look}{data}{closing}</c:ser>"
    )


def _category_data(columns: SeriesColumns) -> str:
    return f"<c:cat>{data_reference(columns.x)}</c:cat><c:val>{data_reference(columns.y)}</c:val>"


def _labels(chart: Chart, position: str = "", *, percent: bool = False, inside: bool = False) -> str:
    """Data labels for the whole plot, or none; a position only where it is not the default.

    `inside` labels lie on the colour of their bar or slice and take the background's colour.
    """
    if not chart.labels:
        return ""
    code = "0%" if percent else chart.number_format
    place = f'<c:dLblPos val="{position}"/>' if position else ""
    return (
        f'<c:dLbls><c:numFmt formatCode="{escape_attribute(code)}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln>'
        f'<a:noFill/></a:ln></c:spPr>{_INSIDE_TEXT if inside else ""}{place}<c:showLegendKey val="0"/>'
        f'<c:showVal val="{int(not percent)}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        f'<c:showPercent val="{int(percent)}"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _bar_plot(chart: Chart, grid: Grid) -> str:
    direction = "bar" if chart.kind == "bar" else "col"
    grouping = "stacked" if chart.stacked else "clustered"
    series = "".join(
        _series(i, c, _fill(i) + '<c:invertIfNegative val="0"/>', _category_data(c))
        for i, c in enumerate(grid.series)
    )
    labels = _labels(chart, "ctr" if chart.stacked else "outEnd", inside=chart.stacked)
    overlap = '<c:overlap val="100"/>' if chart.stacked else '<c:overlap val="-5"/>'
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'{labels}<c:gapWidth val="{_gap_width(chart, grid)}"/>{overlap}{_AXIS_IDS}</c:barChart>'
    )


def _line_plot(chart: Chart, grid: Grid) -> str:
    grouping = "stacked" if chart.stacked else "standard"
    series = "".join(
        _series(i, c, _line(i) + _line_marker(i, c), _category_data(c), '<c:smooth val="0"/>')
        for i, c in enumerate(grid.series)
    )
    return (
        f'<c:lineChart><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}{_labels(chart, "t")}'
        f'<c:marker val="1"/>{_AXIS_IDS}</c:lineChart>'
    )


def _area_plot(chart: Chart, grid: Grid) -> str:
    grouping = "stacked" if chart.stacked else "standard"
    # areas that lie on each other let the ones behind shine through
    behind = not chart.stacked and len(grid.series) > 1
    looks = [_shine(i) if behind else _fill(i) for i in range(len(grid.series))]
    series = "".join(_series(i, c, looks[i], _category_data(c)) for i, c in enumerate(grid.series))
    return (
        f'<c:areaChart><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}{_labels(chart, inside=True)}'
        f"{_AXIS_IDS}</c:areaChart>"
    )


def _round_plot(chart: Chart, grid: Grid) -> str:
    """Pie and doughnut: labels show shares unless the chart names a number format."""
    points = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr><a:solidFill>{accent(i)}</a:solidFill>'
        '<a:ln w="19050"><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></a:ln></c:spPr></c:dPt>'
        for i in range(len(grid.series[0].y.values))
    )
    series = "".join(_series(i, c, points, _category_data(c)) for i, c in enumerate(grid.series))
    doughnut = chart.kind == "doughnut"
    shares = chart.number_format == GENERAL
    labels = _labels(chart, "" if doughnut else "outEnd", percent=shares, inside=doughnut)
    if labels:
        labels = labels.replace("</c:dLbls>", '<c:showLeaderLines val="1"/></c:dLbls>')
    hole = '<c:holeSize val="60"/>' if doughnut else ""
    return (
        f'<c:{chart.kind}Chart><c:varyColors val="1"/>{series}{labels}<c:firstSliceAng val="0"/>{hole}'
        f"</c:{chart.kind}Chart>"
    )


def _scatter_plot(chart: Chart, grid: Grid) -> str:
    no_line = '<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>'
    series = "".join(
        _series(
            i,
            c,
            no_line + _marker(i, 9),
            f"<c:xVal>{data_reference(c.x)}</c:xVal><c:yVal>{data_reference(c.y)}</c:yVal>",
            '<c:smooth val="0"/>',
        )
        for i, c in enumerate(grid.series)
    )
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}{_labels(chart, "r")}'
        f"{_AXIS_IDS}</c:scatterChart>"
    )


def _bubble_plot(chart: Chart, grid: Grid) -> str:
    series = "".join(
        _series(
            i,
            c,
            f'<c:spPr><a:solidFill>{_translucent(i, 75)}</a:solidFill></c:spPr><c:invertIfNegative val="0"/>',
            f"<c:xVal>{data_reference(c.x)}</c:xVal><c:yVal>{data_reference(c.y)}</c:yVal>"
            f"<c:bubbleSize>{data_reference(c.size or c.y)}</c:bubbleSize>",
            '<c:bubble3D val="0"/>',
        )
        for i, c in enumerate(grid.series)
    )
    return (
        f'<c:bubbleChart><c:varyColors val="0"/>{series}{_labels(chart, "r")}<c:bubbleScale val="60"/>'
        f'<c:showNegBubbles val="0"/>{_AXIS_IDS}</c:bubbleChart>'
    )


def _radar_plot(chart: Chart, grid: Grid) -> str:
    series = "".join(
        _series(i, c, _line(i) + _marker(i), _category_data(c)) for i, c in enumerate(grid.series)
    )
    return (
        f'<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>{series}'
        f"{_labels(chart) if len(grid.series) == 1 else ''}{_AXIS_IDS}</c:radarChart>"
    )


_PLOTS: dict[str, Callable[[Chart, Grid], str]] = {
    "bar": _bar_plot,
    "column": _bar_plot,
    "line": _line_plot,
    "area": _area_plot,
    "pie": _round_plot,
    "doughnut": _round_plot,
    "scatter": _scatter_plot,
    "bubble": _bubble_plot,
    "radar": _radar_plot,
}


def _translucent(index: int, percent: int) -> str:
    """A series' colour through which what lies behind stays visible."""
    return accent(index % 6).replace("/>", f'><a:alpha val="{percent}000"/></a:schemeClr>', 1)


def _axes(chart: Chart, look: ChartLook) -> str:
    code = escape_attribute(chart.number_format)
    category_title = _axis_title(chart.category_title, look)
    value_title = _axis_title(chart.value_title, look)
    if chart.kind in ("scatter", "bubble"):
        x = _value_axis(_FIRST_AXIS, _SECOND_AXIS, "b", category_title, GENERAL, lines=False)
        return x + _value_axis(_SECOND_AXIS, _FIRST_AXIS, "l", value_title, code)
    flat = chart.kind == "bar"
    plain = chart.labels and chart.kind in ("bar", "column")  # the axis would say what the labels say
    return (
        # A bar chart counts its categories from the bottom; turned over, the first one is on top as in the data.
        f'<c:catAx><c:axId val="{_FIRST_AXIS}"/><c:scaling><c:orientation val="{"maxMin" if flat else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{"l" if flat else "b"}"/>'
        f"{_GRID_LINES if chart.kind == 'radar' else ''}{category_title}"
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_FAINT_LINE}<c:crossAx val="{_SECOND_AXIS}"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
        + _value_axis(
            _SECOND_AXIS,
            _FIRST_AXIS,
            "b" if flat else "l",
            value_title,
            code,
            crosses="max" if flat else "autoZero",
            between="midCat" if chart.kind == "area" else "between",
            lines=not plain,
            deleted=plain,
        )
    )


def _value_axis(
    own: int,
    other: int,
    position: str,
    title: str,
    code: str,
    *,
    crosses: str = "autoZero",
    between: str = "midCat",
    lines: bool = True,
    deleted: bool = False,
) -> str:
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="{int(deleted)}"/><c:axPos val="{position}"/>{_GRID_LINES if lines else ""}{title}<c:numFmt formatCode="{code}" '
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'{_NO_LINE if lines else _FAINT_LINE}<c:crossAx val="{other}"/><c:crosses val="{crosses}"/>'
        f'<c:crossBetween val="{between}"/></c:valAx>'
    )


def _title(text: str, look: ChartLook) -> str:
    return _rich_title(text, look, look.size * 1.15) + '<c:autoTitleDeleted val="0"/>'


def _axis_title(text: str, look: ChartLook) -> str:
    return _rich_title(text, look, look.size) if text else ""


def _rich_title(text: str, look: ChartLook, size: float) -> str:
    properties = f'sz="{round(size * 100)}" b="0"'
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr {properties}/></a:pPr><a:r>"
        f'<a:rPr lang="{look.language}" {properties}/><a:t>{escape_text(" ".join(text.split()))}</a:t></a:r></a:p>'
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
