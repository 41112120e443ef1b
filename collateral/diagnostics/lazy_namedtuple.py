"""`NamedTuple` as in the standard library, except that a class's constructor is compiled when it is much used.

The standard one compiles a constructor for every class, and every annotation, when its module is imported: five times what the class itself
costs. Type checkers see the standard `NamedTuple`. Bases of its own and generic named tuples are not handled here.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

_FEW = 100
_calls: dict[type, int] = {}


def _first_new(cls: Any, /, *values: object, **named: object) -> Any:
    """The constructor for the first calls; a class that is made more often gets a compiled one.

    Compiling takes as long as some hundred of these calls, and most classes are made only now and then.
    """
    _calls[cls] = _calls.get(cls, 0) + 1
    if _calls[cls] <= _FEW and not named and len(values) == len(cls._fields):
        return tuple.__new__(cls, values)
    home = next(c for c in cls.__mro__ if "_field_defaults" in c.__dict__)
    home.__new__ = staticmethod(_make_new(home))
    return home.__new__(cls, *values, **named)


def _make_new(cls: Any) -> Callable[..., Any]:
    names = ", ".join(cls._fields)
    source = f"lambda _cls, {names}: _new(_cls, ({names},))"
    made: Any = eval(source, {"_new": tuple.__new__})  # noqa: S307 - field names only, which Python has parsed as names before
    made.__defaults__ = tuple(cls._field_defaults.values())
    made.__name__, made.__qualname__ = "__new__", f"{cls.__qualname__}.__new__"
    return made  # type: ignore[no-any-return]


class _Shared:
    """What every named tuple is given."""

    @classmethod
    def _make(cls: Any, values: Iterable[object]) -> Any:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self: Any, /, **named: object) -> Any:
        made = self._make(map(named.pop, self._fields, self))
        if named:
            raise ValueError(f"Got unexpected field names: {list(named)!r}")
        return made

    def _asdict(self: Any) -> dict[str, object]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self: Any) -> str:
        shown = [f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)]
        return f"{self.__class__.__name__}({', '.join(shown)})"

    def __getnewargs__(self: Any) -> tuple[object, ...]:
        return tuple(self)


_SHARED = {name: value for name, value in vars(_Shared).items() if callable(value) or name == "_make"}


class _Maker(type):
    def __new__(cls, name: str, _: tuple[type, ...], body: dict[str, Any]) -> Any:
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body[field] for field in fields if field in body}
        if fields[len(fields) - len(defaults) :] != tuple(defaults):
            raise TypeError(f"a field of {name} without a default follows one with a default")
        getters = {field: _tuplegetter(place, "") for place, field in enumerate(fields)}
        known = {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields, "__slots__": ()}
        return type(name, (tuple,), {"__new__": _first_new, **_SHARED, **body, **getters, **known})


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
