"""Hyperlinks whose address holds tags: the address is worked out where the link stands, so loops may give many.

Links that run a macro or a program go: no piece may run anything.

In: a part's tree and its relationships. Out: the tree with hooks at the links, and the relationships without those that
were only patterns, or only ran something. Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import Expression, parse
from collateral.expressions import nodes as n
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import REL_HYPERLINK, RUN_ACTIONS, qn
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import SPACE
from collateral.ooxml.template.language.tags import find_tags, may_hold_tags
from collateral.ooxml.template.shapes.unique_ids import token


def may_run(data: bytes) -> bool:
    """Whether a link in the bytes of a part may run a macro or a program."""
    return any(action.encode() in data for action in RUN_ACTIONS)


@dataclass(slots=True)
class LinkSteps:
    """The links of one part. `patterns` are the relationship ids whose address holds tags, `runs` those of what is no
    longer run, if `ran` anything."""

    relationships: Iterable[Relationship]
    patterns: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)
    ran: bool = False

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Put a hook into every link with a tagged address, and take out those that run something."""
        self._drop_runs(root, marks)
        _hook_fields(root, marks)
        tagged = {r.id: target for r in self.relationships if r.external and (target := _readable(r.target))}
        if not tagged:
            return
        place = Place(marks.file, part=marks.part, slide=marks.slide)
        expressions = {rel_id: _address(target, marks, place) for rel_id, target in tagged.items()}
        self.patterns |= set(tagged)
        name = qn("r:id")
        for element in root.iter(etree.Element):
            rel_id = element.get(name)
            if rel_id in expressions:
                element.set(name, _link(tagged[rel_id], expressions[rel_id], marks, place))

    def _drop_runs(self, root: etree._Element, marks: Marks) -> None:
        if not any((e.get("action") or "").startswith(RUN_ACTIONS) for e in root.iter(etree.Element)):
            return
        from collateral.ooxml.slides.jumps import remove_run_links

        shapes, self.runs = remove_run_links(root)
        if shapes:
            self.ran = marks.changed = True
        for shape in shapes:
            message = f'"{shape}" runs a macro or a program, which stays behind'
            place = Place(marks.file, part=marks.part, slide=marks.slide, shape=shape or None)
            marks.problems.append(Diagnostic.warning("action-removed", message, place))

    def kept(self) -> tuple[Relationship, ...]:
        """The relationships without those that go."""
        return tuple(r for r in self.relationships if r.id not in self.patterns and r.id not in self.runs)


def lent_relation(relationship: Relationship, marks: Marks, place: Place) -> str:
    """What stands for the id of another part's relationship in what is written with this part but for that one: the id itself, or
    that of the address when it holds tags."""
    target = _readable(relationship.target) if relationship.external else ""
    if target:
        return _link(target, _address(target, marks, place), marks, place)
    return token(marks, Hook("lent_relation", relationship.id))


def _link(target: str, address: Expression | None, marks: Marks, place: Place) -> str:
    return token(marks, Hook("link", REL_HYPERLINK, address, place, target))


def _hook_fields(root: etree._Element, marks: Marks) -> None:
    """The same for links that are fields: their address stands in the field's code."""
    place = Place(marks.file, part=marks.part, slide=marks.slide)
    _join_field_codes(root)
    for element in root.iter(qn("w:instrText"), qn("w:fldSimple")):
        code = element.get(qn("w:instr")) if element.tag == qn("w:fldSimple") else element.text
        found = _field_address(code or "")
        if found is None:
            continue
        before, target, after = found
        mark = marks.add("hook", note=Hook("field_link", None, _address(target, marks, place), place, target))
        if element.tag == qn("w:fldSimple"):
            element.set(qn("w:instr"), f"{before}{marks.token}{mark.id}{marks.token}{after}")
        else:
            element.text = before
            element.insert(0, instruction(mark))
            element[0].tail = after


def _join_field_codes(root: etree._Element) -> None:
    """The code of a field in one piece where it holds tags: Word spreads it over runs."""
    open_: list[list[etree._Element]] = []
    for element in list(root.iter(qn("w:fldChar"), qn("w:instrText"))):
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            if open_:  # a field in the code of another one parts it
                _join(open_[-1])
                open_[-1] = []
            open_.append([])
        elif kind is None and open_:
            open_[-1].append(element)
        elif kind == "separate" and open_:
            _join(open_[-1])
            open_[-1] = []
        elif open_:
            _join(open_.pop())


def _join(codes: list[etree._Element]) -> None:
    whole = "".join(code.text or "" for code in codes)
    if len(codes) > 1 and may_hold_tags(whole):
        codes[0].text = whole
        codes[0].set(SPACE, "preserve")
        for code in codes[1:]:
            code.text = None


def _field_address(code: str) -> tuple[str, str, str] | None:
    """What stands before, in and after the tagged address of a HYPERLINK field."""
    if "HYPERLINK" not in code.upper() or not may_hold_tags(code):
        return None
    covered = code
    for tag in find_tags(code)[0]:  # a quote in a tag ends no address
        covered = covered[: tag.start] + "\0" * (tag.end - tag.start) + covered[tag.end :]
    found = _FIELD.match(covered)
    if found is None or "\0" not in found[1]:
        return None
    return code[: found.start(1)], code[found.start(1) : found.end(1)], code[found.end(1) :]


_ORIGIN = re.compile(r"\w[\w+.-]*:(//)?")
_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.I)
_ESCAPED = re.compile(r"%7B(?:%7B|%25|%).*?(?:%7D|%25|%)%7D", re.I)


def _readable(target: str) -> str:
    """The address with its tags as the author typed them, "" when it has none: Office escapes braces. What stands
    beside the tags keeps its escapes: they mean something there."""
    if "%7b" in target.lower():
        target = _ESCAPED.sub(lambda found: unquote(found[0]), target)
    return target if may_hold_tags(target) else ""


def _address(target: str, marks: Marks, place: Place) -> Expression | None:
    """The address as one expression: its texts and its tags joined."""
    tags, broken = find_tags(target)
    for _, excerpt in broken:
        marks.error("tag-not-closed", f'the tag "{excerpt}" in a link has no end', place)
    parts: list[n.Node] = []
    at = 0
    before = ""  # with a letter for each tag
    for tag in tags:
        expression, found = parse(tag.body, at=place)
        marks.problems += found
        before += target[at : tag.start]
        parts += [n.Const(target[at : tag.start])] if tag.start > at else []
        if expression is not None:
            parts.append(_encoded(expression.node) if _is_data(before) else expression.node)
        at, before = tag.end, before + "v"
    parts += [n.Const(target[at:])] if at < len(target) else []
    return Expression.of(target, parts[0] if len(parts) == 1 else n.Concat(tuple(parts))) if parts else None


def _is_data(before: str) -> bool:
    """Whether what follows stands in the path of an address, behind its `#`, or is the value of something in its query: then it is
    data, and nothing in it is part of the address but the slashes of a path."""
    address, mark, _ = before.partition("#")
    path, ask, query = address.partition("?")
    if mark or not ask:
        return bool(mark) or "/" in _ORIGIN.sub("", path)
    return "=" in query.rpartition("&")[2]


def _encoded(node: n.Node) -> n.Node:
    """The value as it stands in an address, unless its author has seen to that."""
    return (
        node
        if isinstance(node, n.Filter) and node.name == "urlencode"
        else n.Filter("urlencode", node, (), ())
    )
