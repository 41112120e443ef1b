"""Compiles the parts of one package into functions of one generated module.

In: parts. Out: the names of the functions that write them; then the `Functions`. Shared by decks and documents.
"""

from __future__ import annotations

from collections.abc import Iterable

from collateral.diagnostics import Diagnostic
from collateral.ooxml.names import CT_CORE_PROPERTIES, CT_EXTENDED_PROPERTIES, CT_NUMBERING
from collateral.ooxml.package import Part
from collateral.ooxml.template.compiling.part import CompiledPart, Step, compile_part
from collateral.ooxml.template.compiling.shown_parts import Shown
from collateral.ooxml.template.filling.functions import Functions, compile_functions
from collateral.ooxml.template.language.op_facts import with_behind
from collateral.ooxml.template.language.ops import CHART, Ops
from collateral.ooxml.template.language.program import Emitter, Sites
from collateral.ooxml.template.parts.property_steps import drop_stale, hook_company, hook_core_properties

_XML = ("+xml", "/xml")


class PartsCompiler:
    """`problems` collects what is wrong in all parts; `ops` the operations of the parts, by function name."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self.ops: dict[str, Ops] = {}
        self.sites = Sites()
        self._fast: list[str] = []
        self._careful: list[str] = []

    def compile(
        self,
        part: Part,
        *,
        slide: int | None = None,
        shown: Shown | None = None,
        before: Iterable[Step] = (),
        after: Iterable[Step] = (),
    ) -> CompiledPart | None:
        """The part's operations, None when it holds nothing to compute. `shown` says what is told of it."""
        if not part.content_type.endswith(_XML) or part.content_type == CT_NUMBERING:
            return None
        name, shape = (shown.part, shown.shape) if shown is not None else (part.name, None)
        compiled = compile_part(
            part.data(), file=self.file, part=name, slide=slide, shape=shape, before=before, after=after
        )
        if compiled is not None:
            self.problems += [problem for problem in compiled.problems if problem not in self.problems]
        return compiled

    def properties(self, part: Part) -> tuple[str, bool]:
        """The function of a core or extended properties part, and whether only properties would change it."""
        steps: dict[str, tuple[Step, ...]] = {
            CT_CORE_PROPERTIES: (hook_core_properties,),
            CT_EXTENDED_PROPERTIES: (drop_stale, hook_company),
        }
        is_plain = compile_part(part.data(), file=self.file, part=part.name) is None
        compiled = self.compile(part, before=steps[part.content_type])
        return (self.function(compiled.ops) if compiled is not None else ""), is_plain

    def function(self, ops: Ops) -> str:
        """The name of the function that writes these operations."""
        name = f"part{len(self.ops) + 1}"
        self.ops[name] = ops
        self._fast.append(Emitter(self.sites, careful=False).function(name, ops))
        self._careful.append(Emitter(self.sites, careful=True).function(name, ops))
        return name

    def read_with_chart(self, function: str, rel_id: str, chart: str) -> None:
        """Let what a chart's texts read count as read where its tag stands: what loops know there is none of the data."""
        self.ops[function] = with_behind(self.ops[function], CHART, rel_id, self.ops[chart])
        self.ops[chart] = []

    def source(self, name: str, fast: str, careful: str) -> str:
        """Add a function whose source was made elsewhere."""
        self._fast.append(fast)
        self._careful.append(careful)
        return name

    def functions(self) -> Functions:
        """All functions so far."""
        return compile_functions("".join(self._fast), "".join(self._careful), self.sites.all)
