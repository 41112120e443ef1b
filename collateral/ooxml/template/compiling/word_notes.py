"""Footnotes, endnotes and comments whose place may be left out, by a directive or a comment of the template: they go with it.

In: the main part with the operations that write it; then the parts with the notes, and with what else is known of comments. Out: these
with brackets around such notes. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.package import Part
from collateral.ooxml.template.filling.notes import notes_referred_to
from collateral.ooxml.template.language.marks import Marks, bracket
from collateral.ooxml.template.language.op_facts import always_written
from collateral.ooxml.template.language.ops import Ops
from collateral.ooxml.xml import XmlError, parse_xml

_NOTES = {qn("w:footnote"): "footnote", qn("w:endnote"): "endnote", qn("w:comment"): "comment"}
_KEYS = ("paraId", "durableId")


@dataclass(slots=True)
class NoteSteps:
    """`loose` are the notes that may be left out; `keys` the comments among them by the numbers other parts know them by."""

    loose: frozenset[str] = field(default_factory=frozenset)
    keys: dict[str, str] = field(default_factory=dict)

    def look_at(self, main: Part, ops: Ops, parts: Iterable[Part]) -> None:
        """Note which notes the main part may come not to refer to."""
        self.loose = notes_referred_to(main.data()) - notes_referred_to(b"\0".join(always_written(ops)))
        if not self.loose:
            return
        roots = [
            root for part in parts if "comments" in part.content_type and (root := _root(part)) is not None
        ]
        for note in (note for root in roots for note in root.iter(qn("w:comment"))):
            self.keys |= {key: _name(note) for line in note.iter(qn("w:p")) for key in _keys(line)}
        about = [element for root in roots for element in root if element.tag not in _NOTES]
        for element in sorted(
            about, key=lambda e: len(list(_keys(e))), reverse=True
        ):  # two numbers tie others to them
            name = next((self.keys[key] for key in _keys(element) if key in self.keys), "")
            self.keys |= {key: name for key in _keys(element) if name}

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Bracket these notes."""
        for note in list(root) if self.loose else ():
            names = [_name(note)] if note.tag in _NOTES else [self.keys.get(key, "") for key in _keys(note)]
            if names and names[0] in self.loose:
                bracket(note, marks.add("about", note=names[0]), marks.add("about", closes=True))


def _root(part: Part) -> etree._Element | None:
    try:
        return parse_xml(part.data())
    except XmlError:  # said when the part itself is compiled
        return None


def _name(note: etree._Element) -> str:
    return f"{_NOTES[str(note.tag)]} {note.get(qn('w:id'))}"


def _keys(element: etree._Element) -> Iterator[str]:
    """The numbers an element gives a paragraph or a comment."""
    for name, value in element.items():
        if str(name).rpartition("}")[2] in _KEYS:
            yield str(value)
