"""What is said of tables, charts and pictures to people who cannot see them.

In: content. Out: its alternative text, and the end of the element that names a drawing (`p:cNvPr`, `wp:docPr`), which holds that
text or says that the drawing is decoration. Decides nothing about looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from collateral.model.content import Chart, Table, plain_text
from collateral.ooxml.xml import escape_attribute

_DECORATIVE: Final = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def table_description(table: Table) -> str:
    """A table's caption, else what its columns are called."""
    return plain_text(table.caption) or columns_of(table)


def columns_of(table: Table) -> str:
    """What the columns of a table are called, in a line."""
    return _line(plain_text(cell) for cell in table.header)


def chart_description(chart: Chart) -> str:
    """What its author says of a chart, else its title, else what is counted: its series, or its axes, or its categories."""
    series = _line(one.name for one in chart.series)
    axes = _line((chart.value_title, chart.category_title))
    return chart.alt or chart.title or series or axes or _line(chart.categories)


def described(element: str, alt: str | None) -> str:
    """The end of the element that names a drawing: with its alternative text; with "" as decoration, which nobody is told of;
    with None as one nobody has described."""
    if alt:
        return f' descr="{escape_attribute(alt)}"/>'
    return "/>" if alt is None else f">{_DECORATIVE}</{element}>"


def _line(words: Iterable[str]) -> str:
    return ", ".join(word for word in words if word.strip())
