"""The functions a tag may call beyond those of every expression, and where each of them may stand.

In: an expression of a tag. Out: why it cannot stand there, if it cannot: what these functions give is no text, so a tag
that would print it is refused when the template is compiled. Must not evaluate anything.
"""

from __future__ import annotations

from collateral.expressions import Expression
from collateral.expressions import nodes as n
from collateral.expressions.unparse import unparse
from collateral.ooxml.sizes import wrong_length

FUNCTIONS = frozenset({"slot", "block", "chart", "picture"})
NAMESPACE = frozenset({"namespace"})
"""What keeps values from turn to turn of a loop: {% set ns = namespace(total=0) %}, {% set ns.total = ns.total + x %}."""
CHART = frozenset({"chart"})
"""The function a chart's or a picture's alt text may call."""
PICTURE = frozenset({"picture"})
"""The function that shows a picture in the running text of a document."""
_CHART = (
    "writes a chart's data where no chart is",
    "draw a chart, and put the tag into its alt text",
)
_INSIDE = (
    "asks for a picture inside of something else",
    "let picture(…) be all of its tag; for a condition put {% if … %} and {% endif %} around it",
)
_CONTENT = (
    "asks for content inside of something else",
    'write {{p slot("name") }} in a paragraph of its own',
)
_KEEPS = ("sets nothing", "write {% set ns = namespace(total=0) %}")
_NAME = ("needs the name of what it asks for, as a text", 'write {{p slot("name") }}')


FIT_HINT = 'write {{ picture(photo, fit="cover") }}, or fit="contain" as without it'
LOOP = (
    "index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem", "depth", "depth0",
)  # fmt: skip
"""What a loop tells of its turns."""


def unknown_of_loop(expression: Expression) -> str | None:
    """What the expression asks of its loop that no loop tells."""
    asked = (path.partition(".")[2] for path in sorted(expression.reads) if path.partition(".")[0] == "loop")
    return next((name for name in asked if name.partition(".")[0] not in LOOP), None)


def misplaced_call(
    expression: Expression, *, prints: bool, room: int | None = None
) -> tuple[str, str] | None:
    """What is wrong with the calls in an expression and what to do instead; None when nothing is.

    `prints` says that the expression is the whole of a value tag in running text, `room` whether a value there may be a
    picture; None when the tag is no value.
    """
    whole = expression.node
    for node in n.walk(whole):
        if isinstance(node, n.Call) and node.name in NAMESPACE and (node is not whole or prints or node.args):
            return _KEEPS
        if not isinstance(node, n.Call) or node.name not in FUNCTIONS:
            continue
        if node.name in CHART:
            return _CHART
        if node.name in PICTURE:
            if node is whole and room:
                continue
            return drawn_instead(node) if node is whole and room is not None else _INSIDE
        if node is not whole or not prints:
            return _CONTENT
        name = node.args[0] if len(node.args) == 1 else None
        if not isinstance(name, n.Const) or not isinstance(name.value, str):
            return _NAME
    return None


def drawn_instead(node: n.Call) -> tuple[str, str]:
    """Why a picture cannot stand where there is no running text of a document, and what to do instead."""
    wanted = unparse(node.args[0]) if node.args else "logo"
    hint = f"draw a picture where it shall be, and put {{{{ {wanted} }}}} into its alt text"
    return "asks for a picture where only the running text of a Word document can show one", hint


def wrong_fit(node: n.Call) -> str:
    """What is wrong with what a drawn picture is asked for with; "" when nothing is."""
    if len(node.args) != 1:
        return "needs the picture, and the rest by name"
    for name, value in node.named:
        if name != "fit":
            return f'asks for "{name}", and a picture that is drawn has its frame'
        if not isinstance(value, n.Const) or value.value not in ("contain", "cover"):
            return "fits neither of the two ways there are"
    return ""


def wrong_arguments(expression: Expression) -> str | None:
    """What is wrong with what a picture is asked for with, as far as the tag itself says it."""
    node = expression.node
    if not isinstance(node, n.Call) or node.name not in PICTURE:
        return None
    if len(node.args) != 1:
        return "needs the picture, and the rest by name"
    for name, value in node.named:
        if name not in ("width", "height", "alt"):
            return f'asks for "{name}", which no picture has'
        if name != "alt" and isinstance(value, n.Const) and (wrong := wrong_length(name, value.value)):
            return f"cannot be: {wrong}"
    return None
