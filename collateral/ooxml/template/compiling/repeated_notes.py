"""Footnotes and endnotes whose place stands in a loop: every copy of the place gets a note of its own, which knows its turn.

In: the tree of the main part before its tags are searched; later those of the notes. Out: the main part with each note beside what
refers to it, in brackets that put aside what it comes to; the notes with a hook where the copies go. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import CT_ENDNOTES, CT_FOOTNOTES, NAMESPACES, qn
from collateral.ooxml.package import Part
from collateral.ooxml.template.language.marks import Marks, bracket, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.prefixes import with_usual_prefixes
from collateral.ooxml.template.language.scan import TEXTS
from collateral.ooxml.template.language.tags import find_tags, may_hold_tags
from collateral.ooxml.template.pictures.links import lent_relation
from collateral.ooxml.template.shapes.unique_ids import token
from collateral.ooxml.xml import XmlError, parse_xml, whole_number

_ID = qn("w:id")
_TYPE = qn("w:type")
_RELATION = f"{{{NAMESPACES['r']}}}"
_REFERENCES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_NOTES = {qn("w:footnote"): "footnote", qn("w:endnote"): "endnote"}
_STEPS = {"for": 1, "endfor": -1}
_OF_THE_PART = ("picture(", "slot(", "block(", "endraw", "{#")
"""What writes into the part it stands in, and what is looked for before notes are."""


@dataclass(frozen=True, slots=True)
class _Note:
    """A note, and the part it stands in."""

    element: etree._Element
    part: Part


class RepeatedNotes:
    """The notes of one document; `copied` are those written with the main part."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = [part for part in parts if part.content_type in (CT_FOOTNOTES, CT_ENDNOTES)]
        self.copied: set[str] = set()

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Put the notes beside what refers to them where a loop of the main part does; all of them, for some programs take
        them in the order of their numbers."""
        if not self.parts or root.tag != qn("w:document") or next(_in_loops(root), None) is None:
            return
        references = list(root.iter(*_REFERENCES))
        notes = self._notes(root)
        beside = [node for node in references if _name(node) in notes]
        self.copied = {_name(node) for node in beside}
        for reference in beside:
            note = notes[_name(reference)]
            _put_beside(reference, note, self._first_number(note.element), marks)

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Leave a hook for the copies in the place of the first of their notes."""
        copied = [child for child in root if child.tag in _NOTES and _name(child) in self.copied]
        for note in copied[:1]:
            kind = _NOTES[str(note.tag)]
            note.addprevious(instruction(marks.add("hook", note=Hook("put_aside_as", kind))))
        for note in copied:
            root.remove(note)

    def _notes(self, main: etree._Element) -> dict[str, _Note]:
        """The notes that may be copied, by name."""
        found: dict[str, _Note] = {}
        for part in self.parts:
            try:
                root = with_usual_prefixes(parse_xml(part.data()))
            except XmlError:  # said when the part itself is compiled
                continue
            notes = [note for note in root if note.tag in _NOTES]
            found |= {_name(note): _Note(note, part) for note in notes if _may_move(note, root, main)}
        return found

    def _first_number(self, note: etree._Element) -> int:
        """The first number of the copies: the first of all notes when they are all copied, else the first that is free."""
        others = list(note.itersiblings(*_NOTES, preceding=True))
        all_ = [each for each in (*others, note, *note.itersiblings(*_NOTES)) if each.get(_TYPE) is None]
        numbers = [whole_number(each.get(_ID)) for each in all_]
        return min(numbers) if all(_name(each) in self.copied for each in all_) else max(numbers) + 1


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
    """Whether the note means the same in the main part: nothing in it asks for a picture of its own part, and its prefixes are the
    main part's."""
    if note.get(_TYPE) is not None or any(
        call in "".join(map(str, note.itertext())) for call in _OF_THE_PART
    ):
        return False
    used: set[tuple[str | None, str | None]] = {
        (element.prefix, etree.QName(element).namespace) for element in note.iter(etree.Element)
    }
    for element in note.iter(etree.Element):
        names = [etree.QName(str(name)).namespace for name in element.attrib]
        if element.tag != qn("w:hyperlink") and any(map(may_hold_tags, map(str, element.attrib.values()))):
            return False
        used |= {(prefix, uri) for prefix, uri in element.nsmap.items() if uri in names}
    return all(root.nsmap.get(p) == uri == main.nsmap.get(p) for p, uri in used)


def _put_beside(reference: etree._Element, original: _Note, free: int, marks: Marks) -> None:
    name = _name(reference)
    note = deepcopy(original.element)
    _keep_relations(note, original.part, marks)
    reference.set(_ID, token(marks, Hook("note_number", (name, free))))
    note.set(_ID, token(marks, Hook("bookmark", (name, False))))
    note.tail = None
    reference.addnext(note)
    kind = _REFERENCES[str(reference.tag)]
    bracket(note, marks.add("aside", note=kind), marks.add("aside", closes=True))


def _keep_relations(note: etree._Element, part: Part, marks: Marks) -> None:
    """Let nothing take what the note points to for relationships of the main part."""
    place = Place(marks.file, part=part.name)
    for element in note.iter(etree.Element):
        for name, value in element.items():
            relationship = part.relationship(str(value)) if str(name).startswith(_RELATION) else None
            if relationship is not None:
                element.set(name, lent_relation(relationship, marks, place))
