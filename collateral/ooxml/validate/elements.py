"""One pass over the elements of a part: whether each may stand where it stands, with these attributes.

In: the bytes of a part, and handlers for the elements that tell more. Out: a `PartScan`. What single elements mean is for
the handlers (see `facts`); what elements may hold is in `schema`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.validate.schema import ANYWHERE, RULES, SINGLE, Rule, covered, full, prefixed
from collateral.ooxml.xml import XmlError, read_events

_MAX_PROBLEMS: Final = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong inside a part; `shape` is the name of the shape it is in, empty outside shapes."""

    code: str
    message: str
    shape: str = ""


@dataclass(slots=True)
class PartScan:
    """What one part holds, as far as the package has to know. `facts` collects values by kind, in their order."""

    root: str = ""
    problems: list[Problem] = field(default_factory=list)
    relationship_ids: set[str] = field(default_factory=set)
    facts: dict[str, list[str]] = field(default_factory=dict)
    _digest: bytes = field(default=b"", init=False, repr=False, compare=False)

    @property
    def digest(self) -> bytes:
        """What it is known by, when the part has been read; worked out once."""
        if not self._digest:
            said = repr((self.root, self.problems, sorted(self.relationship_ids), self.facts))
            self._digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        return self._digest

    @property
    def is_broken(self) -> bool:
        """Whether the part is no well-formed XML."""
        return any(problem.code == "broken-part" for problem in self.problems)

    def values(self, kind: str) -> list[str]:
        """The values of one kind of fact."""
        return self.facts.get(kind, [])


_R: Final = NAMESPACES["r"] + " "
_RELATIONSHIPS: Final = frozenset(
    _R + kind for kind in ("id", "embed", "link", "pict", "dm", "lo", "qs", "cs", "href")
)
_ALTERNATE: Final = frozenset((full("mc:AlternateContent"), full("mc:Choice")))
_FALLBACK: Final = full("mc:Fallback")
_MARKS: Final = frozenset(
    full(f"w:{name}")
    for name in (
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "commentRangeStart",
        "commentRangeEnd",
        "permStart",
        "permEnd",
    )
)
_FREE: Final = Rule({})


class Frame:
    """An open element: its rule, the mark of its last child, the children it had, and the last that is no mark."""

    __slots__ = ("children", "last", "name", "names", "rule", "tail")

    def __init__(self, name: str, rule: Rule) -> None:
        self.name = name
        self.rule = rule
        self.children = rule.children
        self.last = -1
        self.names: set[str] | None = set() if rule.required else None
        self.tail = ""


class Scanner:
    """One pass. Whoever knows what elements mean derives from it."""

    starts: Mapping[str, Callable[[Any, dict[str, str]], None]] = {}
    ends: Mapping[str, Callable[[Any, Frame], None]] = {}

    def __init__(self) -> None:
        self.found = PartScan()
        self.stack: list[Frame] = [Frame("", _FREE)]
        self.fallback = 0
        self.shape = ""

    def scan(self, data: bytes) -> PartScan:
        """The scan of a part."""
        try:
            read_events(data, start=self.start, end=self.end)
        except XmlError as problem:
            return PartScan(problems=[Problem("broken-part", str(problem))])
        self.finish()
        return self.found

    def problem(self, code: str, message: str) -> None:
        """Note what is wrong in the shape of now."""
        if len(self.found.problems) < _MAX_PROBLEMS:
            self.found.problems.append(Problem(code, message, self.shape))

    def fact(self, kind: str, value: str) -> None:
        """Keep a value for whoever judges the package."""
        self.found.facts.setdefault(kind, []).append(value)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        stack = self.stack
        parent = stack[-1]
        if name in _ALTERNATE:
            stack.append(parent)
            return
        if self.fallback or name == _FALLBACK:
            self.fallback += 1
            stack.append(Frame(name, _FREE))
            self._attributes(name, _FREE, attributes)
            return
        ruled = RULES[name]
        if ruled.__class__ is dict:
            ruled = ruled.get(parent.name) or ruled.get("")
        rule: Rule = ruled or _FREE  # type: ignore[assignment]
        children = parent.children
        if children is not None:
            mark = children.get(name)
            if mark is None or mark <= parent.last or parent.names is not None:
                self._child(parent, name, mark)
            else:
                parent.last, parent.tail = mark, name
        elif len(stack) == 1:
            self.found.root = prefixed(name)
        if attributes or rule.needed:
            self._attributes(name, rule, attributes)
        stack.append(Frame(name, rule))
        handler = self.starts.get(name)
        if handler is not None:
            handler(self, attributes)

    def _child(self, parent: Frame, name: str, mark: int | None) -> None:
        """Check a child's place among its siblings."""
        if mark is None:
            if covered(name):
                self.problem("unexpected-element", f"{prefixed(parent.name)} cannot hold {prefixed(name)}")
            return
        if parent.names is not None:
            parent.names.add(name)
        if name not in _MARKS:
            parent.tail = name
        place, last = mark >> 2, parent.last >> 2
        if mark == ANYWHERE:
            return
        if place > last:
            parent.last = mark
        elif place < last:
            self.problem("misplaced-element", f"{prefixed(name)} stands too late in {prefixed(parent.name)}")
        elif mark & SINGLE:
            what = f"{prefixed(name)} twice, or beside what may stand in its place"
            self.problem("unexpected-element", f"{prefixed(parent.name)} holds {what}")

    def _attributes(self, name: str, rule: Rule, attributes: dict[str, str]) -> None:
        known = rule.attributes
        for key, value in attributes.items():
            if key in _RELATIONSHIPS:
                if value:
                    self.found.relationship_ids.add(value)
            elif known is None:
                continue
            elif key in known:
                check = known[key]
                if check is not None and not check(value):
                    self.problem("invalid-attribute", f'{prefixed(name)} has {prefixed(key)}="{value[:60]}"')
            elif " " not in key:
                self.problem("invalid-attribute", f"{prefixed(name)} cannot have {key}")
        for key in rule.needed:
            if key not in attributes:
                self.problem("missing-attribute", f"{prefixed(name)} has no {prefixed(key)}")

    def end(self, name: str) -> None:
        """An element ends."""
        frame = self.stack.pop()
        if name in _ALTERNATE:
            return
        if self.fallback:
            self.fallback -= 1
            return
        if frame.names is not None and len(frame.names) < len(frame.children or ()):
            for missing in frame.rule.missing(frame.names):
                self.problem("missing-element", f"{prefixed(name)} has no {prefixed(missing)}")
        handler = self.ends.get(name)
        if handler is not None:
            handler(self, frame)

    def finish(self) -> None:
        """What can be said when the whole part was read."""
