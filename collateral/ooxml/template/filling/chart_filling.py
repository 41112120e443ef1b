"""Charts whose data a tag replaces, written for a piece: in the place of the one drawn, or as the copies a loop makes of it.

In: what a tag asked for, and what is known of the chart. Out: the chart's XML and its workbook, or a part that what shows the
copy points to; or what is wrong with the data. Hot path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.expressions.formats import Formats
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import CT_CHART, CT_CHART_EX
from collateral.ooxml.pieces import Pieces
from collateral.ooxml.template.charts.program import ChartProgram
from collateral.ooxml.template.charts.values import AskedChart
from collateral.ooxml.template.filling.budget import Budget
from collateral.ooxml.template.filling.functions import Functions
from collateral.ooxml.template.filling.wiring import Wiring
from collateral.ooxml.values import RelatedPart


class DrawnChart(NamedTuple):
    """A tagged chart of the template: the function that writes its part, and where it stands."""

    program: ChartProgram
    function: str
    place: Place


class FilledChart(NamedTuple):
    """A chart part as XML with the pieces it was put together from, and its workbook."""

    xml: bytes
    pieces: Pieces
    workbook: bytes


@dataclass(frozen=True, slots=True)
class ChartWriter:
    """Writes the charts of one piece. `folder` is where its parts lie, as `ppt`."""

    functions: Functions
    budget: Budget
    formats: Formats
    folder: str

    def fill(
        self, drawn: DrawnChart, asked: AskedChart, data: Mapping[str, Any]
    ) -> tuple[FilledChart | None, list[Diagnostic]]:
        """The chart with the data asked for."""
        laid, problems = drawn.program.lay_out(asked.chart, drawn.place)
        if laid is None:
            return None, problems

        def wiring() -> Wiring:
            state = Wiring(self.budget, self.formats)
            state.grid = laid.grid
            return state

        known = {**data, **asked.known} if asked.known else data
        xml, state, found = self.functions.run(drawn.function, known, wiring)
        pieces = self.functions.pieces(drawn.function, state)
        return FilledChart(xml, pieces, laid.workbook), problems + found

    def copies(
        self,
        asked: Iterable[tuple[str, AskedChart]],
        drawn: Mapping[str, DrawnChart],
        relationships: Iterable[Relationship],
        data: Mapping[str, Any],
    ) -> tuple[list[tuple[str, RelatedPart]], list[Diagnostic]]:
        """Further parts for charts that loops repeat, by their relationships. `drawn` are the charts of the part that shows them
        by theirs, which are among its `relationships`."""
        types = {rel.id: rel.type for rel in relationships}
        made: list[tuple[str, RelatedPart]] = []
        problems: list[Diagnostic] = []
        for rel_id, each in asked:
            chart = drawn[each.rel_id]
            filled, found = self.fill(chart, each, data)
            problems += found
            if filled is not None:
                made.append((rel_id, self._part(chart.program, types[each.rel_id], filled)))
        return made, problems

    def _part(self, program: ChartProgram, type_: str, filled: FilledChart) -> RelatedPart:
        """A chart part with a workbook of its own and with all else the one drawn leads to."""
        kind, content_type = ("chartEx", CT_CHART_EX) if program.is_extended else ("chart", CT_CHART)
        related = (program.new_workbook(filled.workbook, self.folder), *program.companions)
        name = f"/{self.folder}/charts/{kind}{{n}}.xml"
        return RelatedPart("", type_, None, name, content_type, filled.xml, related)
