"""The generated functions of a template: made once, run for every piece.

In: operations of parts, or the marshalled code a cache kept. Out: for each part a function of the data that gives its
bytes, and diagnostics when it cannot. The careful functions are only built when something went wrong.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.hints import closest
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.ooxml.pieces import Pieces, PieceSource
from collateral.ooxml.template.filling.budget import TooLarge
from collateral.ooxml.template.filling.runtime import namespace
from collateral.ooxml.template.filling.wiring import Wiring

Writer = Callable[[Mapping[str, Any], Wiring], Any]
State = TypeVar("State", bound=Wiring)
RECOVERABLE = (
    ExpressionError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    NameError,
    AttributeError,
)
MAX_LISTED = 50
"""How many missing values one part lists before the rest is only counted."""
MAX_TURNS = 5
"""How many turns of a loop a message names."""


@dataclass(slots=True)
class Functions:
    """Marshalled code of the fast and the careful functions, and the tags the careful ones refer to by number."""

    fast_code: bytes
    careful_code: bytes
    sites: tuple[tuple[tuple[Any, ...] | None, str, str], ...]
    _fast: dict[str, Any] = field(default_factory=dict)
    _careful: dict[str, Any] = field(default_factory=dict)
    _sources: dict[str, PieceSource] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        return Functions, (self.fast_code, self.careful_code, self.sites)

    def fast(self, name: str) -> Writer:
        """The fast function of this name."""
        if not self._fast:
            self._fast = _load(self.fast_code)
        return self._fast[name]  # type: ignore[no-any-return]

    def pieces(self, name: str, wiring: Wiring) -> Pieces:
        """What the fast function of this name just gave, in pieces."""
        return Pieces(self.source(name), wiring.pieces)

    def source(self, name: str) -> PieceSource:
        """What is known of the parts that the fast function of this name gives."""
        source = self._sources.get(name)
        if source is None:
            constants = self.fast(name).__code__.co_consts
            source = self._sources[name] = PieceSource([c for c in constants if isinstance(c, bytes)])
        return source

    def careful(self, name: str) -> Writer:
        """The careful function of this name."""
        if not self._careful:
            self._careful = _load(self.careful_code)
        return self._careful[name]  # type: ignore[no-any-return]

    def run(
        self, name: str, data: Mapping[str, Any], make: Callable[[], State]
    ) -> tuple[Any, State, list[Diagnostic]]:
        """What the function gives, the state it left, and what is wrong with the data."""
        wiring = make()
        try:
            return self.fast(name)(data, wiring), wiring, []
        except RECOVERABLE:
            return self._explained(name, data, make())

    def _explained(
        self, name: str, data: Mapping[str, Any], wiring: State
    ) -> tuple[Any, State, list[Diagnostic]]:
        found: list[Diagnostic] = []
        result: Any = b""
        try:
            result = self.careful(name)(data, wiring)
        except TooLarge as problem:
            found.append(Diagnostic.error("piece-too-large", str(problem), None, "is a loop inside itself?"))
        reported = wiring.problems[:MAX_LISTED]
        first = dict(reversed(reported))
        turns = wiring.turns_of or {}
        found += [self._diagnostic(site, first[site], turns.get(site, []), data) for site in sorted(first)]
        return result, wiring, found

    def _diagnostic(
        self, site: int, problem: Exception, turns: list[tuple[int, ...]], data: Mapping[str, Any]
    ) -> Diagnostic:
        at, tag, source = self.sites[site]
        place = Place(*at) if at is not None else None
        if isinstance(problem, MissingValue):
            path = problem.path or source
            hint = "give it a value, or write | default(…) in the tag"
            return Diagnostic.error(
                "missing-value",
                f'no value for "{path}" in "{tag}"{_shown(turns)}',
                place,
                *_meant(path, data),
                hint,
            )
        message = str(problem) if isinstance(problem, ExpressionError) else f"cannot be worked out: {problem}"
        return Diagnostic.error("value-unusable", f'"{tag}": {message}{_shown(turns)}', place)


def _meant(path: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """A hint naming what the data have instead of a path, where something in them is called nearly the same."""
    known: object = data
    before, _, name = path.rpartition(".")
    for step in before.split(".") if before else ():
        known = known.get(step) if isinstance(known, Mapping) else None
    if not isinstance(known, Mapping) or name in known:
        return ()
    like = closest(name, filter(str.isidentifier, map(str, known)))
    return (f'did you mean "{before}.{like}"?' if before else f'did you mean "{like}"?',) if like else ()


def _shown(turns: list[tuple[int, ...]]) -> str:
    """In which turns of the loops around it a tag failed: `, in turn 2 of its loop`, `2.1` for the first in the second."""
    if not turns:
        return ""
    named = [".".join(map(str, turn)) for turn in dict.fromkeys(turns)]
    listed = ", ".join(named[:MAX_TURNS])
    rest = f" and {len(named) - MAX_TURNS:,} more" if len(named) > MAX_TURNS else ""
    return f", in turn {listed}{rest} of its loop"


def _load(code: bytes) -> dict[str, Any]:
    space = namespace()
    exec(marshal.loads(code), space)  # noqa: S102, S302  our own generated code, checked by digest when it was cached
    return space


def compile_functions(fast: str, careful: str, sites: list[tuple[Place | None, str, str]]) -> Functions:
    """Functions from generated source."""
    return Functions(
        marshal.dumps(compile(fast, "<template>", "exec", optimize=2)),
        marshal.dumps(compile(careful, "<template, careful>", "exec", optimize=2)),
        tuple((_as_tuple(place), tag, source) for place, tag, source in sites),
    )


def _as_tuple(place: Place | None) -> tuple[Any, ...] | None:
    if place is None:
        return None
    return tuple(getattr(place, name) for name in Place.__slots__)
