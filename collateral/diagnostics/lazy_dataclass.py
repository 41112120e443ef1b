"""`dataclass` as in the standard library, except that a class's methods are made when they are first needed.

The standard decorator compiles half a dozen functions for every class when its module is imported; with 170 classes that
was a quarter of what a cold command costs. Here the constructor is compiled at its first call and everything else is
shared. Type checkers see the standard decorator; `field`, `fields` and `replace` of the standard library work as ever.
Classes with anything beyond `frozen`, `slots` and plain fields are handed to the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Make a class a dataclass; with `slots=True` its methods are made when they are first needed."""
        return _process(cls, options) if cls is not None else lambda given: _process(given, options)


_FIELDS = "__dataclass_fields__"
_OWN_METHODS = ("__init__", "__eq__", "__hash__", "__setattr__", "__post_init__", "__slots__")
_FEW = 12
_calls: dict[type, int] = {}
_keys: dict[type, Callable[[object], object]] = {}


def _process(cls: type, options: dict[str, bool]) -> type:
    if not options.get("slots") or set(options) - {"frozen", "slots"} or not _is_plain(cls):
        made: type = dataclasses.dataclass(**options)(cls)
        return made
    body = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    names = tuple(_annotations(cls))
    defaults = {name: body.pop(name) for name in names if name in body}
    shared = _FROZEN if options.get("frozen") else _OPEN
    body = {**shared, **body, "__slots__": names, "__match_args__": names, _FIELDS: _LazyFields(defaults)}
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _is_plain(cls: type) -> bool:
    """Whether the class has only what is handled here: plain fields of its own."""
    notes = _annotations(cls)
    fields = [v for n in notes if isinstance(v := cls.__dict__.get(n), dataclasses.Field)]
    return (
        all(field.init and field.kw_only is not True and field.hash is None for field in fields)
        and not any(name in cls.__dict__ for name in _OWN_METHODS)
        and not any(hasattr(base, _FIELDS) for base in cls.__bases__)
        and not any(
            word in str(note) for note in notes.values() for word in ("ClassVar", "InitVar", "KW_ONLY")
        )
    )


class _LazyFields:
    """Stands for `__dataclass_fields__` until somebody asks."""

    def __init__(self, defaults: dict[str, object]) -> None:
        self.defaults = defaults

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        cls = next(c for c in owner.__mro__ if c.__dict__.get(_FIELDS) is self)
        body = {"__annotations__": _annotations(cls), "__module__": cls.__module__, "__doc__": cls.__name__}
        plain: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(
            type(cls.__name__, (), body | self.defaults)
        )
        found: dict[str, Any] = plain.__dataclass_fields__
        setattr(cls, _FIELDS, found)
        return found


def _first_init(self: object, *args: object, **kwargs: object) -> None:
    """The constructor for the first few calls; a class that is made more often gets a compiled one.

    Compiling takes as long as a few dozen of these calls, and most classes are made only now and then.
    """
    cls = next(c for c in type(self).__mro__ if _FIELDS in c.__dict__)
    calls = _calls[cls] = _calls.get(cls, 0) + 1
    values = _values(cls, args, kwargs) if calls <= _FEW else None
    if values is not None:
        for name, value in values.items():
            object.__setattr__(self, name, value)
        return
    init = _make_init(cls)
    type.__setattr__(cls, "__init__", init)
    init(self, *args, **kwargs)


def _values(cls: type, args: tuple[object, ...], kwargs: dict[str, object]) -> dict[str, object] | None:
    """The value of each field; None when the call is wrong, which the compiled constructor words best."""
    parameters = list(_parameters(cls))
    values = {name: value for (name, _, _), value in zip(parameters, args, strict=False)}
    if len(args) > len(parameters) or not values.keys().isdisjoint(kwargs):
        return None
    values |= kwargs
    for name, default, factory in parameters:
        if name not in values:
            if default is dataclasses.MISSING and not callable(factory):
                return None
            values[name] = factory() if callable(factory) else default
    return values if len(values) == len(parameters) else None


def _make_init(cls: type) -> Callable[..., None]:
    names: dict[str, object] = {"_MADE": dataclasses.MISSING}
    parameters, lines = ["self"], []
    frozen = cls.__dict__.get("__setattr__") is _refuse_set
    for name, default, factory in _parameters(cls):
        names[f"_set_{name}"] = cls.__dict__[name].__set__
        value = name
        if default is not dataclasses.MISSING:
            names[f"_default_{name}"] = default
            parameters.append(f"{name}=_default_{name}")
        elif factory is not dataclasses.MISSING:
            names[f"_factory_{name}"] = factory
            parameters.append(f"{name}=_MADE")
            value = f"_factory_{name}() if {name} is _MADE else {name}"
        else:
            parameters.append(name)
        lines.append(f"    _set_{name}(self, {value})" if frozen else f"    self.{name} = {value}")
    source = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or "    pass")
    exec(source, names)  # noqa: S102 - field names only, which Python has parsed as names before
    made = names["__init__"]
    assert callable(made)
    return made


def _parameters(cls: type) -> Iterator[tuple[str, object, object]]:
    """Name, default and default factory of each field, without making the standard library's fields for it."""
    known = cls.__dict__[_FIELDS]
    given = known.defaults if isinstance(known, _LazyFields) else known
    for name in _annotations(cls):
        value = given.get(name, dataclasses.MISSING)
        if isinstance(value, dataclasses.Field):
            yield name, value.default, value.default_factory
        else:
            yield name, value, dataclasses.MISSING


def _annotations(cls: type) -> dict[str, object]:
    """The class's own annotations, as written."""
    # straight from the class: inspect.get_annotations costs more than all the rest
    found: dict[str, object] = cls.__dict__.get("__annotations__", {})  # noqa: RUF063
    return found


def _key(cls: type) -> Callable[[object], object]:
    """What two instances are compared by."""
    key = _keys.get(cls)
    if key is None:
        names = [name for name, field in getattr(cls, _FIELDS).items() if field.compare]
        key = _keys[cls] = attrgetter(*names) if names else lambda _: ()
    return key


def _eq(self: object, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    key = _key(self.__class__)
    return key(self) == key(other)


def _hash(self: object) -> int:
    return hash(_key(self.__class__)(self))


def _repr(self: object) -> str:
    shown = [f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr]  # type: ignore[arg-type]
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_set(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__match_args__]


def _setstate(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)


_OPEN: dict[str, object] = {"__init__": _first_init, "__eq__": _eq, "__repr__": _repr, "__hash__": None}
_FROZEN: dict[str, object] = {
    **_OPEN,
    "__hash__": _hash,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
