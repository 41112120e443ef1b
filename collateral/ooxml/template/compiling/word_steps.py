"""What a Word part's tree is prepared with: sections, lists that start over, bookmarks, fields that must be updated.

In: the tree of a part, its directives in their places. Out: the same tree with hooks. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.template.compiling.controls import free_controls
from collateral.ooxml.template.compiling.restarts import ListStyles, restart_lists
from collateral.ooxml.template.compiling.sequences import count_sequences
from collateral.ooxml.template.compiling.torn_fields import check_fields
from collateral.ooxml.template.compiling.word_copies import hook_copies
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.sections import lift_sections, mark_section_ends
from collateral.ooxml.template.shapes.anchored_copies import hook_anchored_copies

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
    """Hooks of one Word part; `has_sections` says whether sections may go that a directive governs."""

    styles: ListStyles = field(default_factory=ListStyles)
    has_sections: bool = False

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Put all hooks."""
        free_controls(root, marks)
        lift_sections(root, marks)
        self.has_sections = mark_section_ends(root, marks) or self.has_sections
        hook_anchored_copies(root, marks)
        restart_lists(root, marks, self.styles)
        check_fields(root, marks)
        hook_copies(root, marks)
        count_sequences(root, marks)


def has_table_of_contents(root: etree._Element) -> bool:
    """Whether the part holds a table of contents, which goes stale when the text changes."""
    return any(code.strip().upper().startswith("TOC") for code in _codes(root))


def has_reference(root: etree._Element) -> bool:
    """Whether the main part holds a cross-reference to a bookmark, which does so, too."""
    return root.tag == qn("w:document") and any(
        code.strip().upper().startswith("REF ") for code in _codes(root)
    )


def _codes(root: etree._Element) -> Iterator[str]:
    yield from (e.text or "" for e in root.iter(qn("w:instrText")))
    yield from (e.get(qn("w:instr")) or "" for e in root.iter(qn("w:fldSimple")))


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
