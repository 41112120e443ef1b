"""`{# … #}` over several paragraphs of one text, cell or text box: what stands between the two ends goes.

In: a part's tree before its tags are searched. Out: the same tree; of each such comment the paragraphs between its ends are
gone, and what is left of it in its first and last paragraph is a comment of one paragraph. One that would take more with it
than it says (the end of a loop, of a section or of a field, another comment) is left for `scan` to refuse. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.groups import CLOSERS, MIDDLES, OPENERS, WHOLE
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.scan import PARAGRAPHS, Atom, join, remove_keeping_tail
from collateral.ooxml.template.language.tags import Tag, find_tags

_OPEN, _CLOSE = "{#", "#}"
_PROPERTIES = frozenset(
    qn(n) for n in ("w:pPr", "a:pPr", "w:rPr", "a:rPr", "a:endParaRPr", "w:sdtPr", "w:sdtEndPr")
)
_NEEDS_NO_END = frozenset({"shape", *WHOLE})


@dataclass(slots=True)
class _End:
    """An end of a comment: a paragraph, its joined text and the pieces of it, and where in the text the end is."""

    paragraph: etree._Element
    text: str
    atoms: list[Atom]
    at: int


def shorten_long_comments(root: etree._Element, marks: Marks) -> None:
    """Take out what stands in comments over several paragraphs."""
    gone: set[etree._Element] = set()
    for paragraph in list(root.iter(*PARAGRAPHS)):
        start = _start(paragraph) if paragraph not in gone else None
        found = _comment(start) if start is not None else None
        if start is None or found is None:
            continue
        between, end = found
        taken = [*_beside(start, after=True), *between, *_beside(end, after=False)]
        if _may_go(start, end, taken):
            gone |= {p for element in taken for p in element.iter(*PARAGRAPHS)}
            _take_out(start, end, taken)
            marks.changed = True


def _start(paragraph: etree._Element) -> _End | None:
    """The comment that begins in the paragraph and does not end there."""
    atoms, text = join(paragraph)
    if _OPEN not in text:
        return None
    at = next((at for at, excerpt in find_tags(text)[1] if excerpt.startswith(_OPEN)), -1)
    return _End(paragraph, text, atoms, at) if at >= 0 else None


def _comment(start: _End) -> tuple[list[etree._Element], _End] | None:
    """What stands beside the comment's paragraph up to the one it ends in; None when it does not."""
    between: list[etree._Element] = []
    for element in start.paragraph.itersiblings():
        atoms, text = join(element) if element.tag in PARAGRAPHS else ([], "")
        if _CLOSE in text:
            return between, _End(element, text, atoms, text.index(_CLOSE) + len(_CLOSE))
        between.append(element)
    return None


def _beside(end: _End, *, after: bool) -> list[etree._Element]:
    """What stands in the end's paragraph on the comment's side of it, but properties."""
    node = _atom(end, after=after).element
    found: list[etree._Element] = []
    while node is not end.paragraph:
        found += [e for e in node.itersiblings(preceding=not after) if e.tag not in _PROPERTIES]
        node = node.getparent()  # type: ignore[assignment]
    return found


def _atom(end: _End, *, after: bool) -> Atom:
    """The piece of text the end is in."""
    at = end.at if after else end.at - 1
    return next(atom for atom in end.atoms if atom.start <= at < atom.end)


def _may_go(start: _End, end: _End, taken: list[etree._Element]) -> bool:
    """Whether only what the author sees between the two ends goes with the comment."""
    ends = start.text[start.at + len(_OPEN) :], end.text[: end.at - len(_CLOSE)]
    inner = [join(p)[1] for element in taken for p in element.iter(*PARAGRAPHS)]
    if any(_OPEN in text for text in (*ends, *inner)) or any(_CLOSE in text for text in inner):
        return False
    if any(next(element.iter(qn("w:sectPr")), None) is not None for element in taken):
        return False
    fields = [char.get(qn("w:fldCharType")) for element in taken for char in element.iter(qn("w:fldChar"))]
    tags = [tag for text in (ends[0], *inner, ends[1]) for tag in find_tags(text)[0]]
    return fields.count("begin") == fields.count("end") and _closes_what_it_opens(tags)


def _closes_what_it_opens(tags: Iterable[Tag]) -> bool:
    """Whether every directive that needs one has its end among these tags."""
    open_: list[Tag] = []
    for tag in tags:
        if tag.kind != "directive":
            continue
        if tag.word in OPENERS:
            open_.append(tag)
        elif tag.word in MIDDLES | CLOSERS:
            while open_ and open_[-1].prefix in _NEEDS_NO_END and tag.prefix != open_[-1].prefix:
                open_.pop()
            if not open_ or (tag.word in CLOSERS and OPENERS[open_.pop().word] != tag.word):
                return False
    return all(tag.prefix in _NEEDS_NO_END for tag in open_)


def _take_out(start: _End, end: _End, taken: list[etree._Element]) -> None:
    for marker in list(_lone_markers(taken)):
        start.paragraph.append(marker)
    first, last = _atom(start, after=True), _atom(end, after=False)
    first.element.text = start.text[first.start : start.at] + start.text[start.at :] + _CLOSE
    last.element.text = _OPEN + end.text[: last.end]
    for element in taken:
        remove_keeping_tail(element)


def _lone_markers(taken: list[etree._Element]) -> Iterator[etree._Element]:
    """The ends of bookmarks and the like whose other end stays."""
    inside = [e for element in taken for e in element.iter(etree.Element) if _marker(e) is not None]
    found = [_marker(e) for e in inside]
    yield from (e for e in inside if found.count(_marker(e)) == 1)


def _marker(element: etree._Element) -> tuple[str, str] | None:
    """What the two ends of a range have in common; None for what is no end of one."""
    name, number = str(element.tag), element.get(qn("w:id"))
    kind = name.removesuffix("Start").removesuffix("End")
    return (kind, number) if number is not None and kind != name else None
