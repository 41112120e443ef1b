"""XML that a template's function put together from pieces: read without parsing what is the same each time.

In: the pieces of one part in order, most of them constants of the function. Out: the events expat would give, for the
elements somebody is interested in. What a constant says is worked out when it is first met and kept with the function.
Reads only what the engine itself wrote; XML with prefixes other than Office's own is left to expat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import NAMESPACES

_START, _END, _TEXT = range(3)
_TOKEN: Final = re.compile(rb"<(/?)([^\s/>!?]+)([^>]*?)(/?)>|<[!?]")
_ATTRIBUTE: Final = re.compile(rb'([\w:.-]+)\s*=\s*"([^"]*)"')
_DECLARATION: Final = re.compile(rb'xmlns(?::([\w.-]+))?="([^"]*)"')
_REFERENCE: Final = re.compile("&(#x?[0-9A-Fa-f]+|[a-z]+);")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

_SHORT: Final = 200  # bytes
_FEW: Final = 100

Event = tuple[int, str, object]


@dataclass(frozen=True, slots=True)
class Interest:
    """The elements, as `uri local`, whose starts and whose ends somebody listens to."""

    starts: frozenset[str]
    ends: frozenset[str]


class Listener:
    """Handlers under the names expat has for them, so that a reader can be driven by either."""

    __slots__ = ("CharacterDataHandler", "EndElementHandler", "StartElementHandler")

    def __init__(self) -> None:
        self.StartElementHandler: Callable[[str, dict[str, str]], object] | None = None
        self.EndElementHandler: Callable[[str], object] | None = None
        self.CharacterDataHandler: Callable[[str], object] | None = None


class _Unusual(Exception):
    """XML that is not as Office writes it."""


Scan = tuple[Sequence[Event], bytes]
"""The events of a piece, and the tag it ends in the middle of."""


class _Memory:
    """What the constants of one function say to one interest."""

    def __init__(self, constants: Iterable[bytes], interest: Interest) -> None:
        self.interest = interest
        self.whole: dict[bytes, Scan | None] = dict.fromkeys(constants)
        self.after: dict[bytes, Scan] = {}
        self.short: dict[bytes, Scan] = {}
        self.names: dict[bytes, str] = {}
        self.uris = {name.partition(" ")[0] for name in interest.starts | interest.ends}

    def again(self, piece: bytes) -> Scan:
        """As `scan`, for a short piece that is no constant but perhaps one of a few, such as the scale of a text."""
        known = self.short.get(piece)
        if known is None:
            if len(self.short) >= _FEW:
                self.short.clear()
            known = self.short[piece] = self.scan(piece)
        return known

    def scan(self, data: bytes) -> Scan:
        """The events in these bytes, which begin outside any tag. Raises _Unusual."""
        events: list[Event] = []
        at, heard = 0, True  # text at the very start may belong to a tag of the piece before
        for token in _TOKEN.finditer(data):
            if heard and token.start() > at:
                events.append((_TEXT, "", unescaped(data[at : token.start()])))
            at = token.end()
            heard = self._tag(token, events)
        rest = data[at:]
        cut = rest.find(b"<")
        text, cut_tag = (rest, b"") if cut < 0 else (rest[:cut], rest[cut:])
        if heard and text:
            events.append((_TEXT, "", unescaped(text)))
        return events, cut_tag

    def _tag(self, token: re.Match[bytes], events: list[Event]) -> bool:
        """Note one tag; whether text that follows it is heard."""
        closing, raw, inside, empty = token.groups()
        if raw is None:
            if token.string[token.start() : token.start() + 5] != b"<?xml":
                raise _Unusual
            return False
        if b"xmlns" in inside:
            self._declared(inside)
        name = self.names.get(raw) or self.names.setdefault(raw, _full_name(raw))
        if closing:
            if name in self.interest.ends:
                events.append((_END, name, None))
            return False
        if name in self.interest.starts:
            events.append((_START, name, _attributes(inside)))
        if empty and name in self.interest.ends:
            events.append((_END, name, None))
        return not empty and name in self.interest.starts

    def _declared(self, inside: bytes) -> None:
        for prefix, uri in _DECLARATION.findall(inside):
            known = NAMESPACES.get(prefix.decode())
            if known != uri.decode() and (known in self.uris or uri.decode() in self.uris):
                raise _Unusual


Reading = tuple[bytes, Sequence[Event]]
"""A constant piece, or b"" for one that is not the same each time, and its events."""


class PieceSource:
    """What is known of the constants of one function, for each interest it was read with."""

    def __init__(self, constants: Iterable[bytes]) -> None:
        self._constants = tuple(constants)
        self._memories: dict[Interest, _Memory | None] = {}
        self._kept: dict[object, dict[Any, Any]] = {}

    def kept(self, owner: object) -> dict[Any, Any]:
        """What a reader worked out from the constants and keeps with them."""
        return self._kept.setdefault(owner, {})

    def readings(self, pieces: Iterable[bytes], interest: Interest) -> Sequence[Reading] | None:
        """The events of each piece; None when they must be parsed."""
        if interest not in self._memories:
            self._memories[interest] = _Memory(self._constants, interest)
        memory = self._memories[interest]
        if memory is None:
            return None
        try:
            return list(_readings(pieces, memory))
        except _Unusual:
            self._memories[interest] = None
            return None


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one part, and what is known of the function they came from."""

    source: PieceSource
    pieces: Sequence[bytes]

    def readings(self, interest: Interest) -> Sequence[Reading] | None:
        """The events of each piece; None when they must be parsed."""
        return self.source.readings(self.pieces, interest)

    def read(self, interest: Interest, listener: Listener) -> bool:
        """Tell the listener what the part says; False, with nothing told, when it must be parsed."""
        found = self.readings(interest)
        for _, events in found or ():
            tell(events, listener)
        return found is not None


