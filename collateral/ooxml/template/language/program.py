"""Operations → the Python functions that write a part.

In: operations of parts. Out: source of one module with two functions a part. `fast` reads values by bare subscripts and
appends precomputed bytes; anything unusual makes it raise, and then `careful` runs, which says for every tag what is
wrong with it. Only identifiers and constants made here get into the source; the author's expressions arrive as code
from `expressions`, which lets nothing else through.
"""

from __future__ import annotations

from collections.abc import Iterable

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import Expression
from collateral.expressions import nodes as n
from collateral.expressions.generate import Access, generate
from collateral.ooxml.template.language.loop_names import loop_names
from collateral.ooxml.template.language.marks import LOOK, Context
from collateral.ooxml.template.language.op_facts import cost_of, reads_loop, set_names
from collateral.ooxml.template.language.ops import (
    BOX_ENDS,
    CHART,
    CONNECTED,
    ENDED_TITLE,
    NEW_LIST,
    ROW_ENDS,
    SPANS_END,
    TABLES_APART,
    TEXT_ENDS,
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

Site = tuple[Place | None, str, str]
"""Where a tag stands, the tag and its expression."""


_BLOCKS = "{{p "
"""How a tag begins whose value may be tables: it is written when what stands before it is known."""
_BEHIND = (BOX_ENDS, CONNECTED, SPANS_END, TABLES_APART, TEXT_ENDS)
"""The hooks that are given what was written so far."""
_UNSEEN = {"attribute": "A", "field": "F", "width": "W"}
"""The helpers for values nobody sees where they stand."""


@dataclass(slots=True)
class Sites:
    """The tags of a template, numbered for the careful functions."""

    all: list[Site] = field(default_factory=list)

    def add(self, place: Place | None, tag: str, source: str) -> int:
        """The number of a new tag."""
        self.all.append((place, tag, source))
        return len(self.all) - 1


@dataclass(slots=True)
class Scope:
    """Names the code at some point knows: loop variables and what was set."""

    names: dict[str, str]

    def inner(self) -> Scope:
        """A copy that may grow without changing this one."""
        return Scope(dict(self.names))


class Emitter:
    """Writes the body of one function."""

    def __init__(self, sites: Sites, *, careful: bool) -> None:
        self.sites, self.careful = sites, careful
        self.lines: list[str] = []
        self._pending: list[str | bytes] = []
        self._depth = 1
        self._count = 0
        self._flags: list[str] = []
        self._guards = self._loops = 0

    def function(self, name: str, ops: Ops) -> str:
        """The source of `name(c, w)` that returns the part's bytes."""
        self._line("L=w.formats; o=[]")
        scope = Scope({})
        for line in self._own_names(ops, scope):
            self._line(line)
        self.body(ops, scope)
        self._line("w.pieces=o")  # kept for whoever reads the part back
        self._line("return b''.join(o)")
        return "\n".join([f"def {name}(c,w):", *self.lines]) + "\n"

    def body(self, ops: Ops, scope: Scope) -> None:
        """The code of some operations."""
        for op in ops:
            self._op(op, scope)
        self._flush()

    def _op(self, op: Op, scope: Scope) -> None:
        if isinstance(op, Static):
            if self._flags and op.shows:
                self._line(f"{self._flags[-1]}=1")
            self._static(op.data)
        elif isinstance(op, Value):
            self._value(op, scope)
        elif isinstance(op, Para):
            self._paragraph(op, scope)
        elif isinstance(op, If):
            self._if(op, scope)
        elif isinstance(op, For):
            self._for(op, scope)
        elif isinstance(op, With):
            self._with(op, scope)
        elif isinstance(op, Guard):
            self._guard(op, scope)
        elif isinstance(op, Set):
            self._set(op, scope)
        else:
            self._hook(op, scope)

    def _static(self, data: bytes) -> None:
        """Bytes as they are; neighbours become one constant."""
        if self._pending and isinstance(self._pending[-1], bytes):
            self._pending[-1] += data
        else:
            self._pending.append(data)

    def _value(self, op: Value, scope: Scope) -> None:
        call = self._written(op, scope)
        if not self._flags or op.context.form in _UNSEEN:
            self._pending.append(call)
            return
        self._flush()
        name = self._new("b")
        self._line(f"{name}={call}")
        self._line(f"if {name}: {self._flags[-1]}=1; o.append({name})")

    def _written(self, op: Value, scope: Scope) -> str:
        code = self._code(op.expression, scope)
        helper = _UNSEEN.get(op.context.form)
        around = _around(op.context)
        if op.look:
            around = f"w.around({around},{LOOK!r},{self._joined(op.look, scope)})"
        call = f"{helper}({code},w)" if helper else f"E({code},{around},w)"
        return self._wrapped(call, op.place, op.tag, op.expression, "b''")

    def _joined(self, ops: Ops, scope: Scope) -> str:
        """An expression for the bytes of operations that surround a value."""
        return f"b''.join(({''.join(f'{self._inline(op, scope)},' for op in ops)}))"

    def _inline(self, op: Op, scope: Scope) -> str:
        if isinstance(op, Static):
            return repr(op.data)
        if isinstance(op, Hook):
            return self._hooked(op, scope)
        if isinstance(op, If):
            about = op.branches[0]
            return f"({self._joined(about.body, scope)} if w.has({about.about!r}) else b'')"
        return self._written(op, scope) if isinstance(op, Value) else "b''"

    def _wrapped(self, code: str, place: Place | None, tag: str, expression: Expression, default: str) -> str:
        if not self.careful:
            return code
        return f"w.attempt({self.sites.add(place, tag, expression.source)},lambda:{code},{default})"

    def _code(self, expression: Expression, scope: Scope, *, soft: bool = False) -> str:
        node = expression.node
        if isinstance(node, n.Call) and node.name in ("slot", "block"):
            return self._slot(node)
        if isinstance(node, n.Call) and node.name == "chart" and node.args:
            node = node.args[0]
        if soft:
            return generate(node, Access(scope.names, mode="soft"))
        return generate(node, Access(scope.names, mode="careful" if self.careful else "fast"))

    def _slot(self, node: n.Call) -> str:
        name = node.args[0].value if node.args and isinstance(node.args[0], n.Const) else ""
        return f"w.slot({name!r})"

    def _paragraph(self, op: Para, scope: Scope) -> None:
        if op.whole and self._lone_value(op, scope):
            return
        self._flush()
        mark, flag = self._new("m"), self._new("t")
        self._line(f"{mark}=len(o); {flag}=0")
        self._flags.append(flag)
        self.body(op.body, scope)
        self._flags.pop()
        outer = f"\n{' ' * self._depth}else: {self._flags[-1]}=1" if self._flags else ""
        self._line(f"if not {flag}: del o[{mark}:]{outer}")

    def _lone_value(self, op: Para, scope: Scope, fallback: bytes | None = None) -> bool:
        """A paragraph of one value: an expression on its own, or statements where a guard counts what was written."""
        values = [o for o in op.body if isinstance(o, Value)]
        ends = [o for o in op.body if isinstance(o, Hook) and o.name == ENDED_TITLE]
        if len(values) != 1 or any(not isinstance(o, Static | Value) and o not in ends for o in op.body):
            return False
        value = values[0]
        at = op.body.index(value)
        before = b"".join(o.data for o in op.body[:at] if isinstance(o, Static))
        after = b"".join(o.data for o in op.body[at + 1 :] if isinstance(o, Static))
        code = self._code(value.expression, scope)
        if ends:
            self._ended_title(value, code, before, op.body[at + 1 :], kept=fallback is not None)
            return True
        rest = f"{before!r},{after!r},{_around(value.context)},w"
        if self._guards or (fallback is None and value.tag.startswith(_BLOCKS)):
            self._lone_statements(value, code, rest)
            return True
        if fallback is not None:
            return b"<w:numPr>" not in before and self._kept_paragraph(value, code, before, after)
        if self.careful:
            call = f"G({code},{rest},())"
            self._pending.append("*" + self._wrapped(call, value.place, value.tag, value.expression, "()"))
            return True
        name = self._new("v")
        text = f"({before!r},E({name},{_around(value.context)},w),{after!r}) if {name} else ()"
        self._pending.append(f"*(({text}) if ({name}:={code}).__class__ is str else G({name},{rest},()))")
        return True

    def _ended_title(self, value: Value, code: str, before: bytes, after: Ops, *, kept: bool) -> None:
        """A title of one value that may be numbered: there is one on a slide, so this need not be the fastest way."""
        static = b"".join(o.data for o in after if isinstance(o, Static))
        ended = "+".join(
            repr(o.data) if isinstance(o, Static) else f"w.{o.name}({o.argument!r})"
            for o in after
            if isinstance(o, Static | Hook)
        )
        rest = f"{before!r},{ended},{_around(value.context)},w"
        if self._guards:
            self._lone_statements(value, code, rest)
            return
        call = f"G({code},{rest},{(before + static,) if kept else ()!r})"
        self._pending.append("*" + self._wrapped(call, value.place, value.tag, value.expression, "()"))

    def _kept_paragraph(self, value: Value, code: str, before: bytes, after: bytes) -> bool:
        """The only paragraph of a cell or text body: it stays, empty if need be, so its surroundings are constants."""
        context = value.context
        around = _surroundings(context, after + before)
        if self.careful:
            call = f"G({code},{before!r},{after!r},{around!r},w,({before + after!r},))"
            self._pending.append("*" + self._wrapped(call, value.place, value.tag, value.expression, "()"))
            return True
        self._static(before)
        self._pending.append(f"E({code},{around!r},w)")
        self._static(after)
        return True

    def _lone_statements(self, value: Value, code: str, rest: str) -> None:
        self._flush()
        call = f"P(o,{code},{rest})"
        self._line(self._wrapped(call, value.place, value.tag, value.expression, "None"))

    def _if(self, op: If, scope: Scope) -> None:
        self._flush()
        word = "if"
        for branch in op.branches:
            if branch.piece:
                self._line(f"if w.shows({branch.piece},o):")
            elif branch.series:
                self._line(f"if w.has_more_series({branch.series}):")
            elif branch.about:
                self._line(f"if w.has({branch.about!r}):")
            elif branch.expression is None:
                self._line("else:" if word == "elif" else "if 1:")
            else:
                code = self._code(branch.expression, scope, soft=True)
                self._line(
                    f"{word} {self._wrapped(code, branch.place, branch.tag, branch.expression, 'None')}:"
                )
            self._block(branch.body, scope)
            word = "elif"

    def _block(self, ops: Ops, scope: Scope, first: Iterable[str] = ()) -> None:
        self._depth += 1
        before = len(self.lines)
        for line in first:
            self._line(line)
        self.body(ops, scope)
        if len(self.lines) == before:
            self._line("pass")
        self._depth -= 1

    def _for(self, op: For, scope: Scope) -> None:
        self._flush()
        inner = scope.inner()
        targets = [self._new("v") for _ in op.names]
        inner.names.update(zip(op.names, targets, strict=True))
        head = f"({','.join(targets)})" if len(targets) > 1 else targets[0]
        items = self._items(op, head, scope, inner)
        turns = f"w.rows({op.piece},{items},o,{cost_of(op.body)})" if op.piece else items
        turns = f"w.turning({turns})" if self.careful else turns
        if reads_loop(op.body):
            index = self._new("i")
            inner.names.update(loop_names(index, items, self._loops))
            counted = f"enumerate({turns},w.first({op.piece}))" if op.piece else f"enumerate({turns})"
            self._line(f"for {index},{head} in {counted}:")
        else:
            self._line(f"for {head} in {turns}:")
        self._loops += 1
        self._block(op.body, inner, self._own_names(op.body, inner))
        self._loops -= 1
        if op.otherwise:
            self._line(f"if not {items}:")
            self._block(op.otherwise, scope)

    def _items(self, op: For, head: str, scope: Scope, inner: Scope) -> str:
        """The name of what a loop goes through; slides that share a table's turns work it out once."""
        items = self._new("l")
        if op.piece:
            self._line(f"{items}=w.known_items({op.piece})")
            self._line(f"if {items} is None:")
            self._depth += 1
        code = self._wrapped(self._listed(op, scope), op.place, op.tag, op.expression, "()")
        self._line(f"{items}={code}")
        if op.condition is not None:
            test = self._code(op.condition, inner, soft=True)
            self._line(f"{items}=[{head} for {head} in {items} if {test}]")
        if op.piece:
            self._line(f"w.keep_items({op.piece},{items})")
            self._depth -= 1
        return items

    def _listed(self, op: For, scope: Scope) -> str:
        cost = "None" if op.piece else cost_of(op.body)  # shared turns are counted where they are written
        value, names = self._code(op.expression, scope), len(op.names)
        return f"I({value},w,{cost})" if names == 1 else f"J({value},{names},w,{cost})"

    def _guard(self, op: Guard, scope: Scope) -> None:
        lone = op.body[0] if len(op.body) == 1 else None
        if (
            isinstance(lone, Para)
            and lone.whole
            and not op.last
            and not self._guards
            and self._lone_value(lone, scope, op.fallback)
        ):
            return
        self._flush()
        mark = self._new("m")
        self._line(f"{mark}=len(o)")
        if op.aside:
            self._aside(op, scope, mark)
            return
        if op.needs:
            self.body(op.body, scope)
            found = " or ".join(f"{needed!r} in x" for needed in op.needs)
            forget = f"; w.forget({op.shape!r})" if op.shape else ""
            self._line(f"if not any({found} for x in o[{mark}:]): del o[{mark}:]{forget}")
            return
        self._guards += 1
        self.body(op.body, scope)
        self._guards -= 1
        ends_badly = f" or o[-1].endswith({op.last!r})" if op.last else ""
        self._line(f"if len(o)=={mark}{ends_badly}: o.append({op.fallback!r})")

    def _aside(self, op: Guard, scope: Scope, mark: str) -> None:
        """What is written is kept for another part; whether it shows anything is of no concern here."""
        self._flags.append(self._new("t"))
        self.body(op.body, scope)
        self._flags.pop()
        self._line(f"w.put_aside({op.aside!r},o,{mark})")

    def _own_names(self, ops: Ops, scope: Scope) -> list[str]:
        """What is set in a loop is its own in every turn and begins as it was outside; only what a namespace holds goes on."""
        lines = []
        for name in dict.fromkeys(set_names(ops)):
            outside = scope.names.get(name)
            if outside is None or "." not in name:
                scope.names[name] = self._new("s")
                lines.append(f"{scope.names[name]}={outside or f'x_step(c,{name!r})'}")
        return lines

    def _set(self, op: Set, scope: Scope) -> None:
        self._flush()
        name = scope.names.get(op.name) or self._new("s")
        code = self._wrapped(self._code(op.expression, scope), op.place, op.tag, op.expression, "None")
        self._line(f"{name}={code}")
        scope.names[op.name] = name

    def _with(self, op: With, scope: Scope) -> None:
        self._flush()
        inner = scope.inner()
        for each in op.sets:
            name = inner.names[each.name] = self._new("s")
            code = self._code(each.expression, scope)
            self._line(f"{name}={self._wrapped(code, each.place, each.tag, each.expression, 'None')}")
        for line in self._own_names(op.body, inner):
            self._line(line)
        self.body(op.body, inner)

    def _hook(self, op: Hook, scope: Scope) -> None:
        argument = repr(op.argument)
        if op.name == NEW_LIST:
            self._line(f"w.{op.name}({argument})")
            return
        if op.name in _BEHIND:
            self._line(f"w.{op.name}({f'{argument},' if op.argument is not None else ''}o)")
            return
        if op.name == ROW_ENDS and op.expression is not None:
            call = f"w.{op.name}({argument},o)"
            self._flush()
            self._line(self._wrapped(call, op.place, op.tag, op.expression, "None"))
            return
        self._pending.append(self._hooked(op, scope))

    def _hooked(self, op: Hook, scope: Scope) -> str:
        argument = repr(op.argument)
        if op.expression is None:
            return f"w.{op.name}({argument})"
        known = f",{_known(scope)}" if op.name == CHART else ""
        call = f"w.{op.name}({argument},{self._code(op.expression, scope)}{known})"
        return self._wrapped(call, op.place, op.tag, op.expression, "b''")

    def _flush(self) -> None:
        if self._pending:
            body = ",".join(repr(p) if isinstance(p, bytes) else p for p in self._pending)
            many = len(self._pending) > 1 or body.startswith("*")
            self._pending.clear()
            self._line(f"o+=({body},)" if many else f"o.append({body})")

    def _line(self, code: str) -> None:
        if self._pending and not code.startswith("o"):
            self._flush()
        self.lines.append(" " * self._depth + code)

    def _new(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"


def _known(scope: Scope) -> str:
    """What a chart's own texts are to know by name: the variables of loops, what was set, and of which turn they are."""
    plain = [(name, code) for name, code in scope.names.items() if name.isidentifier()]
    turn = [(name[5:], code) for name, code in scope.names.items() if name.startswith("loop.")]
    return _mapping([*plain, ("loop", _mapping(turn))] if turn else plain)


def _mapping(items: Iterable[tuple[str, str]]) -> str:
    return f"{{{','.join(f'{name!r}:{code}' for name, code in items)}}}"


def _around(context: Context) -> str:
    return repr(_surroundings(context))


def _surroundings(context: Context, between: bytes | None = None) -> tuple[object, ...]:
    """`filling.runtime.Surroundings` of a value; `between` lies between paragraphs that stay when they are empty."""
    around = (context.line_break, context.tab, context.leave, context.enter, context.room)
    if context.other:
        return (*around, between, context.other, context.turned)
    return around if between is None else (*around, between)
