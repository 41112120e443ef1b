"""Lists of a Word document that fragments and loops ask for: new numbering instances.

In: the `NumberingPlan` of the template's numbering part. Out: `Numbering` (one for each filled document), which hands out list
numbers and writes the part anew when somebody asked.
"""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.values import NumberingRequest

_W = NAMESPACES["w"]
_HEADER = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BULLETS = ("\u2022", "\u2013", "\u25aa")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


@dataclass(frozen=True, slots=True)
class NumberingPlan:
    """The numbering part cut where abstract lists and instances are added; `abstracts`, what makes each level of a further
    instance start over (`restarts`) and the `looks` an instance gives to levels by instance number."""

    head: bytes
    middle: bytes
    tail: bytes
    abstracts: dict[str, str]
    restarts: dict[str, dict[int, bytes]]
    looks: dict[str, dict[int, bytes]]
    next_number: int
    next_abstract: int


@dataclass(slots=True)
class Numbering:
    """The instances one filled document needs."""

    plan: NumberingPlan
    added: list[bytes] = field(default_factory=list)
    lists: dict[str, int] = field(default_factory=dict)
    rounds: dict[tuple[str, str], str] = field(default_factory=dict)

    def number(self, request: NumberingRequest) -> str:
        """The number of a new instance that looks as the request wants."""
        like = request.like or ""
        abstract = self.plan.abstracts.get(like) or str(self._own(request.kind))
        over = self.plan.restarts.get(like, _FROM_ONE) if request.restart else {}
        if request.begins is not None:
            level, start = request.begins
            look = self.plan.looks.get(like, {}).get(level, b"")
            over = dict(sorted({**over, level: START_OVER % (level, start, look)}.items()))
        return self._add(abstract, over)

    def again(self, round: str, number: str) -> str:
        """The instance of the list behind an existing one that starts over in this round of a loop."""
        known = self.rounds.get((round, number))
        if known is None:
            abstract = self.plan.abstracts.get(number)
            known = (
                number if abstract is None else self._add(abstract, self.plan.restarts.get(number, _FROM_ONE))
            )
            self.rounds[round, number] = known
        return known

    def _own(self, kind: str) -> int:
        if kind not in self.lists:
            self.lists[kind] = self.plan.next_abstract + len(self.lists)
        return self.lists[kind]

    def _add(self, abstract: str, over: dict[int, bytes]) -> str:
        number = self.plan.next_number + len(self.added)
        self.added.append(_NUM % (number, abstract.encode(), b"".join(over.values())))
        return str(number)

    def write(self) -> bytes | None:
        """The numbering part with what was added; None when nothing was."""
        if not self.added:
            return None
        own = b"".join(_abstract(kind, number) for kind, number in self.lists.items())
        plan = self.plan
        return b"".join([plan.head, own, plan.middle, *self.added, plan.tail])


START_OVER = b'<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/>%s</w:lvlOverride>'
_FROM_ONE = {level: START_OVER % (level, 1, b"") for level in range(9)}
_NUM = b'<w:num w:numId="%d"><w:abstractNumId w:val="%s"/>%s</w:num>'


def _abstract(kind: str, number: int) -> bytes:
    levels = "".join(_level(kind, level) for level in range(9))
    head = f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
    return f"{head}{levels}</w:abstractNum>".encode()


def _level(kind: str, level: int) -> str:
    form = "bullet" if kind == "bullet" else _FORMATS[level % 3]
    text = _BULLETS[level % 3] if kind == "bullet" else f"%{level + 1}."
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def empty_numbering() -> NumberingPlan:
    """The plan for a document that has no numbering part."""
    return NumberingPlan(
        _HEADER + f'<w:numbering xmlns:w="{_W}">'.encode(), b"", b"</w:numbering>", {}, {}, {}, 1, 1
    )
