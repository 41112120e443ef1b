"""Footnotes and endnotes whose reference may be left out, by a directive or a comment: they go with it.

In: the main part with the operations that write it; then the parts with the notes. Out: these with brackets around such notes. Compile
time only.
"""

from __future__ import annotations

from dataclasses import field

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import qn
from collateral.ooxml.package import Part
from collateral.ooxml.template.filling.notes import notes_referred_to
from collateral.ooxml.template.language.marks import Marks, bracket
from collateral.ooxml.template.language.op_facts import always_written
from collateral.ooxml.template.language.ops import Ops

_NOTES = {qn("w:footnote"): "footnote", qn("w:endnote"): "endnote"}


@dataclass(slots=True)
class NoteSteps:
    """`loose` are the notes that may be left out."""

    loose: frozenset[str] = field(default_factory=frozenset)

    def look_at(self, main: Part, ops: Ops) -> None:
        """Note which notes the main part may come not to refer to."""
        self.loose = notes_referred_to(main.data()) - notes_referred_to(b"\0".join(always_written(ops)))

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Bracket these notes."""
        for note in list(root.iter(*_NOTES)) if self.loose else ():
            name = f"{_NOTES[str(note.tag)]} {note.get(qn('w:id'))}"
            if name in self.loose:
                bracket(note, marks.add("note", note=name), marks.add("note", closes=True))
