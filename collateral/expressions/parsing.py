"""Text → expression, by Jinja's own lexer and parser, then only the node kinds we know.

In: the text between the braces of a tag, or the value of a rule. Out: an `Expression` and what is wrong with it.
Jinja is imported on the first text that is not in the memo yet; it takes longer to import than a piece to render.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from collateral.diagnostics import Diagnostic, Place, Span
from collateral.diagnostics.hints import did_you_mean
from collateral.expressions import nodes as n
from collateral.expressions.expression import Expression
from collateral.expressions.filters import FILTERS, METHODS
from collateral.expressions.hints import from_elsewhere, instead_of
from collateral.expressions.runtime import CALLS
from collateral.expressions.typography import composed, straightened
from collateral.expressions.value_tests import TESTS

if TYPE_CHECKING:
    import jinja2

MAX_SOURCE = 4_000  # characters
MAX_NODES = 500
MAX_DEPTH = 60  # Python compiles at most 200 nested parentheses, and one step may become three
FUNCTIONS = frozenset({"known", "has", "range", "dict"})

_memo: dict[
    tuple[str, frozenset[str]], tuple[Expression | None, tuple[str, str, tuple[str, ...]] | None]
] = {}
_packed: dict[tuple[str, frozenset[str]], object] = {}  # out of a cache, not built yet
_grown = [False]
_NO_FUNCTIONS: frozenset[str] = frozenset()


class _Refused(Exception):
    """Something the language does not have: (code, message, hints)."""

    def __init__(self, code: str, message: str, *hints: str) -> None:
        super().__init__(message)
        self.code, self.hints = code, hints


def parse(
    source: str, *, at: Span | Place | None = None, functions: frozenset[str] = _NO_FUNCTIONS
) -> tuple[Expression | None, list[Diagnostic]]:
    """The expression, or None with the reason.

    `functions` are further function names the caller provides itself (the template compiler: slot, block, chart).
    Answers are memoised, so parsing the same text again costs a dictionary look-up.
    """
    found = _memo.get((source, functions))
    if found is None:
        cached = _unpacked(source, functions)
        found = (cached, None) if cached is not None else _parse(source, functions)
        _memo[source, functions] = found
        _grown[0] |= cached is None
    expression, problem = found
    if problem is None:
        return expression, []
    code, message, hints = problem
    return None, [Diagnostic.error(code, message, at, *hints)]


def pack_memo() -> tuple[object, ...]:
    """Every expression known so far as plain nested tuples of text and numbers, for a cache; in order of source.

    From here on `memo_grew` speaks of what is parsed after this.
    """
    _grown[0] = False
    known = {key: n.pack(e.node) for key, (e, _) in _memo.items() if e is not None}
    everything = {**_packed, **known}
    order = sorted(everything, key=lambda key: (key[0], sorted(key[1])))
    return tuple(
        (source, tuple(sorted(functions)), everything[source, functions]) for source, functions in order
    )


def unpack_memo(packed: object) -> None:
    """Take the expressions of a cache, so that Jinja need not be imported for them; each is built when it is asked for.

    Whatever is not as `pack_memo` made it is ignored: it will be parsed again.
    """
    for entry in packed if isinstance(packed, tuple) else ():
        if isinstance(entry, tuple) and len(entry) == 3 and isinstance(entry[0], str):
            source, functions, node = entry
            if isinstance(functions, tuple) and (source, frozenset(functions)) not in _memo:
                _packed[source, frozenset(functions)] = node


def memo_grew() -> bool:
    """Whether anything was parsed that neither came out of a cache nor was packed for one."""
    return _grown[0]


def _unpacked(source: str, functions: frozenset[str]) -> Expression | None:
    """The expression as a cache had it; None when it had none, or nonsense."""
    packed = _packed.pop((source, functions), None)
    if packed is None:
        return None
    try:
        return Expression.of(source, n.unpack(packed), functions)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError):
        return None


def _parse(
    source: str, functions: frozenset[str]
) -> tuple[Expression | None, tuple[str, str, tuple[str, ...]] | None]:
    try:
        node = _read(source, functions)
    except _Refused as refused:
        return None, (refused.code, str(refused), refused.hints)
    except RecursionError:
        return None, ("expression-too-large", f'"{_short(source)}" is nested too deeply', ())
    return Expression.of(source, node, functions), None


def _read(source: str, functions: frozenset[str]) -> n.Node:
    if len(source) > MAX_SOURCE:
        raise _Refused(
            "expression-too-large",
            f"an expression has at most {MAX_SOURCE} characters, this has {len(source)}",
        )
    if not source.strip():
        raise _Refused("expression-syntax", "there is no expression", "write a name such as prospect.name")
    if _depth(source) > MAX_DEPTH:
        raise _Refused("expression-too-large", f'"{_short(source)}" is nested too deeply')
    converter = _Converter(functions, source)
    return converter.node(_jinja(source))


def _depth(source: str) -> int:
    depth = deepest = 0
    for character in source:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _short(source: str) -> str:
    return source if len(source) <= 60 else source[:59] + "…"


def _jinja(source: str) -> Any:
    """Jinja's tree; typographic characters count as what was typed when the text makes no sense otherwise."""
    import jinja2

    message = ""
    for text in dict.fromkeys((composed(source), straightened(source))):
        try:
            return _jinja_tree(text)
        except jinja2.TemplateSyntaxError as error:
            message = (error.message or "syntax error").rstrip(".")
    what = f'"{_short(source)}" is no expression: {_plain(message)}'
    raise _Refused("expression-syntax", what, *from_elsewhere(source))


