"""A slide's animations, written from the shapes that are really on it.

In: the timing as `timing_steps` cut it, and the ids every animated shape has (none when it was dropped, several when it was
repeated). Out: the timing's XML. A copy moves together with the shape it is a copy of. Hot path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

EFFECT, BUILD, LIST, NODE, STEP = "effect", "build", "list", "node", "step"
Timing = bytes | tuple[str, bytes, "tuple[Timing, ...]", bytes, tuple[str, ...]]
"""Bytes as they are, or kind, start, children, end, and the shapes an effect is about; for a step, which shows one of several, what is
counted (the shape of a text; "series" or "category" and the relationship of a chart), the number and, at the last, how many were drawn
("" at others)."""
_NUMBER = re.compile(rb'(<p:cTn [^>]*?\bid=")\d+"')
_PARAGRAPH = re.compile(rb"<p:pRg [^>]*/>")
_MEANT = {
    "series": (re.compile(rb'seriesIdx="\d+"'), b'seriesIdx="%d"'),
    "category": (re.compile(rb'categoryIdx="\d+"'), b'categoryIdx="%d"'),
}
_START = re.compile(rb'nodeType="(?:click|after)Effect"')
_FIRST_NUMBER = 1_000_000


def written(
    timing: Timing,
    ids: Mapping[str, Sequence[str]],
    fresh: Callable[[], int],
    counts: Mapping[str, int] = MappingProxyType({}),
) -> bytes:
    """The timing's XML; nothing when no effect is left. `counts` says how many paragraphs texts have, and series and categories
    charts, that move one by one."""
    if isinstance(timing, bytes):
        return timing
    kind, start, children, end, targets = timing
    if kind in (EFFECT, BUILD):
        return _repeated(start, targets, ids, fresh)
    if kind == STEP:
        return _steps(start, targets, counts.get(targets[0], 0), fresh)
    parts = [written(child, ids, fresh, counts) for child in children]
    if kind == LIST:
        return b"".join([start, *parts, end]) if any(parts) else b""
    gone = any(not part and _is_needed(child) for part, child in zip(parts, children, strict=True))
    return b"" if gone else b"".join([start, *parts, end])


def _is_needed(child: Timing) -> bool:
    """Whether what holds the child is nothing without it: all but the list of builds."""
    return not isinstance(child, bytes) and not child[1].startswith(b"<p:bldLst")


def _steps(xml: bytes, targets: tuple[str, ...], there: int, fresh: Callable[[], int]) -> bytes:
    """An effect on a paragraph, series or category that is there; after the last, the same for those that were not drawn."""
    key, number, drawn = targets
    named, meant = _MEANT.get(key.partition(" ")[0], (_PARAGRAPH, b'<p:pRg st="%d" end="%d"/>'))
    out = [xml] if int(number) < there else []
    for further in range(int(drawn), there) if drawn else ():
        copy = named.sub(meant.replace(b"%d", b"%d" % further), xml)
        out.append(_NUMBER.sub(lambda found: b'%s%d"' % (found[1], _FIRST_NUMBER + fresh()), copy))
    return b"".join(out)


def _repeated(
    xml: bytes, targets: tuple[str, ...], ids: Mapping[str, Sequence[str]], fresh: Callable[[], int]
) -> bytes:
    if len(targets) > 1:
        return xml if all(ids.get(target) for target in targets) else b""
    own = b'spid="%s"' % targets[0].encode()
    out = []
    for turn, number in enumerate(ids.get(targets[0], ())):
        copy = xml.replace(own, b'spid="%s"' % number.encode())
        if turn:
            copy = _NUMBER.sub(lambda found: b'%s%d"' % (found[1], _FIRST_NUMBER + fresh()), copy)
            copy = _START.sub(b'nodeType="withEffect"', copy)
        out.append(copy)
    return b"".join(out)
