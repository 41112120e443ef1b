"""One pass over the XML of a part: what is wrong inside it, and the facts that only the whole package can judge.

In: the bytes of a part. Out: a `PartScan`. Scans are remembered by the part's markup without its text, because
pieces made from one template differ mostly in their words; so the words are not looked at here (see `leftovers`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import field
from hashlib import blake2b
from typing import Final

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.validate.schema import ANYWHERE, RULES, SINGLE, Rule, covered, prefixed
from collateral.ooxml.xml import XmlError, read_events

_MAX_PROBLEMS: Final = 40
_REMEMBERED: Final = 4096
# what may differ between parts of one markup: text, and the text of pictures for those who cannot see them
_TEXT: Final = re.compile(rb">[^<]+")
_DESCRIBED: Final = b' descr="'
_DESCRIPTION: Final = re.compile(rb' descr="[^"<>]+')
_CONTROLS: Final = bytes({*range(32)} - {9, 10, 13})
_LONE_AMPERSAND: Final = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#3[2-9]|#[4-9]\d|#9|#10|#13|#[1-4]\d{2,3});)"
)


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

    def values(self, kind: str) -> list[str]:
        """The values of one kind of fact."""
        return self.facts.get(kind, [])


_scans: dict[bytes, tuple[PartScan, bool]] = {}  # and whether the markup is of elements alone


def scan_part(data: bytes) -> PartScan:
    """The scan of a part, from memory when its markup was seen before. Broken XML is a problem in the scan."""
    markup = _TEXT.sub(b">", data)
    if _DESCRIBED in markup:
        markup = _DESCRIPTION.sub(_DESCRIBED, markup)
    key = blake2b(markup, digest_size=16).digest()
    known = _scans.get(key)
    if known is not None:
        scan, plain = known
        broken = None if plain and _are_plain_words(data) else _broken(data)
        return scan if broken is None else PartScan(problems=[broken])
    scan = _Scanner().scan(data)
    if not any(problem.code == "broken-part" for problem in scan.problems):
        if len(_scans) >= _REMEMBERED:
            _scans.clear()
        _scans[key] = scan, b"<!" not in markup and markup.find(b"<?", 1) < 0
    return scan


def _are_plain_words(data: bytes) -> bool:
    """Whether the words between elements that are known are sure to leave a part readable: they are UTF-8 without control
    characters or ends of sections, and their references are well-formed. False when only a parser can tell."""
    if b"]]>" in data or b"\xef\xbf" in data or (b"&" in data and _LONE_AMPERSAND.search(data)):
        return False
    if len(data.translate(None, _CONTROLS)) < len(data):
        return False
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def _broken(data: bytes) -> Problem | None:
    """Whether the text of a part whose markup is known makes it unreadable."""
    try:
        read_events(data)
    except XmlError as problem:
        return Problem("broken-part", str(problem))
    return None


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{NAMESPACES[prefix]} {local}"


_R: Final = NAMESPACES["r"] + " "
_RELATIONSHIPS: Final = frozenset(
    _R + kind for kind in ("id", "embed", "link", "pict", "dm", "lo", "qs", "cs", "href")
)
_W_VAL: Final = _name("w:val")
_W_ID: Final = _name("w:id")
_ALTERNATE: Final = frozenset((_name("mc:AlternateContent"), _name("mc:Choice")))
_FALLBACK: Final = _name("mc:Fallback")
_ENDS_A_CELL: Final = frozenset((_name("w:p"), _name("w:sdt"), _name("w:customXml")))
_MARKS: Final = frozenset(
    _name(f"w:{name}")
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
_A_ROW: Final = _name("a:tr")
_FREE: Final = Rule({})


class _Frame:
    """An open element: its rule, the mark of its last child, the children it had, and the last that is no mark."""

    __slots__ = ("children", "last", "name", "names", "rule", "tail")

    def __init__(self, name: str, rule: Rule) -> None:
        self.name = name
        self.rule = rule
        self.children = rule.children
        self.last = -1
        self.names: set[str] | None = set() if rule.required else None
        self.tail = ""


class _Scanner:
    """The handlers of one pass."""

    def __init__(self) -> None:
        self.found = PartScan()
        self.stack: list[_Frame] = [_Frame("", _FREE)]
        self.fallback = 0
        self.shape = ""
        self.shape_ids: list[str] = []
        self.columns: list[int] = []  # of each open table
        self.cells = 0
        self.row_ids: set[str] = set()

    def scan(self, data: bytes) -> PartScan:
        try:
            read_events(data, start=self.start, end=self.end)
        except XmlError as problem:
            return PartScan(problems=[Problem("broken-part", str(problem))])
        self.finish()
        return self.found

    def problem(self, code: str, message: str) -> None:
        if len(self.found.problems) < _MAX_PROBLEMS:
            self.found.problems.append(Problem(code, message, self.shape))

    def fact(self, kind: str, value: str) -> None:
        self.found.facts.setdefault(kind, []).append(value)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        stack = self.stack
        parent = stack[-1]
        if name in _ALTERNATE:
            stack.append(parent)
            return
        if self.fallback or name == _FALLBACK:
            self.fallback += 1
            stack.append(_Frame(name, _FREE))
            self.attributes(name, _FREE, attributes)
            return
        ruled = RULES[name]
        if ruled.__class__ is dict:
            ruled = ruled.get(parent.name) or ruled.get("")
        rule: Rule = ruled or _FREE  # type: ignore[assignment]
        children = parent.children
        if children is not None:
            mark = children.get(name)
            if mark is None or mark <= parent.last or parent.names is not None:
                self.child(parent, name, mark)
            else:
                parent.last, parent.tail = mark, name
        elif len(stack) == 1:
            self.found.root = prefixed(name)
        if attributes or rule.needed:
            self.attributes(name, rule, attributes)
        stack.append(_Frame(name, rule))
        handler = _HANDLERS.get(name)
        if handler is not None:
            handler(self, attributes)

    def child(self, parent: _Frame, name: str, mark: int | None) -> None:
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

    def attributes(self, name: str, rule: Rule, attributes: dict[str, str]) -> None:
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
        frame = self.stack.pop()
        if name in _ALTERNATE:
            return
        if self.fallback:
            self.fallback -= 1
            return
        if frame.names is not None and len(frame.names) < len(frame.children or ()):
            for missing in frame.rule.missing(frame.names):
                self.problem("missing-element", f"{prefixed(name)} has no {prefixed(missing)}")
        handler = _ENDS.get(name)
        if handler is not None:
            handler(self, frame)

    def finish(self) -> None:
        for value, count in Counter(self.shape_ids).items():
            if count > 1:
                self.problem("duplicate-id", f"{count} shapes have the id {value}")
        ids = set(self.shape_ids)
        for value in dict.fromkeys(self.found.values("animated")):
            if value not in ids:
                self.problem("lost-target", f"an animation moves shape {value}, which is not there")
        for value, count in Counter(self.found.values("creation")).items():
            if count > 1:
                self.problem("duplicate-creation-id", f"{count} shapes have the creation id {value}")


Start = Callable[[_Scanner, dict[str, str]], None]


def _shape_id(scanner: _Scanner, attributes: dict[str, str]) -> None:
    scanner.shape = attributes.get("name", "")
    scanner.shape_ids.append(attributes.get("id", ""))


def _keep(kind: str, key: str) -> Start:
    def handler(scanner: _Scanner, attributes: dict[str, str]) -> None:
        if key in attributes:
            scanner.fact(kind, attributes[key])

    return handler


def _keep_pair(kind: str) -> Start:
    """An id and a relationship id, as one value."""

    def handler(scanner: _Scanner, attributes: dict[str, str]) -> None:
        scanner.fact(kind, f"{attributes.get('id', '')} {attributes.get(_R + 'id', '')}")

    return handler


def _seen(kind: str) -> Start:
    def handler(scanner: _Scanner, _: dict[str, str]) -> None:
        scanner.found.facts.setdefault(kind, []).append("")

    return handler


def _slide(scanner: _Scanner, attributes: dict[str, str]) -> None:
    if attributes.get("show") in ("0", "false"):
        scanner.fact("hidden", "")


def _table(scanner: _Scanner, _: dict[str, str]) -> None:
    scanner.columns.append(0)
    scanner.row_ids.clear()


def _row_id(scanner: _Scanner, attributes: dict[str, str]) -> None:
    value = attributes.get("val", "")
    if value in scanner.row_ids:
        scanner.problem("duplicate-creation-id", f"two rows of a table have the id {value}")
    scanner.row_ids.add(value)


def _column(scanner: _Scanner, _: dict[str, str]) -> None:
    if scanner.columns:
        scanner.columns[-1] += 1


def _row(scanner: _Scanner, _: dict[str, str]) -> None:
    scanner.cells = 0


def _cell(scanner: _Scanner, _: dict[str, str]) -> None:
    scanner.cells += 1


def _row_end(scanner: _Scanner, _: _Frame) -> None:
    columns = scanner.columns[-1] if scanner.columns else 0
    if scanner.cells != columns:
        scanner.problem(
            "uneven-table", f"a table row has {scanner.cells} cells, the table has {columns} columns"
        )


def _table_end(scanner: _Scanner, _: _Frame) -> None:
    scanner.columns.pop()


def _bookmark(scanner: _Scanner, attributes: dict[str, str]) -> None:
    scanner.fact("bookmark", attributes.get(_W_ID, ""))
    scanner.fact("bookmark-name", attributes.get(_name("w:name"), ""))


_WORD_REVISIONS: Final = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
)
_HANDLERS: Final[dict[str, Start]] = {
    _name("p:cNvPr"): _shape_id,
    _name("p:sld"): _slide,
    _name("p:sldId"): _keep_pair("slide"),
    _name("p:sldMasterId"): _keep_pair("master"),
    _name("p:sldLayoutId"): _keep_pair("layout"),
    _name("p:notesMasterId"): _keep("notes-master", _R + "id"),
    _name("p14:sldId"): _keep("section-slide", "id"),
    _name("p14:creationId"): _keep("slide-creation", "val"),
    _name("a16:creationId"): _keep("creation", "id"),
    _name("a16:rowId"): _row_id,
    _name("p:spTgt"): _keep("animated", "spid"),
    _name("a:tbl"): _table,
    _name("a:gridCol"): _column,
    _A_ROW: _row,
    _name("a:tc"): _cell,
    _name("wp:docPr"): _keep("drawing", "id"),
    _name("w:bookmarkStart"): _bookmark,
    _name("w:bookmarkEnd"): _keep("bookmark-end", _W_ID),
    _name("w:pStyle"): _keep("style-used", _W_VAL),
    _name("w:rStyle"): _keep("style-used", _W_VAL),
    _name("w:tblStyle"): _keep("style-used", _W_VAL),
    _name("w:style"): _keep("style", _name("w:styleId")),
    _name("w:numId"): _keep("number-used", _W_VAL),
    _name("w:num"): _keep("number", _name("w:numId")),
    _name("w:abstractNum"): _keep("abstract", _name("w:abstractNumId")),
    _name("w:abstractNumId"): _keep("abstract-used", _W_VAL),
    _name("w:footnote"): _keep("footnote", _W_ID),
    _name("w:footnoteReference"): _keep("footnote-used", _W_ID),
    _name("w:endnote"): _keep("endnote", _W_ID),
    _name("w:endnoteReference"): _keep("endnote-used", _W_ID),
    _name("w:comment"): _keep("comment", _W_ID),
    _name("w:commentReference"): _keep("comment-used", _W_ID),
    _name("w:fldChar"): _keep("field", _name("w:fldCharType")),
    **{_name(f"w:{kind}"): _seen("revision") for kind in _WORD_REVISIONS},
}


def _word_cell_end(scanner: _Scanner, frame: _Frame) -> None:
    if frame.tail not in _ENDS_A_CELL:
        scanner.problem("missing-element", "a table cell does not end with a paragraph")


End = Callable[[_Scanner, _Frame], None]
_ENDS: Final[dict[str, End]] = {
    _A_ROW: _row_end,
    _name("a:tbl"): _table_end,
    _name("w:tc"): _word_cell_end,
}
