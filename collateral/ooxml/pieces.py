"""Parts that a template's function put together from pieces: read once for all those that differ in their texts only.

A text is what stands between tags, and what is said of a picture for those who cannot see it (`descr`).

In: the pieces of one part in order, most of them constants of the function. Out: what a reader makes of the part with
marks in place of its texts, remembered by everything but the texts; and the texts, to be put where the marks are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Final, TypeVar

from collateral.diagnostics.lazy_namedtuple import NamedTuple

Plan = TypeVar("Plan")
_PLANS: Final = 96
"""How many plans are kept for one function: conditions, loops and values in attributes each make another one."""
_PIECES: Final = 20_000
"""Of how many pieces all plans of one function may be: long tables of many lengths must not fill the memory."""
_LONGEST: Final = 2_000
"""The most pieces of a part with a plan: a table of thousands of rows is not met again with as many rows."""
_LEARNED: Final = 200
"""How many pieces that are tags only are taken for constants of one function."""
_MARK: Final = re.compile("\ue000([0-9]+)\ue001")
_WORDS: Final = re.compile(rb' descr="[^"<>]*$')
_TAGS: Final = re.compile(b"((?:<[^>]*>)+)")
_FIT: Final = re.compile(
    rb'<a:normAutofit(?: fontScale="[1-9][0-9]{4}")?(?: lnSpcReduction="[1-9][0-9]{3,4}")?/>'
)
_ANY_FIT: Final = b'<a:normAutofit fontScale="90000" lnSpcReduction="10000"/>'
"""What stands for each of these in an outline: no reader tells how far a text is shrunk, and each piece shrinks others."""
_MARK_BYTES: Final = "\ue000".encode()
_BETWEEN: Final = b"\0"
"""Between texts that are unescaped together: no XML holds it."""
_OPENS, _CLOSES, _QUOTE = b'<>"'
"""As numbers, for which bytes are searched at once. What is given as bytes is tried as a number first, and the error that raises inside
takes longer than the search."""
_REFERENCE: Final = re.compile("&(#x?[0-9A-Fa-f]+|[a-z]+);")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def mark(number: int) -> str:
    """What stands for a text or any other value that a plan leaves open: characters of the private use area."""
    return f"\ue000{number}\ue001"


class Marked:
    """A text with marks in it, ready to have them filled in. Its length is how many there are."""

    __slots__ = ("_first", "_number", "_parts", "_values")

    def __init__(self, text: str) -> None:
        self._parts = _MARK.split(text)  # what is between marks, and by turns the number of the mark
        slots = [int(number) for number in self._parts[1::2]]
        self._number, self._first = len(slots), slots[0] if slots else 0
        self._values: Any = itemgetter(*slots) if slots else None
        if self._number == 1 and not self._parts[0] and not self._parts[2]:
            self._parts = []  # most texts are one value and nothing else

    def __len__(self) -> int:
        return self._number

    def filled(self, values: Sequence[str]) -> str:
        """The text with the values in place of the marks."""
        parts = self._parts
        if not parts:
            return values[self._first]
        if self._number == 1:
            return parts[0] + values[self._first] + parts[2]
        if self._number:
            parts = parts.copy()
            parts[1::2] = self._values(values)
        return "".join(parts)


class OpenFit(bytes):
    """How far a text is shrunk while nobody knows: as the template has it, which may be nothing. It is known by itself, not by what
    it says."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__
    argument: tuple[int, bytes]


class Outline:
    """What parts of one function have in common that differ in their texts only: all else, None for each text; and the plans
    that readers made of it."""

    __slots__ = ("key", "plans")

    def __init__(self, key: tuple[bytes | None, ...]) -> None:
        self.key = key
        self.plans: dict[object, Any] = {}


class Split(NamedTuple):
    """The outline of a part, its own texts, and these as they stand in the part, with NUL between them."""

    outline: Outline
    texts: list[str]
    written: bytes


