"""What further series of a designed chart look like, and what becomes of the looks of points and series that are not there."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE as KIND

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import charts_in, saved, template_deck

from collateral.ooxml import fill

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NS = f'xmlns:c="{C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
FILL = "<a:solidFill>%s</a:solidFill>"
GREY = '<a:schemeClr val="bg1"><a:lumMod val="65000"/></a:schemeClr>'
GRADIENT = (
    '<a:gradFill><a:gsLst><a:gs pos="0"><a:schemeClr val="accent2"><a:tint val="50000"/></a:schemeClr></a:gs>'
    '<a:gs pos="100000"><a:schemeClr val="accent2"/></a:gs></a:gsLst><a:lin ang="0" scaled="0"/></a:gradFill>'
)
PATTERN = (
    '<a:pattFill prst="pct50"><a:fgClr><a:schemeClr val="accent2"/></a:fgClr>'
    '<a:bgClr><a:schemeClr val="bg1"/></a:bgClr></a:pattFill>'
)
TEXT = "<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>%s</a:t></a:r></a:p></c:rich></c:tx>"
LABEL = f'<c:dLbls {NS}><c:dLbl><c:idx val="%d"/>{TEXT}<c:showVal val="1"/></c:dLbl><c:showVal val="1"/></c:dLbls>'
POINT = f'<c:dPt {NS}><c:idx val="1"/><c:spPr><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></c:spPr></c:dPt>'


def _accent(number: int) -> str:
    return f'<a:schemeClr val="accent{number}"/>'


def _deck(
    *looks: str, kind: Any = KIND.COLUMN_CLUSTERED, extra: str = "", legend: int | None = None
) -> bytes:
    """A chart with a series in each of these looks; `extra` is put before the data of the last one, `legend` is the entry that
    is deleted from its legend."""
    data = CategoryChartData()
    data.categories = ["a", "b"]
    for number in range(len(looks)):
        data.add_series(f"Old {number}", (1, 2))
    deck = Presentation(io.BytesIO(template_deck(kind, data)))
    chart = next(s for s in deck.slides[0].shapes if s.has_chart).chart
    for series, look in zip(chart.plots[0].series, looks, strict=True):
        for old in series._element.findall(f"{{{C}}}spPr"):
            series._element.remove(old)
        if look:
            series._element.find(f"{{{C}}}tx").addnext(etree.fromstring(f"<c:spPr {NS}>{look}</c:spPr>"))
    if extra:
        series._element.find(f"{{{C}}}cat").addprevious(etree.fromstring(extra))
    if legend is not None:
        chart.has_legend = True
        entry = f'<c:legendEntry {NS}><c:idx val="{legend}"/><c:delete val="1"/></c:legendEntry>'
        chart.legend._element.insert(1, etree.fromstring(entry))
    return saved(deck)


def _filled(deck: bytes, series: int = 1, points: int = 2) -> tuple[str, list[str]]:
    """The filled chart, and the codes of what was found."""
    values = [{"name": f"New {n}", "values": list(range(points))} for n in range(series)]
    made, found = fill(deck, {"data": {"categories": [f"c{i}" for i in range(points)], "series": values}})
    assert made is not None, found
    return etree.tostring(charts_in(made)[0]._chartSpace).decode(), [d.code for d in found]


def _colours(chart: str) -> list[list[str]]:
    """The theme colours of each series with what is added to them."""
    return [
        [
            " ".join([c.get("val") or "", *(f"{etree.QName(m).localname}{m.get('val')}" for m in c)])
            for c in look.iter("{*}schemeClr")
        ]
        for series in etree.fromstring(chart).iter(f"{{{C}}}ser")
        for look in series.findall(f"{{{C}}}spPr")
    ]


def test_further_series_take_the_accents_no_series_has_and_then_lighter_ones() -> None:
    looks = [FILL % _accent(1), FILL % _accent(3)]
    chart, _ = _filled(_deck(*looks), series=8)
    names = [one[0] for one in _colours(chart)]
    assert names[2:6] == ["accent4", "accent5", "accent6", "accent2"]
    assert names[6:] == ["accent1 lumMod60000 lumOff40000", "accent2 lumMod60000 lumOff40000"]


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (GRADIENT, ["accent3 tint50000", "accent3"]),
        (PATTERN, ["accent3", "bg1"]),
        (FILL % GREY, ["accent3"]),
        (FILL % '<a:schemeClr val="tx2"/>', ["accent3"]),
        (FILL % _accent(2) + f"<a:ln>{FILL % GREY}</a:ln>", ["accent3", "bg1 lumMod65000"]),
        (f"<a:ln>{FILL % GREY}</a:ln>", ["accent3"]),
    ],
    ids=["gradient", "pattern", "grey", "dark blue", "grey edge", "grey line"],
)
def test_further_series_never_look_like_the_last(look: str, expected: list[str]) -> None:
    chart, _ = _filled(_deck(FILL % _accent(1), look), series=3)
    assert _colours(chart)[2] == expected


def test_series_in_the_colours_of_the_program_stay_so() -> None:
    assert _colours(_filled(_deck("", ""), series=4)[0]) == []


def test_looks_and_labels_of_points_go_with_their_points() -> None:
    deck = _deck("", extra=LABEL % (1, "best"))
    assert "best" in _filled(deck, points=2)[0]
    assert "best" not in _filled(deck, points=1)[0]
    deck = _deck("", extra=POINT)
    assert "FF0000" in _filled(deck, points=3)[0]
    assert "FF0000" not in _filled(deck, points=1)[0]


def test_labels_may_declare_namespaces_of_their_own() -> None:
    space = "http://schemas.microsoft.com/office/drawing/2012/chart"
    extension = f'<c:extLst><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}"><c15:layout xmlns:c15="{space}"/></c:ext></c:extLst>'
    labels = (
        (LABEL % (1, "best"))
        .replace("<c:dLbls ", f'<c:dLbls xmlns:c15="{space}" ')
        .replace("</c:dLbls>", extension.replace(f' xmlns:c15="{space}"', "") + "</c:dLbls>")
    )
    assert "c15:layout" in _filled(_deck("", extra=labels), points=1)[0]


@pytest.mark.parametrize(("text", "codes"), [("Acme: 42", ["chart-label-fixed"]), ("target", [])])
def test_label_that_says_a_number_of_its_own_is_told(text: str, codes: list[str]) -> None:
    chart, found = _filled(_deck("", extra=LABEL % (1, text)))
    assert text in chart
    assert found == codes


def test_equation_somebody_wrote_over_goes_with_the_old_data() -> None:
    label = f"<c:trendlineLbl>{TEXT % 'y = 2x'}</c:trendlineLbl>"
    trend = f'<c:trendline {NS}><c:trendlineType val="linear"/><c:dispEq val="1"/>{label}</c:trendline>'
    chart, _ = _filled(_deck("", extra=trend))
    assert "dispEq" in chart and "y = 2x" not in chart


def _bars(kind: str, amounts: str = "", *, along: str = "y") -> str:
    """Error bars as Office writes them."""
    head = f'<c:errDir val="{along}"/><c:errBarType val="both"/><c:errValType val="{kind}"/><c:noEndCap val="0"/>'
    line = '<c:spPr><a:ln><a:solidFill><a:srgbClr val="00FF00"/></a:solidFill></a:ln></c:spPr>'
    return f"<c:errBars {NS}>{head}{amounts}{line}</c:errBars>"


def _amounts(*, cells: bool) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>77{i}</c:v></c:pt>' for i in range(2))
    cache = f'<c:ptCount val="2"/>{points}'
    tied = f"<c:numRef><c:f>Sheet1!$E$2:$E$3</c:f><c:numCache>{cache}</c:numCache></c:numRef>"
    held = tied if cells else f"<c:numLit>{cache}</c:numLit>"
    return f"<c:plus>{held}</c:plus><c:minus>{held}</c:minus>"


def _filled_bars(bars: str, **given: Any) -> tuple[etree._Element, list[str]]:
    one = {"name": "New", "values": [1, 2, 3], **given}
    made, found = fill(_deck("", extra=bars), {"data": {"categories": ["a", "b", "c"], "series": [one]}})
    assert made is not None, found
    return charts_in(made)[0]._chartSpace, [d.code for d in found]


def _reach(chart: etree._Element, side: str) -> list[str]:
    return [str(v.text) for v in chart.iterfind(f".//{{{C}}}errBars/{{{C}}}{side}//{{{C}}}v")]


@pytest.mark.parametrize("cells", [True, False])
def test_error_bars_with_an_amount_for_each_point_take_the_amounts_of_the_data(cells: bool) -> None:
    bars = _bars("cust", _amounts(cells=cells))
    chart, codes = _filled_bars(bars, plus=[0.5, None, 1], minus=[2, 3, 4])
    assert (_reach(chart, "plus"), _reach(chart, "minus")) == (["0.5", "1"], ["2", "3", "4"])
    names = [etree.QName(e).localname for e in chart.find(f".//{{{C}}}errBars")]
    assert names == ["errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "spPr"]
    assert not list(chart.find(f".//{{{C}}}errBars").iter(f"{{{C}}}f"))
    assert codes == []


def test_amounts_for_one_side_of_error_bars_hold_for_both() -> None:
    chart, _ = _filled_bars(_bars("cust", _amounts(cells=True)), plus=[1, 2, 3])
    assert _reach(chart, "plus") == _reach(chart, "minus") == ["1", "2", "3"]


@pytest.mark.parametrize("cells", [True, False])
def test_error_bars_go_with_a_warning_when_the_data_give_no_amounts_for_them(cells: bool) -> None:
    chart, codes = _filled_bars(_bars("cust", _amounts(cells=cells)))
    assert b"errBars" not in etree.tostring(chart)
    assert codes == ["chart-error-bars-lost"]


@pytest.mark.parametrize("kind", ["percentage", "stdErr", "stdDev", "fixedVal"])
def test_error_bars_that_are_right_for_any_data_stay(kind: str) -> None:
    bars = _bars(kind, _amounts(cells=True) + '<c:val val="5"/>')
    chart, codes = _filled_bars(bars)
    assert chart.find(f".//{{{C}}}errBars/{{{C}}}val").get("val") == "5"
    assert b"77" not in etree.tostring(chart.find(f".//{{{C}}}errBars"))
    assert codes == []


def test_error_bars_along_x_with_an_amount_for_each_point_go_with_a_warning() -> None:
    chart, codes = _filled_bars(_bars("cust", _amounts(cells=True), along="x"))
    assert b"errBars" not in etree.tostring(chart)
    assert codes == ["chart-error-bars-lost"]


def test_amounts_that_no_error_bars_take_are_told() -> None:
    assert _filled_bars(_bars("stdErr"), plus=[1, 2, 3])[1] == ["chart-error-bars-unseen"]


def test_fewer_amounts_for_error_bars_than_values_are_refused() -> None:
    data = {"categories": ["a", "b"], "series": [{"name": "New", "values": [1, 2], "plus": [1]}]}
    made, found = fill(_deck("", extra=_bars("cust", _amounts(cells=True))), {"data": data})
    assert made is None
    assert [d.code for d in found] == ["chart-points-unequal"]


@pytest.mark.parametrize(
    ("entry", "series", "expected"), [(2, 4, ["4"]), (2, 1, ["1"]), (1, 3, ["1"]), (1, 1, [])]
)
def test_deleted_entry_of_the_legend_stays_with_its_series_or_trend_line(
    entry: int, series: int, expected: list[str]
) -> None:
    chart = etree.fromstring(_filled(_deck("", "", legend=entry), series=series)[0])
    assert [e.find("{*}idx").get("val") for e in chart.iter(f"{{{C}}}legendEntry")] == expected


@pytest.mark.parametrize(("points", "expected"), [(5, ["1"]), (1, [])])
def test_deleted_entry_of_a_pie_stays_with_its_slice(points: int, expected: list[str]) -> None:
    chart = etree.fromstring(_filled(_deck("", kind=KIND.PIE, legend=1), points=points)[0])
    assert [e.find("{*}idx").get("val") for e in chart.iter(f"{{{C}}}legendEntry")] == expected
