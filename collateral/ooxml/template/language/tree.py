"""A rearranged tree → operations.

In: a part's tree whose marks stand where they belong, and its groups. Out: operations, with expressions parsed, and
diagnostics. The tree is serialised once; only the marks in it are looked for, and they cannot be confused with text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from collateral.diagnostics.lazy_dataclass import replace
from collateral.expressions import Expression, parse
from collateral.expressions import nodes as n
from collateral.expressions.parsing import without_list
from collateral.expressions.typography import NAME
from collateral.ooxml.template.language.calls import (
    FUNCTIONS,
    LOOP,
    NAMESPACE,
    misplaced_call,
    unknown_of_loop,
    wrong_arguments,
)
from collateral.ooxml.template.language.marks import TARGET, Context, Mark, Marks
from collateral.ooxml.template.language.ops import (
    Branch,
    For,
    Guard,
    Hook,
    If,
    Op,
    Ops,
    Para,
    Set,
    Static,
    Value,
    With,
)
from collateral.ooxml.xml import serialise

_NAMES = rf"{NAME}(?:\s*,\s*{NAME})*"
_FOR = re.compile(rf"^\s*(?:({_NAMES})|\(\s*({_NAMES})\s*\))\s+in\s+(.+?)\s*$", re.S)
_SEVERAL = re.compile(rf"^\s*\(?\s*({_NAMES})\s*\)?\s*=(?!=)\s*(.+?)\s*$", re.S)
_SET = re.compile(rf"^\s*({NAME}(?:\.{NAME})?)\s*=\s*(.+?)\s*$", re.S)
_RECURSES = "a loop does not call itself: write a loop for each level"
_TAGS = re.compile(rb"<[^>]*>")
_SHOWING = re.compile(
    rb"<(?:[wa]:(?:drawing|pict|object|sym|fldSimple|fldChar|footnoteReference|endnoteReference|commentReference|ptab|fld)"
    rb'|m:oMath|w:br(?= [^>]*w:type="(?:page|column)"))[ />]'
)
"""What a reader sees, or would miss, though it holds no text."""


class TreeReader:
    """Turns a marked tree into operations."""

    def __init__(self, root: etree._Element, marks: Marks) -> None:
        self.root, self.marks = root, marks
        self._at = self._loops = 0
        self._flat: list[Static | Mark] = []

    def read(self) -> Ops:
        """The operations of the whole part."""
        self._flat = list(self._split(serialise(self.root)))
        self._at = 0
        ops = self._body(())
        while self._at < len(self._flat):  # a stray end: said already, or two groups that cross
            self._cross(self._flat[self._at])
            self._at += 1
            ops += self._body(())
        return merged(ops)

    def _cross(self, mark: Static | Mark) -> None:
        if isinstance(mark, Mark) and not self.marks.problems:
            tagged = next((m for m in self._flat[self._at :] if isinstance(m, Mark) and m.tag), mark)
            text = tagged.tag.text if tagged.tag else ""
            self.marks.error("tags-crossed", f'"{text}" closes what was opened somewhere else', tagged.place)

    def _split(self, data: bytes) -> Iterator[Static | Mark]:
        token = re.escape(self.marks.token.encode())
        pattern = re.compile(b"<\\?" + TARGET.encode() + rb" (\d+)\?>|" + token + rb"(\d+)" + token)
        at, in_tag = 0, False
        for found in pattern.finditer(data):
            if found.start() > at:
                piece = data[at : found.start()]
                yield _static(piece, in_tag)
                in_tag = _ends_in_tag(piece, in_tag)
            yield self.marks.all[int(found[1] or found[2])]
            at = found.end()
        yield _static(data[at:], in_tag)

    def _body(self, until: tuple[str, ...]) -> Ops:
        """Operations up to (not including) a mark that ends or continues the surrounding one."""
        ops: Ops = []
        while self._at < len(self._flat):
            piece = self._flat[self._at]
            if isinstance(piece, Static):
                ops.append(piece)
                self._at += 1
            elif _ends(piece):
                return ops
            else:
                self._at += 1
                op = self._op(piece)
                if op is not None:
                    ops.append(op)
        return ops

    def _op(self, mark: Mark) -> Op | None:
        if mark.kind == "comment":
            return None
        if mark.kind == "value":
            return self._value(mark)
        if mark.kind == "hook":
            return mark.note if isinstance(mark.note, Hook) else None
        if mark.kind == "para":
            return Para(self._until_closed("para"), whole=mark.note == "whole")
        if mark.kind == "piece":
            return If([Branch(None, self._until_closed("piece"), piece=mark.piece)])
        if mark.kind == "series":
            return If([Branch(None, self._until_closed("series"), series=int(str(mark.note)))])
        if mark.kind == "about":
            return If([Branch(None, self._until_closed("about"), about=str(mark.note))])
        if mark.kind == "aside":
            return Guard(self._until_closed("aside"), b"", aside=str(mark.note))
        if mark.kind == "guard":
            fallback, last = mark.note if isinstance(mark.note, tuple) else (b"", b"")
            return Guard(self._until_closed("guard"), fallback, last=last)
        if mark.kind == "needs":
            needed, shape = mark.note if isinstance(mark.note, tuple) else ((), "")
            return Guard(self._until_closed("needs"), b"", needed, shape)
        return self._directive(mark)

    def _until_closed(self, kind: str) -> Ops:
        body = self._body(())
        piece = self._flat[self._at] if self._at < len(self._flat) else None
        if isinstance(piece, Mark) and piece.kind == kind:
            self._at += 1
        else:
            self._cross(piece or Static(b""))
        return merged(body)

    def _directive(self, mark: Mark) -> Op | None:
        word = mark.word
        if word == "if":
            return self._if(mark)
        if word == "for":
            return self._for(mark)
        if word == "with":
            return self._with(mark)
        return self._set(mark) if word == "set" else None

    def _with(self, mark: Mark) -> Op:
        text = mark.tag.text if mark.tag else ""
        names = self._parse(f"dict({mark.tag.rest if mark.tag else ''})", mark)
        given = names.node if names is not None and isinstance(names.node, n.Call) else None
        if given is not None and given.args:
            hint = "write {% with name = value %}"
            self.marks.error("expression-syntax", f'"{text}" names nothing', mark.place, hint)
        pairs = given.named if given is not None else ()
        sets = [Set(name, Expression.of(text, node, FUNCTIONS), mark.place, text) for name, node in pairs]
        body = merged(self._body(()))
        self._close(mark, ("endwith",))
        return With(sets, body)

    def _if(self, mark: Mark) -> Op:
        branches = [self._branch(mark)]
        while (middle := self._peek()) is not None and middle.word in ("elif", "else"):
            self._at += 1
            branches.append(self._branch(middle))
        self._close(mark, ("endif",))
        return If(branches)

    def _branch(self, mark: Mark) -> Branch:
        expression = None if mark.word == "else" else self._parse(mark.tag.rest if mark.tag else "", mark)
        return Branch(expression, merged(self._body(())), mark.place, mark.tag.text if mark.tag else "")

    def _for(self, mark: Mark) -> Op | None:
        names, source, condition = self._loop_parts(mark)
        expression = self._parse(source, mark) if source else None
        test = self._parse(condition, mark) if condition else None
        self._loops += 1
        body = merged(self._body(()))
        self._loops -= 1
        otherwise: Ops = []
        if (middle := self._peek()) is not None and middle.word == "else":
            self._at += 1
            otherwise = merged(self._body(()))
        self._close(mark, ("endfor",))
        if expression is None:
            return None
        text = mark.tag.text if mark.tag else ""
        expression = replace(expression, node=without_list(expression.node))
        return For(names, expression, test, body, mark.place, text, otherwise, mark.piece)

    def _loop_parts(self, mark: Mark) -> tuple[tuple[str, ...], str, str]:
        tag = mark.tag
        found = loop_parts(tag.rest if tag else "")
        if found is None:
            text = tag.text if tag else ""
            hint = _RECURSES if text.rstrip("-%} ").endswith(" recursive") else "write {% for item in list %}"
            self.marks.error("expression-syntax", f'"{text}" is no loop', mark.place, hint)
            return (), "", ""
        return found

    def _peek(self) -> Mark | None:
        piece = self._flat[self._at] if self._at < len(self._flat) else None
        return piece if isinstance(piece, Mark) else None

    def _close(self, mark: Mark, words: tuple[str, ...]) -> None:
        end = self._peek()
        if end is not None and (end.closes or end.word in words) and end.kind == "directive":
            self._at += 1
        else:
            self._cross(end or mark)

    def _set(self, mark: Mark) -> Op | None:
        rest = mark.tag.rest if mark.tag else ""
        found = _SET.match(rest)
        if found is None and (several := _SEVERAL.match(rest)) is not None:
            return self._set_several([name.strip() for name in several[1].split(",")], several[2], mark)
        if found is None:
            text = mark.tag.text if mark.tag else ""
            self.marks.error(
                "expression-syntax", f'"{text}" sets nothing', mark.place, "write {% set name = value %}"
            )
            return None
        text = mark.tag.text if mark.tag else ""
        if found[2] == "loop" and self._loops and "." not in found[1]:
            return self._named_loop(found[1], mark)
        expression = self._parse(found[2], mark)
        if expression is None:
            return None
        if isinstance(expression.node, n.Call) and expression.node.name in NAMESPACE:
            held = [(f"{found[1]}.{key}", Expression.of(text, node)) for key, node in expression.node.named]
            return If([Branch(None, [Set(name, value, mark.place, text) for name, value in held])])
        return Set(found[1], expression, mark.place, text)

    def _set_several(self, names: list[str], source: str, mark: Mark) -> Op | None:
        """`{% set a, b = 1, 2 %}`: the items of a list each by a name; all are worked out before the first is set."""
        expression = self._parse(f"({source})", mark)
        if expression is None:
            return None
        text = mark.tag.text if mark.tag else ""
        if isinstance(expression.node, n.ListOf) and len(expression.node.items) != len(names):
            what = f'"{text}" gives {len(names)} names to {len(expression.node.items)} values'
            self.marks.error("expression-syntax", what, mark.place, "write a name for each value")
            return None
        whole = f"({', '.join(names)})"
        items = [Expression.of(text, n.Attr(n.Name(whole), at)) for at in range(len(names))]
        sets: Ops = [Set(name, item, mark.place, text) for name, item in zip(names, items, strict=True)]
        return If([Branch(None, [Set(whole, expression, mark.place, text), *sets])])

    def _named_loop(self, name: str, mark: Mark) -> Op:
        """`{% set outer = loop %}`: what the loop tells of this turn goes by another name, for the loops in it."""
        text = mark.tag.text if mark.tag else ""
        told = [(f"{name}.{key}", self._parse(f"loop.{key}", mark)) for key in LOOP]
        sets: Ops = [Set(path, value, mark.place, text) for path, value in told if value is not None]
        return If([Branch(None, sets)])

    def _value(self, mark: Mark) -> Op | None:
        tag = mark.tag
        if tag is None:
            return None
        context = mark.context or Context("text")
        expression = self._parse(tag.body, mark, prints=context.form == "run", room=context.room)
        look = self._inserted(context.look) if context.look else []
        return Value(expression, context, mark.place, tag.text, look) if expression is not None else None

    def _inserted(self, data: bytes) -> Ops:
        """The operations of XML that is written once more in another place."""
        outer, at = self._flat, self._at
        self._flat, self._at = list(self._split(data)), 0
        ops = self._body(())
        self._flat, self._at = outer, at
        return merged(ops)

    def _parse(
        self, source: str, mark: Mark, *, prints: bool = False, room: int | None = None
    ) -> Expression | None:
        expression, problems = parse(source, at=mark.place, functions=FUNCTIONS | NAMESPACE)
        text = mark.tag.text if mark.tag else source
        self.marks.problems += [
            p if text in p.message else replace(p, message=f'{p.message}, in "{text}"') for p in problems
        ]
        unknown = unknown_of_loop(expression) if expression is not None and self._loops else None
        if unknown is not None:
            what = (
                f'"{text}" asks for "{unknown}", which no loop tells' if unknown else f'"{text}" is no value'
            )
            self.marks.error("unknown-name", what, mark.place, f"known are {', '.join(LOOP)}")
        wrong = misplaced_call(expression, prints=prints, room=room) if expression is not None else None
        if wrong is not None:
            self.marks.error("tag-misplaced", f'"{text}" {wrong[0]}', mark.place, wrong[1])
        bad = wrong_arguments(expression) if expression is not None and wrong is None else None
        if bad is not None:
            hint = 'write {{ picture(logo, width="20mm", alt="Logo") }}'
            self.marks.error("bad-arguments", f'"{text}" {bad}', mark.place, hint)
        return expression


def loop_parts(text: str) -> tuple[tuple[str, ...], str, str] | None:
    """Names, list and condition of `a, b in list if condition`; None when it is no loop."""
    found = _FOR.match(text)
    if found is None or found[3].endswith(" recursive"):
        return None
    names = tuple(n.strip() for n in (found[1] or found[2]).split(","))
    source, condition = found[3], ""
    if len(names) > 1 and source.endswith(".items()"):
        source = source.removesuffix(".items()")
    head, middle, tail = source.partition(" if ")
    if middle and " else " not in tail:
        source, condition = head, tail
    return names, source, condition


def _static(piece: bytes, in_tag: bool) -> Static:
    """Bytes that may begin and end within an element's tag, where a mark stands in an attribute."""
    text = b"<" + piece if in_tag else piece
    if _ends_in_tag(text, in_tag):
        text += b">"
    return Static(piece, bool(_TAGS.sub(b"", text).strip() or _SHOWING.search(piece)))


def _ends_in_tag(piece: bytes, in_tag: bool) -> bool:
    opened, closed = piece.rfind(b"<"), piece.rfind(b">")
    return in_tag if opened == closed else opened > closed


def _ends(mark: Mark) -> bool:
    return mark.closes or (
        mark.kind == "directive" and mark.word in ("elif", "else", "endif", "endfor", "endwith")
    )


def merged(ops: Ops) -> Ops:
    """The operations with neighbouring static bytes joined."""
    out: Ops = []
    for op in ops:
        last = out[-1] if out else None
        if isinstance(op, Static) and isinstance(last, Static):
            out[-1] = Static(last.data + op.data, last.shows or op.shows)
        else:
            out.append(op)
    return out


__all__ = ["TreeReader", "merged"]