class PieceSource:
    """What is known of the parts of one function: its constants and how they end, and the outlines met so far with their plans."""

    def __init__(self, constants: Iterable[bytes]) -> None:
        self._ends = {constant: _ends_in_tag(constant) for constant in constants}
        self._known = {constant: _in_outline(constant) for constant in self._ends}
        self._most = len(self._ends) + _LEARNED
        self._fits: dict[tuple[int, bytes], OpenFit] = {}
        self._own: dict[tuple[bytes | None, ...], tuple[list[int], list[int]]] = {}
        self._outlines: dict[tuple[bytes | None, ...], Outline] = {}
        self._plans = self._size = 0

    def open_fit(self, argument: tuple[int, bytes]) -> OpenFit:
        """What stands for the scale of a shape while nobody knows it: in an outline as any other."""
        known = self._fits.get(argument)
        if known is None:
            known = self._fits[argument] = OpenFit(argument[1])
            known.argument = argument
            self._ends[known], self._known[known] = False, _ANY_FIT
        return known

    def split(self, pieces: Sequence[bytes]) -> Split:
        """The texts among the pieces, and the outline they stand in."""
        return self._split_as_before(pieces) or self._split_anew(self._parted(pieces))

    def _split_anew(self, parted: Sequence[bytes]) -> Split:
        return self._split_as_before(parted) or self._split(parted)

    def _split_as_before(self, pieces: Sequence[bytes]) -> Split | None:
        """The same for pieces whose constants were met before, in the same order: it is known what lies between them."""
        key = tuple(map(self._known.get, pieces))
        own = self._own.get(key)
        if own is None:
            return None
        texts, values = own
        written = _BETWEEN.join([pieces[at] for at in texts])
        if _OPENS in written:
            return None
        if values:
            if any(_OPENS in pieces[at] or _CLOSES in pieces[at] for at in values):
                return None
            key = _with(key, pieces, values)
        return Split(self._outline(key), unescaped(written).split("\0") if texts else [], written)

    def _outline(self, key: tuple[bytes | None, ...]) -> Outline:
        known = self._outlines.get(key)
        if known is None:
            if len(self._outlines) >= _PLANS:
                self._forget()
            known = Outline(key)
            if len(key) <= _LONGEST:
                self._outlines[key] = known
        return known

    def _parted(self, pieces: Sequence[bytes]) -> list[bytes]:
        """The pieces, with the tags in those that hold text as well as tags by themselves.

        Tags that come again and again, such as how far a box is shrunk, are as good as constants from then on.
        """
        known, out = self._ends, list[bytes]()
        for piece in pieces:
            if piece in known or _OPENS not in piece:
                out.append(piece)
                continue
            parts, tags = _parts_of(piece)
            out += [part for part in parts if part]
            for part in tags:
                if part not in known and len(known) < self._most:
                    known[part], self._known[part] = False, _in_outline(part)
        return out

    def _split(self, pieces: Sequence[bytes]) -> Split:
        """The same piece by piece. What lies where is remembered when all own pieces are texts or stand inside tags."""
        known, out, texts = self._ends, list[bytes | None](), list[str]()
        in_text, in_tags = list[int](), list[int]()
        in_tag = in_words = False
        clear = True
        for at, piece in enumerate(pieces):
            ends = known.get(piece, 2)
            if ends == 2:
                if _OPENS not in piece and (not in_tag or (in_words and _QUOTE not in piece)):
                    out.append(None)
                    texts.append(unescaped(piece))
                    in_text.append(at)
                    continue
                clear = clear and _OPENS not in piece and _CLOSES not in piece
                in_tags.append(at)
                ends = _ends_in_tag(piece)
            out.append(self._known.get(piece, piece))
            if ends is not None:
                in_tag = bool(ends)
            in_words = in_tag and ((in_words and _QUOTE not in piece) or _WORDS.search(piece) is not None)
        if clear and len(pieces) <= _LONGEST:
            if len(self._own) >= _PLANS:
                self._own.clear()
            self._own[tuple(map(self._known.get, pieces))] = in_text, in_tags
        return Split(self._outline(tuple(out)), texts, _BETWEEN.join([pieces[at] for at in in_text]))

    def plan(
        self, reader: object, outline: Outline, first: int, make: Callable[[bytes], Plan]
    ) -> Plan | None:
        """What `make` gives for the outline with marks from `first` on; None when it holds such marks itself or is very long."""
        plans = outline.plans
        if reader not in plans:
            key = outline.key
            if len(key) > _LONGEST:
                return None
            if self._plans >= _PLANS or self._size + len(key) > _PIECES:
                self._forget()
                plans.clear()
                self._outlines[key] = outline
            self._plans += 1
            self._size += len(key)
            own = any(_MARK_BYTES in piece for piece in key if piece is not None)
            plans[reader] = None if own else make(b"".join(_marked(key, first)))
        return plans[reader]  # type: ignore[no-any-return]

    def _forget(self) -> None:
        self._outlines.clear()
        self._plans = self._size = 0


