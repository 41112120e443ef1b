"""Which of a slide's shapes are there, and what refers to them: lines between shapes, and animations.

In: what the generated functions say when they write a shape that other things refer to, or take it back. Out: its id, the ends
of lines, the timing. Hot path of slides with such shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

_PARAGRAPHS = (b"<a:p>", b"<a:p ", b"<a:p/>")


class TextBegins(bytes):
    """The place where a text begins: writes nothing."""


class ShapeIds:
    """The part of a slide's state that knows its shapes. `shape_ids` are the ids a shape was written with (none when it was
    dropped, several when it was repeated), `reserved` those promised to lines before it, `awaited` the ends of such lines, `paragraphs` how
    many a text came to have."""

    shape_ids: dict[str, list[str]] | None = None
    reserved: dict[str, str] | None = None
    awaited: dict[bytes, tuple[str, str]] | None = None
    paragraphs: dict[str, int] | None = None

    if TYPE_CHECKING:
        charts: dict[str, Any] | None

        def fresh_id(self) -> int:
            """A number no shape has."""

    def shape_id(self, number: str) -> bytes:
        """The id of a shape other things refer to: its own the first time, then fresh ones."""
        if self.shape_ids is None:
            self.shape_ids = {}
        ids = self.shape_ids.setdefault(number, [])
        ids.append((self.reserved or {}).pop(number, "") or (str(self.fresh_id()) if ids else number))
        return ids[-1].encode()

    def shape_id_again(self, number: str) -> bytes:
        """The id of the same shape in its form for older programs, of which only one is shown."""
        return (self.shape_ids or {}).get(number, [number])[-1].encode()

    def forget(self, number: str) -> None:
        """A shape was left empty by what was to be in it, and went."""
        if self.shape_ids is not None and (ids := self.shape_ids.get(number)):
            ids.pop()

    def connection(self, argument: tuple[str, str, bytes, bytes]) -> bytes:
        """The end of a line at a shape: the one of the same turn, which may still come; none when it was dropped."""
        number, which, before, after = argument
        ids = (self.shape_ids or {}).get(number, [])
        if which == "later":
            if self.reserved is None:
                self.reserved = {}
            if ids and number not in self.reserved:
                self.reserved[number] = str(self.fresh_id())
            wanted = self.reserved.get(number, number)
            if self.awaited is None:
                self.awaited = {}
            made = before + wanted.encode() + after
            self.awaited[made] = number, wanted
            return made
        return before + ids[0 if which == "first" else -1].encode() + after if ids else b""

    def connected(self, out: list[bytes]) -> None:
        """Lines let go of shapes that were to come after them and did not."""
        ids = self.shape_ids or {}
        awaited = (self.awaited or {}).items()
        gone = {made for made, (number, wanted) in awaited if wanted not in ids.get(number, ())}
        if gone:
            out[:] = [b"" if piece in gone else piece for piece in out]

    def timing(self, tree: Any) -> bytes:
        """The animations of the shapes that are there."""
        from collateral.ooxml.template.shapes.timing import written

        counts = dict(self.paragraphs or {})
        for rel_id, chart, _ in (self.charts or {}).values():
            for key, items in ((f"series {rel_id}", chart.series), (f"category {rel_id}", chart.categories)):
                counts[key] = max(len(items), counts.get(key, 0))  # the most that any copy of it has
        return written(tree, self.shape_ids or {}, self.fresh_id, counts)

    def text_begins(self, argument: None) -> bytes:
        """Where a text begins whose paragraphs move one by one."""
        return TextBegins()

    def text_ends(self, number: str, out: list[bytes]) -> None:
        """Count the paragraphs of that text, which is the one of the shape of this id."""
        start = next(at for at in range(len(out) - 1, -1, -1) if isinstance(out[at], TextBegins))
        written = b"".join(out[start:])
        if self.paragraphs is None:
            self.paragraphs = {}
        self.paragraphs[number] = sum(map(written.count, _PARAGRAPHS))