_WORDS = {
    "'end of print statement'": "its end",
    "'end of template'": "its end",
    "expected token": "expected",
    "unexpected": "it stops at",
}


def _plain(message: str) -> str:
    for jinja, ours in _WORDS.items():
        message = message.replace(jinja, ours)
    return message[:1].lower() + message[1:]


def _jinja_tree(source: str) -> Any:
    import jinja2
    from jinja2.parser import Parser

    parser = Parser(_environment(), source, state="variable")
    tree = parser.parse_expression()
    if not parser.stream.eos:
        rest = str(parser.stream.current.value)
        raise jinja2.TemplateSyntaxError(f'"{rest}" is not expected here', 1)
    return tree


@lru_cache(1)
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(autoescape=False)  # noqa: S701  only its lexer and parser are used, nothing is rendered


_ARITHMETIC = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**"}


LIST_FILTERS = frozenset(
    {
        "length",
        "count",
        "first",
        "last",
        "join",
        "sort",
        "unique",
        "map",
        "select",
        "reject",
        "selectattr",
        "rejectattr",
    }
    | {"sum", "min", "max", "batch", "slice", "reverse", "groupby", "tojson"}
)
"""The filters that take a list: in front of them Jinja's `list` only says that it is one."""


def without_list(node: n.Node) -> n.Node:
    """What a list is made of, where `list` is followed by something that takes a list; alone it writes one out."""
    plain = isinstance(node, n.Filter) and node.name == "list" and not node.args and not node.named
    return node.operand if plain else node  # type: ignore[union-attr]


