"""What a loop repeats while a part is filled: numbers and names of each copy, lists that start over, notes of their own.

In: what the template has. Out: what goes into the file. Hot path; each part has its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collateral.ooxml.xml import escape_attribute

if TYPE_CHECKING:
    from collateral.ooxml.template.parts.numbering import Numbering

_LONGEST_NAME = 40


class Copies:
    """The part of a filled part's state that tells copies apart. `next_id` is the last number that was given."""

    # Most parts need none of these, so they are the class's until a part sets its own.
    next_id: int
    numbering: Numbering | None = None
    seen: set[Any] | None = None
    bookmarks: dict[str, int] | None = None
    counts: dict[str, int] | None = None
    asides: dict[str, list[bytes]] | None = None

    def unique(self, argument: tuple[str, str]) -> bytes:
        """An id: the template's own the first time, a fresh one in every further round of a loop."""
        if self.seen is None:
            self.seen = set()
        if argument not in self.seen:
            self.seen.add(argument)
            return argument[1].encode()
        if argument[0] == "creationId" and argument[1].startswith("{"):
            return b"{%08X%s" % (self.fresh_id(), argument[1][9:].encode())
        return b"%d" % self.fresh_id()

    def bookmark(self, argument: tuple[str, bool]) -> bytes:
        """The number of a bookmark in a loop: the same at its start and its end."""
        number, starts = argument
        if self.bookmarks is None:
            self.bookmarks = {}
        if starts:
            self.bookmarks[number] = self.fresh_id()
        return b"%d" % self.bookmarks.get(number, 0)

    def once(self, argument: tuple[str, bytes]) -> bytes:
        """What stands in the first turn of a loop only."""
        self.seen = self.seen or set()
        if argument[0] in self.seen:
            return b""
        self.seen.add(argument[0])
        return argument[1]

    def note_number(self, argument: tuple[str, int]) -> bytes:
        """The number of the next copy of a note: of its kind the first that is free, then those behind it."""
        note, free = argument
        self.bookmarks = self.bookmarks or {}
        self.bookmarks[note] = free + self._count(f"copies {note.partition(' ')[0]}") - 1
        return b"%d" % self.bookmarks[note]

    def sequence(self, argument: tuple[str, bool]) -> bytes:
        """The number of a caption: the next of its sequence, or the same again."""
        name, counts = argument
        key = f"sequence {name}"
        return b"%d" % (self._count(key) if counts else (self.counts or {}).get(key, 0))

    def lent_relation(self, rel_id: str) -> bytes:
        """A relationship id of the part that what is put aside goes to."""
        return rel_id.encode()

    def put_aside(self, kind: str, out: list[bytes], since: int) -> None:
        """Keep a note that was written among the text for the part of the notes."""
        self.asides = self.asides or {}
        self.asides.setdefault(kind, []).append(b"".join(out[since:]))
        del out[since:]

    def put_aside_as(self, kind: str) -> bytes:
        """The notes of a kind that were kept, in the order of the text."""
        return b"".join((self.asides or {}).get(kind, ()))

    def copied_name(self, argument: tuple[str, str, str]) -> bytes:
        """The name of something in a loop: its own the first time, then with a number, and no longer than Word takes it.
        What refers to it follows the last one, or the next when it comes first."""
        kind, name, which = argument
        key = f"{kind} {name}"
        count = self._count(key) if which == "new" else (self.counts or {}).get(key, 0) + (which == "next")
        ending = f"_{count}" if count > 1 else ""
        return escape_attribute(name[: _LONGEST_NAME - len(ending)] + ending).encode()

    def new_list(self, loop: str) -> None:
        """A loop begins again, or its next turn: its lists start over."""
        self._count(loop)

    def _count(self, name: str) -> int:
        if self.counts is None:
            self.counts = {}
        count = self.counts[name] = self.counts.get(name, 0) + 1
        return count

    def list_number(self, argument: tuple[str, str]) -> bytes:
        """The list a paragraph belongs to whose list starts over."""
        loop, number = argument
        count = self.counts.get(loop, 1) if self.counts else 1
        if count == 1 or self.numbering is None:
            return number.encode()
        return self.numbering.again(f"{loop} {count}", number).encode()

    def fresh_id(self) -> int:
        """A drawing or bookmark id nobody else has."""
        self.next_id += 1
        return self.next_id