def _readings(pieces: Iterable[bytes], memory: _Memory) -> Iterator[Reading]:
    """The events of each piece. A tag with a value in it is read as a whole."""
    tag = b""
    whole = memory.whole
    for piece in pieces:
        constant = b""
        if tag:
            end = piece.find(b">") + 1
            if not end:
                tag += piece
                continue
            yield b"", memory.scan(tag + piece[:end])[0]
            events, tag = _after(piece, end, memory)
        elif (known := whole.get(piece)) is not None:
            constant = piece
            events, tag = known
        elif piece in whole:
            constant = piece
            events, tag = whole[piece] = memory.scan(piece)
        elif b"<" in piece:
            events, tag = memory.scan(piece) if len(piece) > _SHORT else memory.again(piece)
        else:
            events = ((_TEXT, "", unescaped(piece)),) if piece else ()
        yield constant, events


def _after(piece: bytes, end: int, memory: _Memory) -> Scan:
    """What follows the end of a tag in a piece."""
    if piece not in memory.whole:
        return memory.scan(piece[end:])
    if piece not in memory.after:
        memory.after[piece] = memory.scan(piece[end:])
    return memory.after[piece]


def tell(events: Sequence[Event], to: Listener) -> None:
    """Call the listener's handlers for these events."""
    for kind, name, value in events:
        if kind == _START:
            if to.StartElementHandler is not None:
                to.StartElementHandler(name, value)  # type: ignore[arg-type]
        elif kind == _END:
            if to.EndElementHandler is not None:
                to.EndElementHandler(name)
        elif to.CharacterDataHandler is not None:
            to.CharacterDataHandler(value)  # type: ignore[arg-type]


def _full_name(raw: bytes) -> str:
    prefix, _, local = raw.decode().partition(":")
    return f"{NAMESPACES.get(prefix, prefix)} {local}" if local else prefix


def _attributes(inside: bytes) -> dict[str, str]:
    return {
        _full_name(key) if b":" in key else key.decode(): unescaped(value)
        for key, value in _ATTRIBUTE.findall(inside)
        if not key.startswith(b"xmlns")
    }


def unescaped(data: bytes) -> str:
    """The text that these bytes of XML stand for."""
    text = data.decode()
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else _ENTITIES.get(name, found[0])
