"""Fields of a form letter, which a filled document is no more: `MERGEFIELD` and its like.

In: the tree of a Word part whose tags are not yet searched. Out: the same tree, where such a field shows a tag without the field around
it (Word would write its name over the value when fields are updated), and a warning for each that shows none: nobody will fill it.
Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.scan import remove_keeping_tail
from collateral.ooxml.template.language.tags import may_hold_tags

_MERGE: Final = re.compile(
    r'\s*(?:MERGEFIELD\s+"?([^"\\]*[^"\\\s])|(ADDRESSBLOCK|GREETINGLINE))', re.IGNORECASE
)
_HINT: Final = "write a tag instead of the field, {{ client.name }}"


def free_merge_fields(root: etree._Element, marks: Marks) -> None:
    """Take the fields of a form letter off the tags they show; warn of the others."""
    told: set[str] = set()
    for each in list(_fields(root)):
        found = _MERGE.match(each.code)
        if found is None:
            continue
        if each.is_inner or not may_hold_tags("".join(text.text or "" for text in each.texts)):
            name = found[1] or found[2]
            if name not in told:
                told.add(name)
                message = (
                    f'the mail merge field "{name}" is not filled: it shows what it shows in the template'
                )
                place = Place(marks.file, part=marks.part)
                marks.problems.append(Diagnostic.warning("merge-field", message, place, _HINT))
            continue
        each.unwrap()
        marks.changed = True


@dataclass(slots=True)
class _Field:
    """A field: its code, the elements that make it one, the texts it shows, and whether it stands in another's code."""

    is_inner: bool
    code: str = ""
    shows: bool = False  # past its separator
    parts: list[etree._Element] = field(default_factory=list)
    texts: list[etree._Element] = field(default_factory=list)

    def unwrap(self) -> None:
        """Leave what it shows."""
        for part in self.parts:
            if part.tag == qn("w:fldSimple"):
                for child in list(part):
                    part.addprevious(child)
                remove_keeping_tail(part)
                continue
            run = part.getparent()
            remove_keeping_tail(part)
            if run is not None and all(child.tag == qn("w:rPr") for child in run):
                remove_keeping_tail(run)


def _fields(root: etree._Element) -> Iterator[_Field]:
    open_: list[_Field] = []
    for node in root.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if node.tag == qn("w:fldSimple"):
            texts = list(node.iter(qn("w:t")))
            yield _Field(bool(open_), node.get(qn("w:instr")) or "", True, [node], texts)
        elif node.tag == qn("w:fldChar"):
            kind = node.get(qn("w:fldCharType"))
            if kind == "begin":
                open_.append(_Field(any(not each.shows for each in open_)))
            if not open_:
                continue
            open_[-1].parts.append(node)
            if kind == "separate":
                open_[-1].shows = True
            elif kind == "end":
                yield open_.pop()
        elif node.tag == qn("w:instrText") and open_ and not open_[-1].shows:
            open_[-1].code += node.text or ""
            open_[-1].parts.append(node)
        elif node.tag == qn("w:t") and open_ and open_[-1].shows:
            open_[-1].texts.append(node)
