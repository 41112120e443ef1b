"""Find the tags of one part's tree and put a mark where each begins.

In: the tree of a part. Out: the same tree with the tags' text replaced by marks. A paragraph's text is joined over its
runs first, so a tag may be split over any number of them; it takes the place (and so the look) of its first character,
and nothing else in the paragraph moves. Deleted text is left alone. Must not decide what a directive governs: `lift` does.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import (
    LOOK,
    TARGET,
    Context,
    Mark,
    Marks,
    instruction,
    is_instruction,
)
from collateral.ooxml.template.language.places import NAMED, Places, name_of
from collateral.ooxml.template.language.run_direction import is_turned, turned_properties
from collateral.ooxml.template.language.tags import Tag, find_tags, may_hold_tags, unescape

PARAGRAPHS = (qn("w:p"), qn("a:p"))
TEXTS = frozenset({qn("w:t"), qn("a:t"), qn("m:t")})
RUNS = frozenset({qn("w:r"), qn("a:r"), qn("m:r")})
_BREAKS = {
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("a:br"): "\n",
    qn("w:tab"): "\t",
    qn("w:noBreakHyphen"): "-",
}
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})
_SKIPPED = _DELETED | {qn(n) for n in ("w:pPr", "w:rPr", "a:pPr", "a:rPr")}
_FIELD_CODE = qn("w:instr")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class Atom:
    """A text element (or a break, which stands for one character) in a paragraph's joined text."""

    element: etree._Element
    start: int
    end: int
    is_text: bool


