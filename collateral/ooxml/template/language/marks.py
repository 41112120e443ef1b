"""Marks: where tags were found in a tree, kept as processing instructions until the part is turned into operations.

A processing instruction survives moving and serialising and cannot be forged by text, so the tree can be rearranged
freely. Attribute values hold a token instead. Must not decide where a mark goes: `lift` does.
"""

from __future__ import annotations

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.template.language.tags import Tag

TARGET = "c8"
"""The name of our processing instructions."""


@dataclass(slots=True)
class Mark:
    """A spot in a part. `kind` is value, directive, hook, or one of the brackets (para, guard, needs, piece, series, about) put around elements.

    `piece` numbers a loop over a table's rows whose turns may be shared among slides; 0 for everything else."""

    id: int
    kind: str
    tag: Tag | None = None
    place: Place | None = None
    context: Context | None = None
    note: object = None
    closes: bool = False
    piece: int = 0

    @property
    def word(self) -> str:
        """The directive's first word, or the mark's kind."""
        return self.tag.word if self.tag is not None and self.kind == "directive" else self.kind


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a value: how to break a line or write a tab there, and how to step out of and into the run.

    `form` is run (a text element in a run), text (plain element text), attribute, field (the code of a field) or
    width (an attribute that says how wide a table's column is, in twips). `room` is how wide the text of a document is there,
    in EMU; 0 where no picture can stand; below zero what is to be taken off the width that was written last. `look` are the
    run's properties with the marks in them, as of a link; they go where `LOOK` stands. `other` enters a run of Word that is the
    same but for its direction, for letters that run the other way than those of this one; `turned` tells that this one runs from
    right to left.
    """

    form: str
    line_break: bytes = b" "
    tab: bytes = b"\t"
    leave: bytes = b""
    enter: bytes = b""
    room: int = 0
    look: bytes = b""
    other: bytes = b""
    turned: bool = False


LOOK = b"\0look\0"
"""The place of a run's properties in what surrounds a value, where they are not known before."""


@dataclass(slots=True)
class Marks:
    """All marks of one part and the diagnostics met on the way; `shape` is the name of the one that shows the part, when it is a
    chart or the like; `token` brackets marks inside attribute values, `changed` says that the tree is no longer what was read although no mark shows it."""

    file: str
    part: str
    slide: int | None = None
    shape: str | None = None
    token: str = "\u241fc8\u241f"  # noqa: S105  no secret: it brackets numbers
    all: list[Mark] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    changed: bool = False

    def add(self, kind: str, **rest: object) -> Mark:
        """A new mark with the next number."""
        mark = Mark(len(self.all), kind, **rest)  # type: ignore[arg-type]
        self.all.append(mark)
        return mark

    def error(self, code: str, message: str, at: Place | None, *hints: str) -> None:
        """Note a problem."""
        self.problems.append(Diagnostic.error(code, message, at, *hints))

    def of(self, instruction: etree._Element) -> Mark:
        """The mark an instruction stands for."""
        return self.all[int(instruction.text or "0")]

    def in_attribute(self, value: str) -> Mark:
        """The mark that an attribute holds as its whole value."""
        return self.all[int(value.removeprefix(self.token).removesuffix(self.token))]


def instruction(mark: Mark) -> etree._Element:
    """A new processing instruction for the mark."""
    return etree.ProcessingInstruction(TARGET, str(mark.id))


def bracket(element: etree._Element, opening: Mark, closing: Mark) -> None:
    """Put two marks around an element."""
    tail, element.tail = element.tail, None
    element.addprevious(instruction(opening))
    after = instruction(closing)
    element.addnext(after)
    after.tail = tail


def bracket_needing(
    element: etree._Element, marks: Marks, needed: tuple[bytes, ...], shape: str = ""
) -> None:
    """Let the element go when none of these bytes are written in it; `shape` is its id, when it is a shape of a slide."""
    bracket(element, marks.add("needs", note=(needed, shape)), marks.add("needs", closes=True))


def is_instruction(node: etree._Element) -> bool:
    """Whether a node is one of our instructions."""
    return isinstance(node, etree._ProcessingInstruction) and node.target == TARGET
