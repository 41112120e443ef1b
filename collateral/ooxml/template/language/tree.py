"""A rearranged tree → operations.

In: a part's tree whose marks stand where they belong, and its groups. Out: operations, with expressions parsed, and
diagnostics. The tree is serialised once; only the marks in it are looked for, and they cannot be confused with text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from collateral.expressions import Expression, parse
from collateral.expressions import nodes as n
from collateral.expressions.parsing import without_list
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.calls import (
    FUNCTIONS,
    LOOP,
    NAMESPACE,
    misplaced_call,
    unknown_of_loop,
    wrong_arguments,
)
from collateral.ooxml.template.language.lift import CELLS, CONTENT, empty_copy
from collateral.ooxml.template.language.marks import TARGET, Context, Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import (
    ENDED_TITLE,
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
)
from collateral.ooxml.template.language.scan import PARAGRAPHS, RUNS, TEXTS, run_context
from collateral.ooxml.xml import serialise

_CONTAINERS = (
    CELLS
    | {
        qn(n)
        for n in (
            "w:txbxContent",
            "w:hdr",
            "w:ftr",
            "w:footnote",
            "w:endnote",
            "w:comment",
            "a:txBody",
            "p:txBody",
            "c:rich",
            "dgm:t",
        )
    }
    | {"{http://schemas.microsoft.com/office/drawing/2008/diagram}txBody"}
)
_HARMLESS = frozenset(
    {
        qn(n)
        for n in ("w:pPr", "w:rPr", "a:pPr", "a:rPr", "a:endParaRPr", "w:proofErr", "w:lastRenderedPageBreak")
    }
)
_WRAPPERS = RUNS | {qn(n) for n in ("w:hyperlink", "w:ins", "w:smartTag")}
_FOR = re.compile(r"^\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s+in\s+(.+?)\s*$", re.S)
_SET = re.compile(r"^\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)\s*=\s*(.+?)\s*$", re.S)
_TAGS = re.compile(rb"<[^>]*>")


def bracket_paragraphs(root: etree._Element, marks: Marks) -> None:
    """Put brackets around paragraphs that may vanish, and around containers that must keep one."""
    vanishing: set[etree._Element] = set()
    for paragraph in list(root.iter(*PARAGRAPHS)):
        kind = _vanishing(paragraph, marks)
        if kind is not None:
            vanishing.add(paragraph)
            _bracket(paragraph, marks, "para", kind)
    _refuse_text_beside_values(root, marks)
    for container in root.iter(*_CONTAINERS):
        _guard(container, vanishing, marks)


def _vanishing(paragraph: etree._Element, marks: Marks) -> str | None:
    """ "whole" for a lone value, "drop" for content that may come out empty, None for a paragraph that stays."""
    if any(
        is_instruction(child) and marks.of(child).kind == "directive" and marks.of(child).note == "span"
        for child in paragraph
    ):
        return None
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        return None
    found: list[Mark] = []
    if not _scan(paragraph, marks, found, [0]) or not found:
        return None
    acting = [m for m in found if m.kind != "comment" and not _follows(m)]
    if any(m.kind not in ("value", "directive") for m in acting):
        return None
    lone = len(acting) == 1 and acting[0].kind == "value"
    return "whole" if lone and acting[0].context and acting[0].context.form == "run" else "drop"


def _follows(mark: Mark) -> bool:
    """Whether a hook only adds to what a paragraph shows."""
    return isinstance(mark.note, Hook) and mark.note.name == ENDED_TITLE


def _refuse_text_beside_values(root: etree._Element, marks: Marks) -> None:
    """`{{p value }}` takes the place of its paragraph: whatever else is in it would be lost."""
    for node in root.iter(etree.ProcessingInstruction):
        mark = marks.of(node) if is_instruction(node) else None
        if mark is None or mark.kind != "value" or mark.tag is None or mark.tag.prefix != "p":
            continue
        paragraph = next((a for a in node.iterancestors() if a.tag in PARAGRAPHS), None)
        before = paragraph.getprevious() if paragraph is not None else None
        if before is None or not is_instruction(before) or marks.of(before).note != "whole":
            hint = "give it a paragraph of its own, or leave out the p"
            message = f'"{mark.tag.text}" would delete what is beside it'
            marks.error("text-beside-directive", message, mark.place, hint)


def _scan(element: etree._Element, marks: Marks, found: list[Mark], state: list[int]) -> bool:
    """Whether all the element shows depends on values; conditional text counts as such. `state` holds the depth of
    conditions, `found` collects the marks."""
    if element.tag in TEXTS and state[0] == 0 and (element.text or "").strip():
        return False
    for child in element:
        if is_instruction(child):
            mark = marks.of(child)
            found.append(mark)
            state[0] += _depth_change(mark)
        elif child.tag in _HARMLESS:
            pass
        elif child.tag in TEXTS or child.tag in _WRAPPERS:
            if not _scan(child, marks, found, state):
                return False
        elif state[0] == 0 or child.tag in CONTENT:
            return False
        if element.tag in TEXTS and state[0] == 0 and (child.tail or "").strip():
            return False
    return True


def _depth_change(mark: Mark) -> int:
    if mark.kind != "directive":
        return 0
    if mark.closes or mark.word in ("endif", "endfor"):
        return -1
    return 1 if mark.word in ("if", "for") else 0


def _bracket(element: etree._Element, marks: Marks, kind: str, note: object) -> None:
    opening = marks.add(kind, note=note)
    closing = marks.add(kind, note=note, closes=True)
    tail, element.tail = element.tail, None
    element.addprevious(instruction(opening))
    after = instruction(closing)
    element.addnext(after)
    after.tail = tail


def _guard(container: etree._Element, vanishing: set[etree._Element], marks: Marks) -> None:
    """Guard a container whose paragraphs may all vanish."""
    depth, kept, first, start = 0, False, None, None
    for child in container:
        if is_instruction(child):
            mark = marks.of(child)
            depth += _depth_change(mark)
            first = child if first is None else first
        elif child.tag in PARAGRAPHS:
            first = child if first is None else first
            kept = kept or (depth == 0 and child not in vanishing)
            start = child if start is None or child in vanishing else start
        elif depth == 0 and child.tag in (qn("w:tbl"), qn("w:sdt")):
            first, kept = None, False
    if kept or (first is None and container.tag not in CELLS):
        return
    if first is None or not any(is_instruction(c) for c in container):
        return
    container.text = None
    for child in container:
        child.tail = None  # white space between paragraphs must not count as one
    last = container[-1]
    if last.tag == qn("a:tcPr"):
        last = last.getprevious()  # type: ignore[assignment]
    fallback = _empty_paragraph(start) if start is not None else _bare_paragraph(container)
    first.addprevious(instruction(marks.add("guard", note=fallback)))
    last.addnext(instruction(marks.add("guard", closes=True)))


def _empty_paragraph(paragraph: etree._Element) -> bytes:
    copy = empty_copy(paragraph)
    copy.attrib.clear()
    for child in paragraph:
        if child.tag in (qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr")):
            copy.append(deepcopy(child))
    return _without_declarations(etree.tostring(copy, encoding="UTF-8"), copy)


def _bare_paragraph(container: etree._Element) -> bytes:
    namespace = "w" if str(container.tag).startswith(qn("w:p")[:-1]) else "a"
    uri = qn(f"{namespace}:p")[1:-2]
    prefix = next((p for p, u in container.nsmap.items() if u == uri), namespace)
    return f"<{prefix}:p/>".encode() if prefix else b"<p/>"


def _without_declarations(data: bytes, element: etree._Element) -> bytes:
    for prefix, uri in element.nsmap.items():
        name = f":{prefix}" if prefix else ""
        data = data.replace(f' xmlns{name}="{uri}"'.encode(), b"", 1)
    return data


class TreeReader:
    """Turns a marked tree into operations."""

    def __init__(self, root: etree._Element, marks: Marks) -> None:
        self.root, self.marks = root, marks
        self._at = self._loops = 0
        self._flat: list[bytes | Mark] = []

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

    def _cross(self, mark: bytes | Mark) -> None:
        if isinstance(mark, Mark) and not self.marks.problems:
            text = mark.tag.text if mark.tag else ""
            self.marks.error("tags-crossed", f'"{text}" closes what was opened somewhere else', mark.place)

    def _split(self, data: bytes) -> Iterator[bytes | Mark]:
        token = re.escape(self.marks.token.encode())
        pattern = re.compile(b"<\\?" + TARGET.encode() + rb" (\d+)\?>|" + token + rb"(\d+)" + token)
        at = 0
        for found in pattern.finditer(data):
            if found.start() > at:
                yield data[at : found.start()]
            yield self.marks.all[int(found[1] or found[2])]
            at = found.end()
        yield data[at:]

    def _body(self, until: tuple[str, ...]) -> Ops:
        """Operations up to (not including) a mark that ends or continues the surrounding one."""
        ops: Ops = []
        while self._at < len(self._flat):
            piece = self._flat[self._at]
            if isinstance(piece, bytes):
                ops.append(Static(piece, bool(_TAGS.sub(b"", piece).strip())))
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
        if mark.kind == "guard":
            fallback = mark.note if isinstance(mark.note, bytes) else b""
            return Guard(self._until_closed("guard"), fallback)
        if mark.kind == "needs":
            return Guard(
                self._until_closed("needs"), b"", needs=mark.note if isinstance(mark.note, bytes) else b""
            )
        return self._directive(mark)

    def _until_closed(self, kind: str) -> Ops:
        body = self._body(())
        piece = self._flat[self._at] if self._at < len(self._flat) else None
        if isinstance(piece, Mark) and piece.kind == kind:
            self._at += 1
        else:
            self._cross(piece or b"")
        return merged(body)

    def _directive(self, mark: Mark) -> Op | None:
        word = mark.word
        if word == "if":
            return self._if(mark)
        if word == "for":
            return self._for(mark)
        return self._set(mark) if word == "set" else None

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
            self.marks.error(
                "expression-syntax", f'"{text}" is no loop', mark.place, "write {% for item in list %}"
            )
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
        found = _SET.match(mark.tag.rest if mark.tag else "")
        if found is None:
            text = mark.tag.text if mark.tag else ""
            self.marks.error(
                "expression-syntax", f'"{text}" sets nothing', mark.place, "write {% set name = value %}"
            )
            return None
        text = mark.tag.text if mark.tag else ""
        expression = self._parse(found[2], mark)
        if expression is None:
            return None
        if isinstance(expression.node, n.Call) and expression.node.name in NAMESPACE:
            held = [(f"{found[1]}.{key}", Expression.of(text, node)) for key, node in expression.node.named]
            return If([Branch(None, [Set(name, value, mark.place, text) for name, value in held])])
        return Set(found[1], expression, mark.place, text)

    def _value(self, mark: Mark) -> Op | None:
        tag = mark.tag
        if tag is None:
            return None
        context = mark.context or Context("text")
        expression = self._parse(tag.body, mark, prints=context.form == "run", room=context.room)
        return Value(expression, context, mark.place, tag.text) if expression is not None else None

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
    if found is None:
        return None
    names = tuple(n.strip() for n in found[1].split(","))
    source, condition = found[2], ""
    if len(names) > 1 and source.endswith(".items()"):
        source = source.removesuffix(".items()")
    head, middle, tail = source.partition(" if ")
    if middle and " else " not in tail:
        source, condition = head, tail
    return names, source, condition


def _ends(mark: Mark) -> bool:
    return mark.closes or (mark.kind == "directive" and mark.word in ("elif", "else", "endif", "endfor"))


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


__all__ = ["TreeReader", "bracket_paragraphs", "merged", "run_context"]