class Scanner:
    """Walks one part; `marks` collects what it finds."""

    def __init__(self, root: etree._Element, marks: Marks) -> None:
        self.root, self.marks = root, marks
        self._places = Places(marks)
        self._passed: dict[etree._Element, Place] = {}

    def run(self) -> None:
        """Mark every tag of the part."""
        for paragraph in self.root.iter(*PARAGRAPHS):
            self._paragraph(paragraph)
        for element in self.root.iter(etree.Element):
            self._attributes(element)
            self._plain(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        atoms, text = join(paragraph)
        place = self._passed[paragraph] = self._places.of(paragraph, text)
        if may_hold_tags(text):
            tags, problems = find_tags(text)
            for _, excerpt in problems:
                self._unclosed(excerpt, place)
            made = [self._mark(tag, place) for tag in tags]
            for tag, mark in zip(reversed(tags), reversed(made), strict=True):
                _replace(atoms, tag, mark)
        if unescape(text) != text:
            self.marks.changed = True
            for atom in atoms:
                _unescape(atom.element)

    def _mark(self, tag: Tag, place: Place) -> Mark:
        return self.marks.add(tag.kind, tag=tag, place=place)

    def _unclosed(self, excerpt: str, place: Place) -> None:
        closer = {"{{": "}}", "{%": "%}", "{#": "#}"}[excerpt[:2]]
        hints = [f'add "{closer}" in the same paragraph']
        if closer == "#}":
            hints = [
                "a loop is written {% for item in list %}, a condition {% if … %}; {# … #} is a comment",
                "a comment may end in a later paragraph of the same text, cell or text box, when what opens in it ends in it "
                "and no other comment, section or field begins or ends in it",
            ]
        lacks = f'no "{closer}"'
        if closer in excerpt:
            lacks, hints = (
                "a quotation mark without its partner",
                ["a text begins and ends with the same mark"],
            )
        self.marks.error("tag-not-closed", f'the tag "{excerpt}" has {lacks}', place, *hints)

    def _attributes(self, element: etree._Element) -> None:
        for name, value in element.items():
            value = str(value)
            if may_hold_tags(value):
                where = name_of(element) if element.tag in NAMED else None
                place = Place(self.marks.file, part=self.marks.part, slide=self.marks.slide, shape=where)
                element.set(name, self._with_tokens(value, place, str(name)))

    def _with_tokens(self, value: str, place: Place, name: str) -> str:
        tags, problems = find_tags(value)
        for _, excerpt in problems:
            self._unclosed(excerpt, place)
        out, at = [], 0
        for tag in tags:
            form = "field" if name == _FIELD_CODE else "attribute"
            mark = self.marks.add(tag.kind, tag=tag, place=place, context=Context(form))
            out += [unescape(value[at : tag.start]), f"{self.marks.token}{mark.id}{self.marks.token}"]
            at = tag.end
        return "".join([*out, unescape(value[at:])])

    def _plain(self, element: etree._Element) -> None:
        """Text that is no paragraph's: properties, chart caches, field codes."""
        text = element.text
        if text is None or element.tag in TEXTS or not may_hold_tags(text) or _is_deleted(element):
            return
        around = next(element.iterancestors(*PARAGRAPHS), None)
        part = Place(self.marks.file, part=self.marks.part, slide=self.marks.slide)
        place = self._passed.get(around, part) if around is not None else part
        tags, problems = find_tags(text)
        for _, excerpt in problems:
            self._unclosed(excerpt, place)
        context = Context("field" if element.tag == qn("w:instrText") else "text")
        marks = [self.marks.add(t.kind, tag=t, place=place, context=context) for t in tags]
        for tag, mark in zip(reversed(tags), reversed(marks), strict=True):
            _cut(element, tag.start, tag.end, mark)


def drop_foreign_instructions(root: etree._Element) -> None:
    """Remove comments and processing instructions: nothing in a part may look like a mark of ours."""
    for node in list(root.iter(etree.ProcessingInstruction, etree.Comment)):
        if node.getparent() is not None:
            remove_keeping_tail(node)


def join(paragraph: etree._Element) -> tuple[list[Atom], str]:
    """The paragraph's text over all runs, without nested paragraphs and deleted text."""
    atoms: list[Atom] = []
    pieces: list[str] = []
    at = 0
    for element in _text_elements(paragraph):
        is_text = element.tag in TEXTS
        piece = (element.text or "") if is_text else _BREAKS[str(element.tag)]
        atoms.append(Atom(element, at, at + len(piece), is_text))
        pieces.append(piece)
        at += len(piece)
    return atoms, "".join(pieces)


def _text_elements(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        tag = child.tag
        if tag in TEXTS or tag in _BREAKS:
            yield child
        elif isinstance(tag, str) and tag not in _SKIPPED and tag not in PARAGRAPHS:
            yield from _text_elements(child)


def _replace(atoms: list[Atom], tag: Tag, mark: Mark) -> None:
    """Take a tag's characters out of its atoms and put its mark where the first one was."""
    placed = False
    for atom in atoms:
        if atom.end <= tag.start or atom.start >= tag.end:
            continue
        if not atom.is_text:
            remove_keeping_tail(atom.element)
            continue
        first, last = max(tag.start - atom.start, 0), min(tag.end - atom.start, atom.end - atom.start)
        _cut(atom.element, first, last, None if placed else mark)
        if not placed and mark.kind == "value":
            mark.context = run_context(atom.element)
        placed = True


def _cut(element: etree._Element, first: int, last: int, mark: Mark | None) -> None:
    """Remove characters from an element's leading text; later marks of it are children already."""
    text = element.text or ""
    if element.tag == qn("w:t"):
        element.set(SPACE, "preserve")
    if mark is None:
        element.text = text[:first] + text[last:]
        prune(element)
        return
    node = instruction(mark)
    node.tail = text[last:]
    element.text = text[:first]
    element.insert(0, node)


def prune(text: etree._Element) -> None:
    """Remove a text element left empty, and its run when that held nothing else."""
    element: etree._Element | None = text
    while element is not None and (element.tag in TEXTS or element.tag in RUNS) and is_empty(element):
        above = element.getparent()
        if above is None:
            return
        remove_keeping_tail(element)
        element = above


def is_empty(element: etree._Element) -> bool:
    """Whether a text element or a run shows nothing and holds no mark."""
    if element.tag in TEXTS:
        return not element.text and len(element) == 0
    return all(str(child.tag).endswith("}rPr") for child in element)


def look_again(root: etree._Element, marks: Marks) -> None:
    """Note for values in runs that hold marks, as links do, that these are to be written in further runs, too."""
    for node in root.iter(etree.ProcessingInstruction):
        text = node.getparent()
        run = text.getparent() if text is not None else None
        if text is None or run is None or run.tag != qn("a:r") or not is_instruction(node):
            continue
        if text.tag != qn("a:t"):
            continue  # stray text among the run's properties: it would be part of its own look
        mark, look = marks.of(node), _look_of(run)
        if mark.kind == "value" and (marks.token.encode() in look or f"<?{TARGET} ".encode() in look):
            mark.context = replace(run_context(text, LOOK), look=look)


def run_context(element: etree._Element, look: bytes | None = None) -> Context:
    """How a value in this text element breaks lines and makes way for runs of its own; `look` instead of the run's properties."""
    run = element.getparent()
    if run is None or run.tag not in RUNS:
        return Context("text")
    prefix = {qn("w:r"): "w", qn("a:r"): "a"}.get(str(run.tag))
    if prefix is None:
        return Context("text")
    name, look = _prefix_of(run), _look_of(run) if look is None else look
    opened = f"<{name}t>" if prefix == "a" else f'<{name}t xml:space="preserve">'
    leave, enter = f"</{name}t></{name}r>".encode(), f"<{name}r>".encode() + look + opened.encode()
    if prefix == "a":
        return Context(
            "run",
            leave + f"<{name}br>".encode() + look + f"</{name}br>".encode() + enter,
            b"\t",
            leave,
            enter,
        )
    return Context(
        "run",
        f"</{name}t><{name}br/>{opened}".encode(),
        f"</{name}t><{name}tab/>{opened}".encode(),
        leave,
        enter,
        other=_enter_turned(run, f"<{name}r>".encode(), opened.encode()),
        turned=is_turned(run),
    )


def _enter_turned(run: etree._Element, before: bytes, after: bytes) -> bytes:
    """What enters a run that is like this one but for its direction."""
    properties = turned_properties(run)
    if properties is None:
        return b""
    look = bare_xml(properties)
    run.remove(properties)
    return before + look + after


def _prefix_of(element: etree._Element) -> str:
    return f"{element.prefix}:" if element.prefix else ""


def _look_of(run: etree._Element) -> bytes:
    """The run's properties as XML that needs no namespace declarations of its own."""
    for child in run:
        if child.tag in (qn("w:rPr"), qn("a:rPr")):
            return bare_xml(child)
    return b""


def bare_xml(element: etree._Element) -> bytes:
    """The element's XML for use inside the same part: without the declarations lxml adds for a lone element."""
    text = etree.tostring(element, encoding="UTF-8", with_tail=False)
    for prefix, uri in element.nsmap.items():
        if element.getparent() is not None and prefix in element.getparent().nsmap:  # type: ignore[union-attr]
            declaration = f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"'
            text = text.replace(declaration.encode(), b"", 1)
    return text


def _unescape(element: etree._Element) -> None:
    """Undo the dialect's escapes in an element's own text, marks in it left alone."""
    element.text = unescape(element.text) if element.text else element.text
    for child in element:
        child.tail = unescape(child.tail) if child.tail else child.tail


def remove_keeping_tail(node: etree._Element) -> None:
    parent, tail = node.getparent(), node.tail
    if parent is None:
        return
    before = node.getprevious()
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)


def _is_deleted(element: etree._Element) -> bool:
    return element.tag == qn("w:delText") or any(a.tag in _DELETED for a in element.iterancestors())


__all__ = [
    "PARAGRAPHS",
    "RUNS",
    "SPACE",
    "TEXTS",
    "Scanner",
    "bare_xml",
    "is_instruction",
    "join",
    "run_context",
]
