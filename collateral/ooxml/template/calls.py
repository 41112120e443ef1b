"""The functions a tag may call beyond those of every expression, and where each of them may stand.

In: an expression of a tag. Out: why it cannot stand there, if it cannot: what these functions give is no text, so a tag
that would print it is refused when the template is compiled. Must not evaluate anything.
"""

from __future__ import annotations

from collateral.expressions import Expression
from collateral.expressions import nodes as n

FUNCTIONS = frozenset({"slot", "block", "chart"})
NAMESPACE = frozenset({"namespace"})
"""What keeps values from turn to turn of a loop: {% set ns = namespace(total=0) %}, {% set ns.total = ns.total + x %}."""
CHART = frozenset({"chart"})
"""The function a chart's or a picture's alt text may call."""
_CHART = (
    "writes a chart's data where no chart is",
    "draw a chart, and put the tag into its alt text",
)
_CONTENT = (
    "asks for content inside of something else",
    'write {{p slot("name") }} in a paragraph of its own',
)
_KEEPS = ("sets nothing", "write {% set ns = namespace(total=0) %}")
_NAME = ("needs the name of what it asks for, as a text", 'write {{p slot("name") }}')


LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
"""What a loop tells of its turns."""


def unknown_of_loop(expression: Expression) -> str | None:
    """What the expression asks of its loop that no loop tells."""
    asked = (path.partition(".")[2] for path in sorted(expression.reads) if path.partition(".")[0] == "loop")
    return next((name for name in asked if name.partition(".")[0] not in LOOP), None)


def misplaced_call(expression: Expression, *, prints: bool) -> tuple[str, str] | None:
    """What is wrong with the calls in an expression and what to do instead; None when nothing is.

    `prints` says that the expression is the whole of a value tag in running text.
    """
    whole = expression.node
    for node in n.walk(whole):
        if isinstance(node, n.Call) and node.name in NAMESPACE and (node is not whole or prints or node.args):
            return _KEEPS
        if not isinstance(node, n.Call) or node.name not in FUNCTIONS:
            continue
        if node.name in CHART:
            return _CHART
        if node is not whole or not prints:
            return _CONTENT
        name = node.args[0] if len(node.args) == 1 else None
        if not isinstance(name, n.Const) or not isinstance(name.value, str):
            return _NAME
    return None
