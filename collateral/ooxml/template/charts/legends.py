"""Entries of a legend that were deleted or formatted one by one, when a chart gets other series.

In: a chart's tree. Out: the same tree with a hook for each entry that goes with the number of series or points: the legend counts
its series first and their trend lines behind them. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.charts.series_looks import CUT
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.xml import whole_number


def hook_legend(root: etree._Element, series: int, *, of_points: bool, marks: Marks) -> None:
    """Let entries of this many series, or of the points of one, follow what they stand for."""
    for entry in root.findall(f"{qn('c:chart')}/{qn('c:legend')}/{qn('c:legendEntry')}"):
        index = entry.find(qn("c:idx"))
        if index is None:
            continue
        number = whole_number(index.get("val"))
        index.set("val", CUT)
        before, _, after = bare_xml(entry).partition(CUT.encode())
        argument = (number, -1 if of_points else series, before, after)
        entry.addprevious(instruction(marks.add("hook", note=Hook("legend_entry", argument))))
        entry.getparent().remove(entry)  # type: ignore[union-attr]
