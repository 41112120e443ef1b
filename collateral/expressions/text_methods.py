"""What Python's own methods of a text do, for templates that use them: bounded, and on text only.

In: `Formats` in effect, the text, the author's arguments, as for every filter. Out: what the method gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collateral.expressions import operators as o
from collateral.expressions.arguments import as_count, as_text
from collateral.expressions.errors import ExpressionError
from collateral.expressions.formats import Formats, as_moment

_QUESTIONS = (
    "isalnum", "isalpha", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper",
)  # fmt: skip


def _asks(name: str) -> Callable[[Formats, object], bool]:
    method = getattr(str, name)
    return lambda formats, value: method(as_text(value))


def _padded(name: str) -> Callable[..., str]:
    method = getattr(str, name)

    def pad(formats: Formats, value: object, width: int, fill: str = " ") -> str:
        filling = as_text(fill)
        if len(filling) != 1:
            raise ExpressionError(f'"{filling}" is not one character to fill up with')
        return o.text_of_size(method(as_text(value), as_count(width, o.MAX_TEXT), filling))

    return pad


def center(formats: Formats, value: object, width: int = 80, fill: str = " ") -> str:
    """The text in the middle of so many characters."""
    return _CENTER(formats, value, width, fill)


_CENTER = _padded("center")


def _split_from_right(
    formats: Formats, value: object, separator: str | None = None, most: int = -1
) -> list[Any]:
    return as_text(value).rsplit(as_text(separator) if separator else None, as_count(most))


def _begins(formats: Formats, value: object, start: object) -> bool:
    return as_text(value).startswith(_one_or_several(start))


def _ends(formats: Formats, value: object, end: object) -> bool:
    return as_text(value).endswith(_one_or_several(end))


def _one_or_several(wanted: object) -> str | tuple[str, ...]:
    return tuple(as_text(each) for each in wanted) if isinstance(wanted, list | tuple) else as_text(wanted)


def _without(formats: Formats, value: object, characters: object, *, left: bool) -> str:
    text, stripped = as_text(value), None if characters is None else as_text(characters)
    return text.lstrip(stripped) if left else text.rstrip(stripped)


TEXT_METHODS: Mapping[str, Callable[..., Any]] = {
    **{name: _asks(name) for name in _QUESTIONS},
    "startswith": _begins,
    "endswith": _ends,
    "find": lambda formats, value, wanted: as_text(value).find(as_text(wanted)),
    "rfind": lambda formats, value, wanted: as_text(value).rfind(as_text(wanted)),
    "ljust": _padded("ljust"),
    "rjust": _padded("rjust"),
    "zfill": lambda formats, value, width: o.text_of_size(as_text(value).zfill(as_count(width, o.MAX_TEXT))),
    "lstrip": lambda formats, value, characters=None: _without(formats, value, characters, left=True),
    "rstrip": lambda formats, value, characters=None: _without(formats, value, characters, left=False),
    "swapcase": lambda formats, value: as_text(value).swapcase(),
    "casefold": lambda formats, value: as_text(value).casefold(),
    "splitlines": lambda formats, value: as_text(value).splitlines(),
    "rsplit": _split_from_right,
    "partition": lambda formats, value, separator: list(as_text(value).partition(as_text(separator))),
    "rpartition": lambda formats, value, separator: list(as_text(value).rpartition(as_text(separator))),
    "removeprefix": lambda formats, value, start: as_text(value).removeprefix(as_text(start)),
    "removesuffix": lambda formats, value, end: as_text(value).removesuffix(as_text(end)),
    "isoformat": lambda formats, value: as_moment(value).isoformat(),
    "weekday": lambda formats, value: as_moment(value).weekday(),
    "isoweekday": lambda formats, value: as_moment(value).isoweekday(),
}
"""By the name of the method; all of them may also be used as filters."""
