"""Numbers of captions ("Figure 3") that a loop repeats or a condition leaves out: they count what is really there.

In: the tree of the main part whose directives stand where they belong. Out: the same tree with hooks in the results of its SEQ
fields. Word works these out only when somebody asks it to. Compile time only.

Only plain sequences are counted, those from 1 on in Arabic figures: one with a switch that sets, hides or repeats its number
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import qn
from collateral.ooxml.template.compiling.word_copies import open_directives
from collateral.ooxml.template.language.contents import BRANCHES
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook

_SEQUENCE = re.compile(r'\s*SEQ\s+"?([^\s"\\]+)"?(.*)', re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"(?:\s*\\\*\s*(?:ARABIC|MERGEFORMAT))*\s*", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """A field: its code, the texts of its result, whether a directive governs it, whether older programs alone show it."""

    code: str
    texts: list[etree._Element]
    governed: bool
    repeated: bool
    whole: bool = True

    @property
    def name(self) -> str:
        """The sequence it belongs to; "" for another field."""
        found = _SEQUENCE.match(self.code)
        return found[1].lower() if found else ""

    def is_plain(self) -> bool:
        """Whether it counts on by one and shows the number."""
        found = _SEQUENCE.match(self.code)
        shown = len(self.texts) == 1 and len(self.texts[0]) == 0 and (self.texts[0].text or "").isdecimal()
        return self.whole and shown and found is not None and _PLAIN.fullmatch(found[2]) is not None


def count_sequences(root: etree._Element, marks: Marks) -> None:
    """Put hooks into the results of the sequences that directives change."""
    if root.tag != qn("w:document"):
        return
    sequences: dict[str, list[_Field]] = {}
    for each in _fields(root, marks):
        if each.name:
            sequences.setdefault(each.name, []).append(each)
    for name, fields in sequences.items():
        if (
            any(f.governed for f in fields)
            and all(f.is_plain() for f in fields)
            and fields[0].texts[0].text == "1"
        ):
            for each in fields:
                text = each.texts[0]
                text.text = None
                text.insert(
                    0, instruction(marks.add("hook", note=Hook("sequence", (name, not each.repeated))))
                )


def _fields(root: etree._Element, marks: Marks) -> Iterator[_Field]:
    """The fields of a part in the order they begin."""
    found: list[_Field] = []
    open_: list[_Field] = []
    results: list[bool] = []
    for node, directives in open_directives(root, marks):
        if node.tag == qn("w:fldSimple"):
            made = _field(node, node.get(qn("w:instr")) or "", governed=bool(directives))
            made.texts = list(node.iter(qn("w:t")))
            found.append(made)
        elif node.tag == qn("w:fldChar"):
            kind = node.get(qn("w:fldCharType"))
            if kind == "begin":
                open_.append(_field(node, "", governed=bool(directives)))
                results.append(False)
                found.append(open_[-1])
            elif kind == "separate" and open_:
                results[-1] = True
            elif open_:
                open_.pop()
                results.pop()
        elif open_ and node.tag == qn("w:instrText") and not results[-1]:
            open_[-1].code += node.text or ""
            open_[-1].whole &= len(node) == 0
        elif open_ and node.tag == qn("w:t") and results[-1]:
            open_[-1].texts.append(node)
    yield from found


def _field(node: etree._Element, code: str, *, governed: bool) -> _Field:
    repeated = any(above.tag == BRANCHES[1] for above in node.iterancestors())
    return _Field(code, [], governed, repeated)
