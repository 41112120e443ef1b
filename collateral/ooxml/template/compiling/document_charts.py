"""Charts of a document whose data a tag replaces: found when it is compiled, written for each piece.

In: the parts that hold chart tags; the charts a piece gets. Out: chart parts and workbooks under their own names.
A chart whose tag is not in the piece (a condition took it out) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.template.filling.document_values import DocumentChart
from collateral.ooxml.template.language.op_facts import arguments_of
from collateral.ooxml.template.language.ops import CHART_ID

if TYPE_CHECKING:
    from collateral.ooxml.package import Package, Part
    from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler
    from collateral.ooxml.template.language.ops import Ops


@dataclass(slots=True)
class ChartFinder:
    """The tagged charts of a document at compile time; `owners` says for a chart part where its tag is, `repeated` are those
    in loops, `functions` write the parts with the tags."""

    owners: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    repeated: set[str] = field(default_factory=set)
    functions: dict[str, str] = field(default_factory=dict)
    charts: dict[str, DocumentChart] = field(default_factory=dict)

    def note(self, part: Part, function: str, ops: Ops, shapes: Mapping[str, str]) -> None:
        """The charts that tags name in a part, which this function writes: by relationship id with the shapes' names."""
        self.functions[part.name] = function
        in_loops = arguments_of(ops, CHART_ID)
        for rel in part.relationships:
            if rel.id in shapes and not rel.external:
                self.owners[rel.target] = (part.name, rel.id, shapes[rel.id])
                self.repeated |= {rel.target} if rel.id in in_loops else set()

    def compile(self, part: Part, package: Package, parts: PartsCompiler) -> None:
        """A chart some tag names; what is wrong with it is added to `parts.problems`."""
        from collateral.diagnostics import Place
        from collateral.ooxml.names import REL_PACKAGE
        from collateral.ooxml.template.charts.extended_steps import chart_steps

        owner, rel_id, shape = self.owners[part.name]
        steps = chart_steps(
            part,
            Place(package.file, part=part.name, shape=shape),
            is_repeated=part.name in self.repeated,
        )
        steps.look_at(part, package)
        compiled = parts.compile(part, before=[steps.before], after=[steps.after])
        parts.problems += steps.problems
        if compiled is None:
            return
        function = parts.function(compiled.ops)
        parts.read_with_chart(self.functions[owner], rel_id, function)
        books = [r.target for r in part.relationships if r.type == REL_PACKAGE and not r.external]
        book = package.parts.get(books[0]) if books else None
        self.charts[part.name] = DocumentChart(
            owner,
            rel_id,
            shape,
            part.member,
            part.rels_member,
            function,
            steps.program,
            book.member if book is not None else None,
            part.relationships,
        )

    def names(self) -> Iterator[str]:
        """The parts that are written by the charts themselves."""
        for name, chart in self.charts.items():
            yield name
            if chart.workbook is not None:
                yield chart.workbook.name
