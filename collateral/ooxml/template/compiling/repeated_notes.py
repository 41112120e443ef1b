"""Footnotes and endnotes whose place stands in a loop: every copy of the place gets a note of its own, which knows its turn.

In: the tree of the main part before its tags are searched; later those of the notes. Out: the main part with such a note beside what
refers to it, in brackets that put aside what it comes to; the notes with a hook where the copies go. Compile time only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from collateral.ooxml.names import CT_ENDNOTES, CT_FOOTNOTES, NAMESPACES, qn
from collateral.ooxml.package import Part
from collateral.ooxml.template.language.marks import Marks, bracket, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.prefixes import with_usual_prefixes
from collateral.ooxml.template.language.scan import TEXTS
from collateral.ooxml.template.language.tags import find_tags
from collateral.ooxml.template.shapes.unique_ids import token
from collateral.ooxml.xml import XmlError, parse_xml, whole_number

_ID = qn("w:id")
_REFERENCES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_NOTES = {qn("w:footnote"): "footnote", qn("w:endnote"): "endnote"}
_STEPS = {"for": 1, "endfor": -1}
_OF_THE_PART = ("picture(", "slot(", "block(", "endraw", "{#")
"""What writes into the part it stands in, and what is looked for before notes are."""


class RepeatedNotes:
    """The notes of one document; `copied` are those written with the main part."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = [part for part in parts if part.content_type in (CT_FOOTNOTES, CT_ENDNOTES)]
        self.copied: set[str] = set()
        self.free: dict[str, int] = {}

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Put the notes that a loop of the main part refers to beside what refers to them."""
        repeated = set(_in_loops(root)) if self.parts and root.tag == qn("w:document") else set()
        if not repeated:
            return
        places = Counter(_name(node) for node in root.iter(*_REFERENCES))
        notes = self._notes(root)
        for reference in [node for node in root.iter(*_REFERENCES) if node in repeated]:
            name = _name(reference)
            if places[name] == 1 and name in notes:
                self.copied.add(name)
                _put_beside(
                    reference, deepcopy(notes[name]), self.free[_REFERENCES[str(reference.tag)]], marks
                )

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Leave a hook for the copies of a note in its place."""
        for note in [child for child in root if child.tag in _NOTES and _name(child) in self.copied]:
            note.addprevious(instruction(marks.add("hook", note=Hook("put_aside_as", _name(note)))))
            root.remove(note)

    def _notes(self, main: etree._Element) -> dict[str, etree._Element]:
        """The notes that may be copied, by name; notes the first free number of each kind."""
        found: dict[str, etree._Element] = {}
        for part in self.parts:
            try:
                root = with_usual_prefixes(parse_xml(part.data()))
            except XmlError:  # said when the part itself is compiled
                continue
            notes = [note for note in root if note.tag in _NOTES]
            self.free |= {_NOTES[str(n.tag)]: 1 + max(whole_number(m.get(_ID)) for m in notes) for n in notes}
            found |= {_name(note): note for note in notes if _may_move(note, root, main)}
        return found


def _name(node: etree._Element) -> str:
    return f"{_NOTES.get(str(node.tag)) or _REFERENCES[str(node.tag)]} {node.get(_ID)}"


def _in_loops(root: etree._Element) -> Iterator[etree._Element]:
    """The references to notes that stand between a loop's tag and its end."""
    pieces: list[str] = []
    found: list[tuple[int, etree._Element]] = []
    at = 0
    for node in root.iter(*TEXTS, *_REFERENCES, qn("w:p")):
        if node.tag in _REFERENCES:
            found.append((at, node))
            continue
        piece = "\n" if node.tag == qn("w:p") else node.text or ""
        pieces.append(piece)
        at += len(piece)
    tags = [(tag.start, _STEPS[tag.word]) for tag in find_tags("".join(pieces))[0] if tag.word in _STEPS]
    for place, node in found:
        if sum(step for start, step in tags if start < place) > 0:
            yield node


def _may_move(note: etree._Element, root: etree._Element, main: etree._Element) -> bool:
    """Whether the note means the same in the main part: it leads to no other part, and its prefixes are the main part's."""
    if note.get(qn("w:type")) is not None or any(
        call in "".join(map(str, note.itertext())) for call in _OF_THE_PART
    ):
        return False
    used: set[tuple[str | None, str | None]] = {
        (element.prefix, etree.QName(element).namespace) for element in note.iter(etree.Element)
    }
    for element in note.iter(etree.Element):
        names = [etree.QName(str(name)).namespace for name in element.attrib]
        if NAMESPACES["r"] in names:
            return False
        used |= {(prefix, uri) for prefix, uri in element.nsmap.items() if uri in names}
    return all(root.nsmap.get(p) == uri == main.nsmap.get(p) for p, uri in used)


def _put_beside(reference: etree._Element, note: etree._Element, free: int, marks: Marks) -> None:
    name = _name(reference)
    reference.set(_ID, token(marks, Hook("note_number", (name, free))))
    note.set(_ID, token(marks, Hook("bookmark", (name, False))))
    note.tail = None
    reference.addnext(note)
    bracket(note, marks.add("aside", note=name), marks.add("aside", closes=True))
