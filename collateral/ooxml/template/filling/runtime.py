"""What generated code calls: escaping, loops, paragraphs of lists, and the limits on what one piece may hold.

In: values of any kind. Out: bytes that are safe inside XML. Runs on the hot path: no lxml, no Jinja, no zip here.
No value is ever parsed; characters XML cannot hold are dropped, everything else survives exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from collateral.expressions.arguments import to_text
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.runtime import runtime
from collateral.ooxml.drawing.language import FIRST_TURNED, directions, is_right_to_left
from collateral.ooxml.template.filling.budget import MAX_ITEMS, TooLarge
from collateral.ooxml.template.filling.inline_pictures import inline_picture, picture
from collateral.ooxml.template.filling.wiring import Wiring
from collateral.ooxml.template.tables.separators import TABLE_BEGINS, keep_apart
from collateral.ooxml.values import Fragment, Image

_LONG = 200
_LINE_ENDS = ("\r\n", "\r", "\u2028", "\x0b")
"""The last is what Office itself puts where a line is broken in a paragraph."""

Surroundings = tuple[Any, ...]
"""Line break, tab, leave-the-run and enter-the-run of a text position, all bytes; how wide the text is there in EMU, 0
where no picture can stand; where a paragraph stays even when it is empty, also what lies between two such paragraphs (else None);
in runs of Word also what enters a run of the other direction, and whether this one runs from right to left."""


def text(value: Any, around: Surroundings, wiring: Wiring) -> bytes:
    """The value as element content."""
    if value.__class__ is not str:
        if value.__class__ is Fragment:
            return _run_fragment(value, around, wiring)
        if value.__class__ is Image and around[4]:
            return _picture(value, around, wiring)
        if (
            len(around) > 5
            and around[5] is not None
            and (value.__class__ is list or value.__class__ is tuple)
        ):
            return _kept_list(value, around, wiring)
        value = plain(value, wiring)
    if len(around) > 6 and (around[7] or not (value.isascii() or max(value) < FIRST_TURNED)):
        turned = _in_both_directions(value, around, wiring)
        if turned is not None:
            return turned
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    if len(value) > _LONG:
        wiring.charge(len(value))
    if value.isprintable():
        return value.encode()  # type: ignore[no-any-return]
    return _unprintable(value, around, wiring)


def _in_both_directions(value: str, around: Surroundings, wiring: Wiring) -> bytes | None:
    """A value with letters that run the other way than its run says, these in runs of their own; None when it has none."""
    parts = directions(value, turned=around[7] or is_right_to_left(value, ""))
    if all(turned is around[7] for _, turned in parts):
        return None
    leave, enter, inner = around[2], around[3], around[:5]
    return b"".join(
        text(part, inner, wiring)
        if turned is around[7]
        else b"".join((leave, around[6], text(part, inner, wiring), leave, enter))
        for part, turned in parts
    )


def attribute(value: Any, wiring: Wiring) -> bytes:
    """The value inside a double-quoted attribute; line ends and tabs survive as references."""
    if value.__class__ is not str:
        value = plain(value, wiring)
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if len(value) > _LONG:
        wiring.charge(len(value))
    if not value.isprintable():
        value = wiring.budget.writable(value)
        value = value.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
    return value.encode()  # type: ignore[no-any-return]


def field_code(value: Any, wiring: Wiring) -> bytes:
    """The value inside the code of a field: no quote in it ends what it stands in, and no switch begins."""
    code = plain(value, wiring).replace("\\", "\\\\").replace('"', '\\"')
    return attribute(" ".join(code.splitlines()), wiring)


def column_width(value: Any, wiring: Wiring) -> bytes:
    """The width of a column that shares its table's width with others, noted for the pictures in it."""
    data = attribute(value, wiring)
    wiring.column_width = int(data)
    return data


def plain(value: Any, wiring: Wiring) -> str:
    """The value as the text a reader sees. Raises ExpressionError for what has none."""
    if isinstance(value, Image):
        raise ExpressionError("a picture cannot be written as text; put the tag into a picture's alt text")
    if isinstance(value, Fragment):
        raise ExpressionError("formatted content needs a paragraph of its own here")
    return to_text(value, wiring.formats)


