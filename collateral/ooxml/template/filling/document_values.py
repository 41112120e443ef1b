"""A compiled document as values: what a piece may change in it besides its text."""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.archive import ArchiveWriter, Member
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.template.charts.program import ChartProgram


@dataclass(frozen=True, slots=True)
class DocumentChart:
    """A tagged chart: the part and relationship its tag is at, its own part, and its workbook if it has one."""

    owner: str
    rel_id: str
    shape: str
    member: Member
    rels: Member | None
    function: str
    program: ChartProgram
    workbook: Member | None
    relationships: tuple[Relationship, ...] = ()

    def write(self, writer: ArchiveWriter, made: tuple[bytes, bytes, Member | None] | None) -> None:
        """The chart with new data (part, workbook and relationships), or as it is."""
        if made is None:
            for member in (self.rels, self.member, self.workbook):
                if member is not None:
                    writer.add_member(member)
            return
        data, workbook, rels = made
        if rels is not None:
            writer.add_member(rels)
        writer.add(self.member.name, data)
        if self.workbook is not None:
            writer.add(self.workbook.name, workbook, compress=False)


@dataclass(frozen=True, slots=True)
class OptionalPart:
    """A part that is only stored when something in the piece leads to it. One that is written for each piece has no `member`;
    what it leads to is known when it `waits` no more to be written."""

    relationships: tuple[Relationship, ...]
    member: Member | None
    rels: Member | None
    waits: bool = False

    def write(self, writer: ArchiveWriter) -> None:
        """Append the part as it is, unless it is written by itself."""
        if self.member is not None:
            writer.add_member(self.member)
            if self.rels is not None:
                writer.add_member(self.rels)
