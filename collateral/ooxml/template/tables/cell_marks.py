"""One directive of one table cell, and how it writes into the cell and its neighbours.

In: the cell a directive stands in. Out: tokens for attributes, directives around cells and in paragraphs. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.expressions import parse
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.contents import holds_only
from collateral.ooxml.template.language.lift import CELLS
from collateral.ooxml.template.language.marks import Context, Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import PARAGRAPHS
from collateral.ooxml.template.language.tags import Tag


@dataclass(slots=True)
class CellDirective:
    """A directive (colspan, cellbg, vm, hm) and the cell it stands in."""

    cell: etree._Element
    mark: Mark
    marks: Marks

    @property
    def text(self) -> str:
        """The tag as its author wrote it."""
        return self.mark.tag.text if self.mark.tag else self.mark.word

    @property
    def source(self) -> str:
        """What follows its word: an expression, or nothing."""
        return self.mark.tag.rest if self.mark.tag else ""

    def refuse(self, what: str, hint: str) -> None:
        """Say that it cannot stand here."""
        self.marks.error("tag-misplaced", f'"{self.text}" {what}', self.mark.place, hint)

    def makes_sense(self) -> bool:
        """Whether its expression is one, or the loop it is about is there; said when not."""
        if self.mark.word in ("vm", "hm"):
            if not _is_in_loop(self.cell, self.marks):
                what = "rows" if self.mark.word == "vm" else "columns"
                self.refuse(
                    f"merges the {what} of a loop and stands in none", "merge the cells in the table itself"
                )
                return False
            return True
        expression, problems = parse(self.source, at=self.mark.place)
        self.marks.problems += [replace(p, message=f'{p.message}, in "{self.text}"') for p in problems]
        return expression is not None

    def value(self, source: str) -> str:
        """An attribute's token for the value of an expression."""
        tag = Tag("value", "", source, 0, 0, self.text)
        made = self.marks.add("value", tag=tag, place=self.mark.place, context=Context("attribute"))
        return self._token(made)

    def hook(self, name: str, argument: object, source: str = "") -> Mark:
        """A mark for what the rendering state makes of an expression: the directive's own, if no other is given."""
        expression, _ = parse(source or self.source, at=self.mark.place)
        return self.marks.add("hook", note=Hook(name, argument, expression, self.mark.place, self.text))

    def hooked(self, name: str, argument: object, source: str = "") -> str:
        """An attribute's token for the same."""
        return self._token(self.hook(name, argument, source))

    def _token(self, mark: Mark) -> str:
        return f"{self.marks.token}{mark.id}{self.marks.token}"

    def only_if(self, cell: etree._Element, condition: str) -> None:
        """Keep a cell only if the condition holds."""
        cell.addprevious(self._directive(f"if {condition}"))
        cell.addnext(self._directive("endif"))

    def show_in_first_turn(self) -> None:
        """Show what the cell holds in the first turn of its loop only."""
        for paragraph in self.cell.iter(*PARAGRAPHS):
            start = 1 if len(paragraph) and str(paragraph[0].tag).endswith("}pPr") else 0
            paragraph.insert(start, self._directive("if loop.first"))
            end = paragraph.find(qn("a:endParaRPr"))
            if end is not None:
                end.addprevious(self._directive("endif"))
            else:
                paragraph.append(self._directive("endif"))

    def _directive(self, body: str) -> etree._Element:
        tag = Tag("directive", "", body, 0, 0, self.text)
        return instruction(self.marks.add("directive", tag=tag, place=self.mark.place))

    def empty_neighbours(self) -> Iterator[etree._Element]:
        """The cells beside it, up to the first that holds something or depends on a directive."""
        for node in self.cell.itersiblings():
            if node.tag not in CELLS or not holds_only(node, self.marks, ("comment",)):
                return
            yield node

    def is_alone_in_loop(self, element: etree._Element) -> bool:
        """Whether the element (its row, or its cell) is all that a loop repeats."""
        before, after = element.getprevious(), element.getnext()
        if before is None or after is None or not (is_instruction(before) and is_instruction(after)):
            return False
        return self.marks.of(before).word == "for" and self.marks.of(after).word == "endfor"


def _is_in_loop(element: etree._Element, marks: Marks) -> bool:
    """Whether a loop is open around the element."""
    for level in (element, *element.iterancestors()):
        closed = 0
        for node in level.itersiblings(preceding=True):
            word = marks.of(node).word if is_instruction(node) else ""
            closed += (word == "endfor") - (word == "for")
            if closed < 0:
                return True
    return False