def _unprintable(value: str, around: Surroundings, wiring: Wiring) -> bytes:
    for end in _LINE_ENDS:
        value = value.replace(end, "\n")
    data = wiring.budget.writable(value).encode()
    if b"\n" in data:
        data = data.replace(b"\n", around[0])
    return data.replace(b"\t", around[1]) if b"\t" in data else data


def _run_fragment(value: Fragment, around: Surroundings, wiring: Wiring) -> bytes:
    if value.level != "run" or not around[2]:
        raise ExpressionError("formatted content needs a paragraph of its own here")
    return b"".join((around[2], wiring.place(value), around[3]))


def _picture(value: Image, around: Surroundings, wiring: Wiring) -> bytes:
    before, after, room = around[2:5]
    return b"".join((before, inline_picture(value, room, wiring), after))


def items(value: Any, wiring: Wiring, cost: int | None) -> Sequence[Any]:
    """The items of a loop, within the bounds unless they are counted later. Raises ExpressionError for what is no list."""
    if value.__class__ is not list and value.__class__ is not tuple:
        value = _listed(value)
    if cost is not None:
        wiring.charge_items(len(value), cost)
    return value  # type: ignore[no-any-return]


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        raise MissingValue("")
    if isinstance(value, Mapping) and "value" in value and isinstance(value["value"], list | tuple):
        return value["value"]
    if isinstance(value, Mapping):
        raise ExpressionError(
            "a loop needs a list, not a group of values; write {% for key, value in group.items() %}"
        )
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise ExpressionError(f'a loop needs a list, not "{_short(value)}"')
    if isinstance(value, Sequence):
        return value
    taken = []
    for item in value:
        taken.append(item)
        if len(taken) > MAX_ITEMS:
            raise TooLarge(f"a loop has more than {MAX_ITEMS:,} items")
    return taken


def tuples(value: Any, names: int, wiring: Wiring, cost: int | None) -> Sequence[Any]:
    """The items of a loop with several names, each as many values: a mapping gives its keys and values."""
    if isinstance(value, Mapping):
        value = list(value.items())
    found = items(value, wiring, cost)
    for item in found:
        if not isinstance(item, list | tuple) or len(item) != names:
            raise ExpressionError(
                f'a loop with {names} names needs lists of {names} values, not "{_short(item)}"'
            )
    return found


def _short(value: Any) -> str:
    shown = str(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def paragraphs(
    out: list[bytes], value: Any, before: bytes, after: bytes, around: Surroundings, wiring: Wiring
) -> None:
    """A paragraph whose only content is this value: none when it is empty, one an item when it is a list."""
    if value.__class__ is list or value.__class__ is tuple:
        wiring.charge_items(len(value), len(before) + len(after))
        for item in value:
            paragraphs(out, item, before, after, around, wiring)
        return
    if value.__class__ is Fragment and value.level != "run":
        data = wiring.place(value)
        if data.startswith(TABLE_BEGINS):
            keep_apart(out)
        out.append(data)
        return
    data = text(value, around, wiring)
    if data:
        out += (before, data, after)


def _kept_list(value: Sequence[Any], around: Surroundings, wiring: Wiring) -> bytes:
    """A list in a paragraph that stays whatever it is: the items get a paragraph each, with what lies between two of
    them from the surroundings."""
    between: bytes = around[5]
    wiring.charge_items(len(value), len(between))
    inner = (*around[:5], None, *around[6:])
    return between.join([data for item in value if (data := text(item, inner, wiring))])


def lone_paragraph(
    value: Any, before: bytes, after: bytes, around: Surroundings, wiring: Wiring, fallback: tuple[bytes, ...]
) -> Sequence[bytes]:
    """The pieces that `paragraphs` gives; the fallback when nothing is left."""
    out: list[bytes] = []
    paragraphs(out, value, before, after, around, wiring)
    return out or fallback


def namespace() -> dict[str, Any]:
    """What generated code finds under its short names."""
    return runtime() | {
        "E": text,
        "A": attribute,
        "F": field_code,
        "W": column_width,
        "I": items,
        "J": tuples,
        "P": paragraphs,
        "G": lone_paragraph,
        "fn_picture": picture,
    }