class _Converter:
    """Jinja's nodes → ours; raises _Refused for anything that is not on the list."""

    def __init__(self, functions: frozenset[str], source: str) -> None:
        self.functions = FUNCTIONS | functions
        self.source = source
        self.count = self.depth = 0

    def node(self, tree: Any) -> n.Node:
        self.count += 1
        self.depth += 1
        if self.count > MAX_NODES:
            raise _Refused("expression-too-large", f"an expression has at most {MAX_NODES} parts")
        if self.depth > MAX_DEPTH:
            raise _Refused("expression-too-large", f'"{_short(self.source)}" is nested too deeply')
        node = self._make(tree)
        self.depth -= 1
        return node

    def _make(self, tree: Any) -> n.Node:
        kind = type(tree).__name__
        if kind in _ARITHMETIC:
            if kind == "Mod" and _is_text(tree.left):
                return self._percent(tree)
            if kind == "Mul" and (_repeats(tree.left) or _repeats(tree.right)):
                what, times = (tree.left, tree.right) if _repeats(tree.left) else (tree.right, tree.left)
                return n.Filter("repeat", self.node(what), (self.node(times),), ())
            return n.Binary(_ARITHMETIC[kind], self.node(tree.left), self.node(tree.right))
        make = _MAKERS.get(kind)
        if make is None:
            message = f'"{_short(self.source)}" uses {kind.lower()}, which the language does not have'
            raise _Refused("expression-not-allowed", message)
        return make(self, tree)

    def _percent(self, tree: Any) -> n.Node:
        """`"%.2f" % x` is what `"%.2f" | format(x)` is."""
        right = self.node(tree.right)
        values = right.items if isinstance(right, n.ListOf) else (right,)
        return n.Filter("format", self.node(tree.left), values, ())

    def _cycle(self, tree: Any) -> n.Node:
        """`loop.cycle(a, b)` takes turns through what it is given."""
        turns = self.all(tree.args)
        if not turns:
            raise _Refused("bad-arguments", '"loop.cycle" needs what to take turns through')
        turn = n.Binary("%", n.Attr(n.Name("loop"), "index0"), n.Const(len(turns)))
        return n.Item(n.ListOf(turns), turn)

    def all(self, trees: Sequence[Any]) -> tuple[n.Node, ...]:
        return tuple(self.node(tree) for tree in trees)

    def maybe(self, tree: Any) -> n.Node | None:
        return None if tree is None else self.node(tree)

    def const(self, tree: Any) -> n.Node:
        value = tree.value
        return n.Const(Decimal(repr(value)) if isinstance(value, float) else value)

    def attribute(self, tree: Any) -> n.Node:
        if tree.attr == "days" and type(tree.node).__name__ == "Sub":
            return self.node(tree.node)  # what lies between two dates is a number of days
        return n.Attr(self.node(tree.node), self._key(tree.attr))

    def item(self, tree: Any) -> n.Node:
        base = self.node(tree.node)
        if type(tree.arg).__name__ == "Slice":
            return n.Cut(
                without_list(base),
                self.maybe(tree.arg.start),
                self.maybe(tree.arg.stop),
                self.maybe(tree.arg.step),
            )
        key = self.node(tree.arg)
        if isinstance(key, n.Const) and isinstance(key.value, str | int) and not isinstance(key.value, bool):
            return n.Attr(without_list(base), self._key(key.value))
        return n.Item(without_list(base), key)

    def _key(self, key: str | int) -> str | int:
        if isinstance(key, str) and key.startswith("__"):
            raise _Refused(
                "expression-not-allowed", f'"{_short(self.source)}" reads "{key}", which no profile can have'
            )
        return key

    def compare(self, tree: Any) -> n.Node:
        left = self.node(tree.expr)
        steps = tuple((step.op.replace("teq", "e"), self.node(step.expr)) for step in tree.ops)
        if len(steps) == 1 and steps[0][0] in ("eq", "ne") and steps[0][1] == n.Const(None):
            is_none = n.Is("none", left, ())
            return is_none if steps[0][0] == "eq" else n.Not(is_none)
        return n.Compare(left, steps)

    def named(self, tree: Any) -> tuple[tuple[str, n.Node], ...]:
        if getattr(tree, "dyn_args", None) is not None or getattr(tree, "dyn_kwargs", None) is not None:
            raise _Refused("expression-not-allowed", f'"{_short(self.source)}" passes arguments with a star')
        for pair in tree.kwargs:
            if iskeyword(pair.key):
                raise _Refused("bad-arguments", f'"{pair.key}" is no name for an argument')
        return tuple((pair.key, self.node(pair.value)) for pair in tree.kwargs)

    def filter(self, tree: Any) -> n.Node:
        if tree.node is None:
            raise _Refused("expression-syntax", f'"{_short(self.source)}" filters nothing')
        return self._filtered(tree.name, tree.node, tree)

    def _filtered(self, name: str, operand: Any, tree: Any) -> n.Node:
        if name not in FILTERS:
            hints = instead_of(name) or did_you_mean(name, FILTERS)
            raise _Refused("unknown-filter", f'there is no filter "{name}"', *hints)
        known = self.node(operand)
        if name in LIST_FILTERS:
            known = without_list(known)
        made = n.Filter(name, known, self.all(tree.args), self.named(tree))
        _check_arguments(name, FILTERS[name], made, before=2)
        return made

    def test(self, tree: Any) -> n.Node:
        if tree.name not in TESTS:
            hints = instead_of(f"is {tree.name}") or did_you_mean(tree.name, TESTS)
            raise _Refused("unknown-test", f'there is no test "is {tree.name}"', *hints)
        args = self.all(tree.args or ())
        operand = self.node(tree.node)
        if tree.name == "undefined":
            return n.Not(n.Is("defined", operand, ()))
        made = n.Is(tree.name, operand, args)
        _check_arguments(tree.name, TESTS[tree.name], made, before=1)
        return made

    def call(self, tree: Any) -> n.Node:
        target = tree.node
        if type(target).__name__ == "Getattr" and target.attr == "join" and len(tree.args) == 1:
            return n.Filter("join", without_list(self.node(tree.args[0])), (self.node(target.node),), ())
        if type(target).__name__ == "Getattr" and target.attr in METHODS:
            return self._filtered(METHODS[target.attr], target.node, tree)
        if type(target).__name__ == "Getattr" and target.attr == "cycle" and _is_loop(target.node):
            return self._cycle(tree)
        if type(target).__name__ == "Getattr":
            hints = instead_of(f".{target.attr}") or did_you_mean(target.attr, METHODS)
            raise _Refused("unknown-method", f'there is no method "{target.attr}"', *hints)
        if type(target).__name__ != "Name":
            hint = "only listed functions can be called"
            raise _Refused("expression-not-allowed", f'"{_short(self.source)}" calls a value', hint)
        if target.name not in self.functions:
            hints = instead_of(f"{target.name}()") or did_you_mean(target.name, self.functions)
            raise _Refused("unknown-function", f'there is no function "{target.name}"', *hints)
        made = n.Call(target.name, self.all(tree.args), self.named(tree))
        if target.name in CALLS:
            _check_arguments(target.name, CALLS[target.name], made, before=0)
        return made

    def pairs(self, tree: Any) -> n.Node:
        return n.DictOf(tuple((self.node(pair.key), self.node(pair.value)) for pair in tree.items))