class Pieces:
    """The pieces of one part, and what is known of the function they came from."""

    __slots__ = ("_found", "pieces", "source")

    def __init__(self, source: PieceSource, pieces: Sequence[bytes]) -> None:
        self.source, self.pieces = source, pieces
        self._found: Split | None = None

    def _split(self) -> Split:
        if self._found is None:
            self._found = self.source.split(self.pieces)
        return self._found

    def read(
        self, reader: object, make: Callable[[bytes], Plan], others: Sequence[str] = ()
    ) -> tuple[Plan | None, Sequence[str]]:
        """The plan that `make` gives for the part with marks in place of its texts, and the values for its marks.

        `reader` is all that the plan depends on besides the part. `others` are values of the reader's own, which its
        marks from 0 on stand for. No plan when the part cannot be read this way.
        """
        outline, texts, _ = self._split()
        return self.source.plan(reader, outline, len(others), make), (*others, *texts) if others else texts

    def with_fits(self, fit: Callable[[tuple[int, bytes]], bytes]) -> Pieces:
        """The same with what `fit` gives for each scale that was open. They need not be split again, unless one is odd."""
        pieces, alike = list(self.pieces), True
        for at, piece in enumerate(self.pieces):
            if piece.__class__ is OpenFit:
                drawn = piece.argument[1]
                written = pieces[at] = fit(piece.argument)
                alike = alike and (written is drawn or _in_outline(written) is _ANY_FIT)
        made = Pieces(self.source, pieces)
        made._found = self._found if alike else None
        return made

    def words(self) -> bytes:
        """The texts as they stand in the part, one a line."""
        return self._split().written.replace(_BETWEEN, b"\n")


def _parts_of(piece: bytes) -> tuple[list[bytes], list[bytes]]:
    """Texts and tags by turns, and the tags. Mostly they are items of a list, with the same tags between any two."""
    found = _TAGS.search(piece, piece.find(b"<"))  # which looks for the first much faster
    if found is None:
        return [piece], []
    texts = piece.split(found[0])
    if _OPENS in b"".join(texts):
        parts = _TAGS.split(piece)
        return parts, parts[1::2]
    parts = [found[0]] * (2 * len(texts) - 1)
    parts[::2] = texts
    return parts, [found[0]]


def _in_outline(piece: bytes) -> bytes:
    """What a piece that is known is in an outline: itself, but for how far a text is shrunk."""
    return _ANY_FIT if _FIT.fullmatch(piece) else piece


def _with(
    key: tuple[bytes | None, ...], pieces: Sequence[bytes], places: Iterable[int]
) -> tuple[bytes | None, ...]:
    out = list(key)
    for at in places:
        out[at] = pieces[at]
    return tuple(out)


def _marked(key: Iterable[bytes | None], first: int) -> Iterator[bytes]:
    number = first
    for piece in key:
        if piece is None:
            yield mark(number).encode()
            number += 1
        else:
            yield piece


def _ends_in_tag(piece: bytes) -> bool | None:
    """Whether a piece ends inside a tag; None when it holds no bracket, so that nothing changes."""
    opened, closed = piece.rfind(b"<"), piece.rfind(b">")
    return None if opened == closed else opened > closed


def unescaped(data: bytes) -> str:
    """The text that these bytes of XML stand for."""
    text = data.decode()
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else _ENTITIES.get(name, found[0])
