"""What Word copied from elsewhere in the document: entries of tables of contents, figures and indexes, cross-references, running titles.

In: the tree of a part whose tags are not yet searched. Out: the same tree without the tags of copies that mean nothing where the copy
stands: those that need what only a loop or a `set` knows, and directives that begin or end elsewhere. What such a field shows is
worked out again from the filled document, here or in Word. Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Final

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.groups import CLOSERS, OPENERS
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.scan import PARAGRAPHS, SPACE, join
from collateral.ooxml.template.language.tags import Tag, find_tags, may_hold_tags

_COPYING: Final = re.compile(r"\s*(TOC|INDEX|TOA|REF|STYLEREF)\b", re.IGNORECASE)
_AS_LAID_OUT: Final = "STYLEREF"
"""Word works this one out whenever it lays out a page's header or footer."""
_IDENTIFIER: Final = re.compile(r"""'[^']*'|"[^"]*"|\.\s*\w+|\b([^\W\d]\w*)""")
_NAMED: Final = re.compile(r"\b([^\W\d]\w*)\s*(?:=(?!=)|,|$)")


@dataclass(slots=True)
class CopiedTexts:
    """Cleans the parts of one document; `names` gives the names its loops make, `stale` says that Word must update a field then."""

    names: Callable[[], frozenset[str]]
    stale: bool = False

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Take such tags out of what fields of this part show."""
        copies = [copy for copy in _copies(root) if may_hold_tags(copy.text)]
        known = _names_known(root, {copy.paragraph for copy in copies}) if copies else {}
        for copy in copies:
            tags, _ = find_tags(copy.text)
            unknown = self.names() - known.get(copy.paragraph, frozenset())
            if _stands_alone(tags) and not any(_reads(tag, unknown) for tag in tags):
                continue
            for tag in reversed(tags):
                _cut(copy.texts, tag.start, tag.end)
            marks.changed = True
            is_main = root.tag == qn("w:document")
            is_written_here = is_main and copy.kind in ("TOC", "REF")
            self.stale |= not is_written_here and (is_main or copy.kind != _AS_LAID_OUT)


def names_made(root: etree._Element) -> frozenset[str]:
    """The names that loops and settings in a part give to values."""
    made = {"loop"}
    for paragraph in root.iter(*PARAGRAPHS):
        text = join(paragraph)[1]
        if "{%" in text:
            for tag in find_tags(text)[0]:
                made.update(_made(tag))
    return frozenset(made)


def _made(tag: Tag) -> Iterable[str]:
    if tag.kind != "directive" or tag.word not in ("for", "set", "with"):
        return ()
    named = tag.rest.partition(" in ")[0] if tag.word == "for" else tag.rest
    return _NAMED.findall(named)


def _names_known(
    root: etree._Element, wanted: Container[etree._Element | None]
) -> dict[etree._Element | None, frozenset[str]]:
    """The names of the loops and settings around some paragraphs; their own directives may be copies and do not count."""
    open_: list[frozenset[str]] = [frozenset()]
    found: dict[etree._Element | None, frozenset[str]] = {}
    for paragraph in root.iter(*PARAGRAPHS):
        if paragraph in wanted:
            found[paragraph] = open_[-1]
            continue
        for tag in find_tags(join(paragraph)[1])[0]:
            if tag.kind != "directive":
                continue
            if tag.word in CLOSERS:
                open_[1:] = open_[1:-1]
            elif tag.word in OPENERS:
                open_.append(open_[-1].union(_made(tag), ("loop",) if tag.word == "for" else ()))
            elif tag.word == "set":
                open_[-1] = open_[-1].union(_made(tag))
    return found


def _reads(tag: Tag, names: Container[str]) -> bool:
    return any(name in names for name in _IDENTIFIER.findall(tag.body))


def _stands_alone(tags: Iterable[Tag]) -> bool:
    """Whether every directive among them that opens is closed, and the reverse."""
    depth = 0
    for tag in tags:
        if tag.kind == "directive":
            depth += (tag.word in OPENERS) - (tag.word in CLOSERS)
            if depth < 0:
                return False
    return depth == 0


def _cut(texts: Iterable[etree._Element], start: int, end: int) -> None:
    """Remove these characters of the texts taken together."""
    at = 0
    for text in texts:
        said = text.text or ""
        first, last = max(start - at, 0), max(end - at, 0)
        text.text = said[:first] + said[last:]
        text.set(SPACE, "preserve")
        at += len(said)


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    shows: bool = False  # past its separator

    @property
    def kind(self) -> str:
        """Its name, where it is one that copies; "" for another field."""
        found = _COPYING.match("".join(self.code)) if self.shows else None
        return found[1].upper() if found else ""


@dataclass(slots=True)
class _Copy:
    """What a field of this kind shows in one paragraph."""

    kind: str
    paragraph: etree._Element | None
    texts: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its texts taken together."""
        return "".join(text.text or "" for text in self.texts)


def _copies(root: etree._Element) -> Iterator[_Copy]:
    """What copying fields show, each paragraph for itself."""
    open_: list[_Field] = []
    found: dict[tuple[str, etree._Element | None], _Copy] = {}
    for node in root.iter(qn("w:fldChar"), qn("w:fldSimple"), qn("w:instrText"), qn("w:t")):
        if node.tag == qn("w:fldChar"):
            _follow(node.get(qn("w:fldCharType")), open_)
        elif node.tag == qn("w:instrText") and open_ and not open_[-1].shows:
            open_[-1].code.append(node.text or "")
        elif node.tag == qn("w:t"):
            simple = node.iterancestors(qn("w:fldSimple"))
            around = [*open_, *(_Field([above.get(qn("w:instr")) or ""], shows=True) for above in simple)]
            kind = next((each.kind for each in around if each.kind), "")
            if kind:
                paragraph = next(node.iterancestors(*PARAGRAPHS), None)
                found.setdefault((kind, paragraph), _Copy(kind, paragraph)).texts.append(node)
    yield from found.values()


def _follow(step: str | None, open_: list[_Field]) -> None:
    if step == "begin":
        open_.append(_Field())
    elif step == "separate" and open_:
        open_[-1].shows = True
    elif step == "end" and open_:
        open_.pop()