def _is_text(tree: Any) -> bool:
    return type(tree).__name__ == "Const" and isinstance(tree.value, str)


def _repeats(tree: Any) -> bool:
    """Whether it is a text or list the author wrote, which a number repeats; one of the data may be a number gone wrong."""
    return _is_text(tree) or type(tree).__name__ == "List"


def _is_loop(tree: Any) -> bool:
    return type(tree).__name__ == "Name" and tree.name == "loop"


def _check_arguments(
    name: str, function: Callable[..., object], node: n.Filter | n.Is | n.Call, *, before: int
) -> None:
    """Refuse arguments the function does not take; `before` counts those that are not the author's."""
    import inspect

    named = () if isinstance(node, n.Is) else node.named
    places = [None] * (before + len(node.args))
    try:
        inspect.signature(function).bind(*places, **dict.fromkeys(key for key, _ in named))
    except TypeError as error:
        raise _Refused("bad-arguments", f'"{name}" is used wrongly: {error}') from None


_MAKERS: Mapping[str, Callable[[_Converter, Any], n.Node]] = {
    "Const": _Converter.const,
    "Name": lambda self, tree: n.Name(tree.name),
    "Getattr": _Converter.attribute,
    "Getitem": _Converter.item,
    "List": lambda self, tree: n.ListOf(self.all(tree.items)),
    "Tuple": lambda self, tree: n.ListOf(self.all(tree.items)),
    "Dict": _Converter.pairs,
    "Neg": lambda self, tree: n.Unary("-", self.node(tree.node)),
    "Pos": lambda self, tree: n.Unary("+", self.node(tree.node)),
    "Concat": lambda self, tree: n.Concat(self.all(tree.nodes)),
    "Compare": _Converter.compare,
    "And": lambda self, tree: n.And(self.node(tree.left), self.node(tree.right)),
    "Or": lambda self, tree: n.Or(self.node(tree.left), self.node(tree.right)),
    "Not": lambda self, tree: n.Not(self.node(tree.node)),
    "CondExpr": lambda self, tree: n.Choice(
        self.node(tree.test), self.node(tree.expr1), self.maybe(tree.expr2)
    ),
    "Filter": _Converter.filter,
    "Test": _Converter.test,
    "Call": _Converter.call,
}
