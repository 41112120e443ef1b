"""A slide that was filled to be measured, and is written without its function running again once it is known how far its texts are
shrunk.

In: the function of a slide and its values; later the state to write with. Out: what the slide's shapes say; later the
slide as it will stand in the file. It can only be finished when all else that its function asks the state for is the same
then as now: pictures and the rows of tables that may go on, for instance, are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from collateral.diagnostics import Diagnostic, has_errors
from collateral.expressions.formats import Formats
from collateral.ooxml.pieces import Pieces, PieceSource
from collateral.ooxml.template.filling.budget import Budget
from collateral.ooxml.template.filling.functions import RECOVERABLE, Functions, Writer
from collateral.ooxml.template.filling.wiring import Reading, Wiring
from collateral.ooxml.template.shapes.texts import OpenParagraph, made_of_texts

Made = TypeVar("Made")
_SAME: Final = frozenset(("formats", "pieces", "fit", "slide_tag", "ended_title", "chart"))
"""What a function may ask the state for if what it filled is to be finished."""


class _Measuring(Reading):
    """The state of filling a slide whose shapes are read: tables that may go on stay out."""

    def __init__(self, source: PieceSource, formats: Formats, title_end: str) -> None:
        super().__init__(Budget(), formats)
        self.source, self.title_end = source, title_end
        self.tag = True
        self.first_id = self.next_id
        self.asked: list[tuple[str, Any, Mapping[str, Any]]] = []

    def rows(self, piece: int, items: Sequence[Any], out: list[bytes], cost: int) -> Sequence[Any]:
        return ()

    def shows(self, piece: int, out: list[bytes]) -> bool:
        return False

    def fit(self, argument: tuple[int, bytes]) -> bytes:
        """What the template has, to be found again."""
        return self.source.open_fit(argument)

    def chart(self, rel_id: str, value: Any, known: Mapping[str, Any]) -> bytes:
        """Nothing: what is wrong with the data is said when the slide is written."""
        self.asked.append((rel_id, value, known))
        return b""


class Filled:
    """A slide of a deck that was filled to be measured."""

    __slots__ = ("_data", "_functions", "_name", "_pieces", "_state", "_values")

    def __init__(
        self,
        functions: Functions,
        name: str,
        values: Mapping[str, Any],
        data: bytes,
        state: _Measuring,
    ) -> None:
        self._functions, self._name, self._values = functions, name, values
        self._data, self._state = data, state
        self._pieces = functions.pieces(name, state)

    def made_of_texts(
        self, shapes: Sequence[int], ready: Callable[[OpenParagraph], Callable[[Sequence[str]], Made]]
    ) -> list[tuple[int, list[Made]]]:
        """What `ready` makes of the paragraphs of these shapes; see `shapes.texts`."""
        return made_of_texts(self._data, shapes, ready, self._pieces)

    def finished(
        self, functions: Functions, name: str, values: Mapping[str, Any], state: Wiring
    ) -> tuple[bytes, Pieces] | None:
        """The slide as the function of this name would write it with this state; None when that has to run."""
        made_of = self._functions is functions and self._name == name and self._values is values
        if not (made_of and self._is_written_as(state) and _asks_for_the_same(functions.fast(name))):
            return None
        try:
            for asked in self._state.asked:
                state.chart(*asked)
            state.budget.spend(self._state.budget)
        except RECOVERABLE:
            return None  # and running it will tell why
        made = self._pieces.with_fits(state.fit)
        return b"".join(made.pieces), made

    def _is_written_as(self, state: Wiring) -> bool:
        """Whether the states say the same, and formatted values have left nothing behind."""
        own = self._state
        return (
            state.tag
            and own.title_end == state.title_end
            and not own.related
            and own.next_id == own.first_id
            and own.formats == state.formats
        )


def filled_of(
    functions: Functions, name: str, values: Mapping[str, Any], formats: Formats, title_end: str
) -> tuple[Filled | None, list[Diagnostic]]:
    """The slide that the function of this name writes, filled to be measured; None when its values are wrong."""
    source = functions.source(name)
    data, state, found = functions.run(name, values, lambda: _Measuring(source, formats, title_end))
    return (None if has_errors(found) else Filled(functions, name, values, data, state)), found


@lru_cache(maxsize=1024)
def _asks_for_the_same(function: Writer) -> bool:
    """Whether nothing that a function may ask the state for is different when its slide is written."""
    return _SAME.issuperset(name for name in function.__code__.co_names if hasattr(Wiring, name))
