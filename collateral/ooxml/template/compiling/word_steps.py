"""What a Word part's tree is prepared with: sections, lists that start over, bookmarks, fields that must be updated.

In: the tree of a part, its directives in their places. Out: the same tree with hooks. Compile time only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import qn
from collateral.ooxml.template.compiling.controls import free_controls
from collateral.ooxml.template.compiling.torn_fields import check_fields
from collateral.ooxml.template.compiling.word_copies import hook_copies
from collateral.ooxml.template.language.marks import Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.sections import lift_sections, mark_section_ends
from collateral.ooxml.template.shapes.anchored_copies import hook_anchored_copies
from collateral.ooxml.template.shapes.unique_ids import token

_BEFORE_NUMBERS = frozenset(
    qn(n)
    for n in ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl")
)
_AFTER_UPDATE = frozenset(
    qn(f"w:{n}")
    for n in (
        "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang",
        "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
        "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags",
        "decimalSymbol", "listSeparator",
    )
)  # fmt: skip


@dataclass(slots=True)
class WordSteps:
    """Hooks of one Word part; `style_lists` are the list numbers paragraph styles bring along, `has_sections` says whether
    sections may go that a directive governs."""

    style_lists: Mapping[str, str] = field(default_factory=dict)
    has_sections: bool = False

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Put all hooks."""
        free_controls(root, marks)
        lift_sections(root, marks)
        self.has_sections = mark_section_ends(root, marks) or self.has_sections
        hook_anchored_copies(root, marks)
        self._lists(root, marks)
        check_fields(root, marks)
        hook_copies(root, marks)

    def _lists(self, root: etree._Element, marks: Marks) -> None:
        """A list inside a loop inside a loop starts over each time the inner loop runs."""
        open_: list[etree._Element] = []
        found: dict[etree._Element, list[etree._Element]] = {}
        for node in list(root.iter()):
            if is_instruction(node):
                _track(node, marks.of(node), open_)
            elif node.tag == qn("w:p") and len(open_) >= 2 and (number := self._list_of(node)) is not None:
                found.setdefault(open_[-1], []).append(number)
        for at, (loop, numbers) in enumerate(found.items()):
            key = f"{marks.part} {at}"
            for number in numbers:
                number.set(
                    qn("w:val"), token(marks, Hook("list_number", (key, number.get(qn("w:val")) or "")))
                )
            loop.addprevious(instruction(marks.add("hook", note=Hook("new_list", key))))

    def _list_of(self, paragraph: etree._Element) -> etree._Element | None:
        """The paragraph's `w:numId`, written out when its style brings it."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
        style = properties.find(qn("w:pStyle"))
        known = self.style_lists.get(style.get(qn("w:val")) or "") if style is not None else None
        if number is not None or known is None:
            return number
        wanted = etree.Element(qn("w:numPr"))
        number = etree.SubElement(wanted, qn("w:numId"))
        number.set(qn("w:val"), known)
        at = max((i + 1 for i, child in enumerate(properties) if child.tag in _BEFORE_NUMBERS), default=0)
        properties.insert(at, wanted)
        return number


def _track(node: etree._Element, mark: Mark, open_: list[etree._Element]) -> None:
    if mark.kind == "directive" and mark.word == "for":
        open_.append(node)
    elif mark.kind == "directive" and mark.word == "endfor" and open_:
        open_.pop()


def style_lists(styles: etree._Element) -> dict[str, str]:
    """The list number each paragraph style brings along, by style id."""
    found: dict[str, str] = {}
    for style in styles.iter(qn("w:style")):
        number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            found[style.get(qn("w:styleId")) or ""] = number.get(qn("w:val")) or ""
    return found


def has_table_of_contents(root: etree._Element) -> bool:
    """Whether the part holds a table of contents, which goes stale when the text changes."""
    codes = [e.text or "" for e in root.iter(qn("w:instrText"))]
    codes += [e.get(qn("w:instr")) or "" for e in root.iter(qn("w:fldSimple"))]
    return any(code.strip().upper().startswith("TOC") for code in codes)


def ask_to_update_fields(settings: etree._Element) -> None:
    """Have Word bring fields up to date when it opens the document."""
    if settings.find(qn("w:updateFields")) is not None:
        return
    wanted = etree.Element(qn("w:updateFields"))
    wanted.set(qn("w:val"), "true")
    at = next(
        (i for i, child in enumerate(settings) if child.tag in _AFTER_UPDATE or _is_foreign(child)),
        len(settings),
    )
    settings.insert(at, wanted)


def _is_foreign(child: etree._Element) -> bool:
    return not str(child.tag).startswith(qn("w:x")[:-1])
