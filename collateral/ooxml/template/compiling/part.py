"""Compile one part: its XML → operations.

In: the bytes of a part and where it belongs. Out: operations and diagnostics; None for a part without tags, which is
then copied as it is. Must not know what kind of template the part belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.template.language.alt_text import lift_shape_directives
from collateral.ooxml.template.language.groups import Member
from collateral.ooxml.template.language.lift import Lifter
from collateral.ooxml.template.language.long_comments import shorten_long_comments
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.ops import Ops
from collateral.ooxml.template.language.prefixes import with_usual_prefixes
from collateral.ooxml.template.language.raw import hide_raw_text
from collateral.ooxml.template.language.scan import Scanner, drop_foreign_instructions, look_again
from collateral.ooxml.template.language.tags import FULL_WIDTH
from collateral.ooxml.template.language.tree import TreeReader
from collateral.ooxml.template.language.trimming import join_trimmed_paragraphs
from collateral.ooxml.template.language.vanishing import bracket_paragraphs
from collateral.ooxml.template.tables.adjacent_tables import hook_adjacent_tables
from collateral.ooxml.template.tables.cells import apply_cell_directives
from collateral.ooxml.template.tables.columns import repeat_grid_columns
from collateral.ooxml.template.tables.empty_tables import bracket_tables
from collateral.ooxml.template.tables.merged_cells import hook_merged_cells
from collateral.ooxml.xml import XmlError, parse_xml

Step = Callable[[etree._Element, Marks], None]


@dataclass(slots=True)
class CompiledPart:
    """A part's operations, and the directives in it that govern more than its tree (slide and section ones)."""

    ops: Ops
    problems: list[Diagnostic]
    wide: list[Member] = field(default_factory=list)


def compile_part(
    data: bytes,
    *,
    file: str,
    part: str,
    slide: int | None = None,
    shape: str | None = None,
    before: Iterable[Step] = (),
    after: Iterable[Step] = (),
) -> CompiledPart | None:
    """The part's operations; None when nothing in it is to be computed.

    `before` are steps that see the tree before its tags are searched, `after` when the directives are in their places:
    they may put marks of their own.
    """
    steps_before, steps_after = tuple(before), tuple(after)
    if not steps_before and not steps_after and not _worth_reading(data):
        return None
    try:
        root = with_usual_prefixes(parse_xml(data))
    except XmlError as problem:
        place = Place(file, part=part, slide=slide)
        return CompiledPart([], [Diagnostic.error("broken-part", f'"{part}" is {problem}', place)])
    marks = Marks(file, part, slide, shape)
    drop_foreign_instructions(root)
    hide_raw_text(root, marks)
    if b"#" in data:
        shorten_long_comments(root, marks)
    lift_shape_directives(root, marks)
    for step in steps_before:
        step(root, marks)
    join_trimmed_paragraphs(root, marks)
    Scanner(root, marks).run()
    lifter = Lifter(root, marks)
    _, alone = lifter.run()
    repeat_grid_columns(root, marks, lifter.dropped)
    for step in steps_after:
        step(root, marks)
    if not marks.all and not marks.changed:
        return CompiledPart([], marks.problems) if marks.problems else None
    wide = _take_wide(alone)
    apply_cell_directives(alone, marks)
    hook_merged_cells(root, marks)
    bracket_paragraphs(root, marks)
    if slide is None:  # on a slide that was done before its shapes got their ids
        bracket_tables(root, marks)
        hook_adjacent_tables(root, marks)
    look_again(root, marks)
    ops = TreeReader(root, marks).read()
    return CompiledPart(ops, marks.problems, wide)


def _worth_reading(data: bytes) -> bool:
    """Whether the bytes may hold a tag; braces are the only characters sure to be there, runs may part them."""
    return (b"{" in data and b"}" in data) or any(sign in data for sign in FULL_WIDTH)


def _take_wide(alone: list[Member]) -> list[Member]:
    from collateral.ooxml.template.language.groups import WHOLE
    from collateral.ooxml.template.language.lift import take_out

    wide = [m for m in alone if m.mark.tag is not None and m.mark.tag.prefix in WHOLE]
    for member in wide:
        take_out(member.node)
    return wide
