"""`dataclass` as in the standard library, except that a class's methods are made when they are first needed.

The standard decorator compiles half a dozen functions for every class when its module is imported; with 170 classes that
was a quarter of what a cold command costs. Here the constructor is compiled at its first call and everything else is
shared. The standard module is imported only where somebody asks for what is not here, for it brings all of `inspect`: take `field` and
`replace` from here too. Type checkers see the standard ones; `fields`, `asdict` and the rest of the standard library work as ever.
Classes with anything beyond `frozen`, `slots`, plain fields and `__post_init__` are handed to the standard library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_MISSING: Any = object()


class _Field:
    """What `field` was told."""

    __slots__ = ("compare", "default", "factory", "init", "more", "repr")

    def __init__(
        self,
        *,
        default: object = _MISSING,
        default_factory: Any = _MISSING,
        init: bool = True,
        repr: bool = True,
        compare: bool = True,
        **more: object,
    ) -> None:
        self.default, self.factory = default, default_factory
        self.init, self.repr, self.compare, self.more = init, repr, compare, more

    def standard(self) -> object:
        """The same, as the standard library wants it."""
        import dataclasses

        more = self.more | {"init": self.init, "repr": self.repr, "compare": self.compare}
        if self.default is not _MISSING:
            more["default"] = self.default
        if self.factory is not _MISSING:
            more["default_factory"] = self.factory
        made: Any = dataclasses.field
        return made(**more)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    field = _Field

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Make a class a dataclass; with `slots=True` its methods are made when they are first needed."""
        return _process(cls, options) if cls is not None else lambda given: _process(given, options)

    def replace(value: Any, /, **changes: object) -> Any:
        """The same value with other fields."""
        cls = value.__class__
        if not hasattr(cls, _DEFAULTS):
            import dataclasses

            return dataclasses.replace(value, **changes)
        for name in cls.__match_args__:
            if name not in changes:
                changes[name] = getattr(value, name)
        return cls(**changes)


_FIELDS = "__dataclass_fields__"
_DEFAULTS = "__lazy_defaults__"
_OWN_METHODS = ("__init__", "__eq__", "__hash__", "__setattr__", "__slots__")
_FEW = 12
_calls: dict[type, int] = {}
_keys: dict[type, Callable[[object], object]] = {}
_fields: dict[type, dict[str, _Field]] = {}


def _process(cls: type, options: Mapping[str, bool]) -> type:
    notes = _annotations(cls)
    defaults = {name: cls.__dict__[name] for name in notes if name in cls.__dict__}
    if (
        not options.get("slots")
        or options.keys() - {"frozen", "slots"}
        or not _is_plain(cls, notes, defaults)
    ):
        return _standard(cls, options, defaults)
    frozen = options.get("frozen")
    unset = {name for name, value in defaults.items() if isinstance(value, _Field) and not value.init}
    if frozen and (unset or hasattr(cls, "__post_init__")):
        return _standard(cls, options, defaults)
    left_out = {"__dict__", "__weakref__", *defaults}
    body = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    own = {
        "__slots__": tuple(notes),
        "__match_args__": tuple(name for name in notes if name not in unset),
        _FIELDS: _LAZY,
        _DEFAULTS: defaults,
    }
    made = type(cls)(cls.__name__, cls.__bases__, {**(_FROZEN if frozen else _OPEN), **body, **own})
    made.__qualname__ = cls.__qualname__
    return made


def _is_plain(cls: type, notes: Mapping[str, object], defaults: Mapping[str, object]) -> bool:
    """Whether the class has only what is handled here: plain fields of its own."""
    said = " ".join(map(str, notes.values()))
    return (
        not any(word in said for word in ("ClassVar", "InitVar", "KW_ONLY"))
        and not any(name in cls.__dict__ for name in _OWN_METHODS)
        and not any(hasattr(base, _FIELDS) for base in cls.__bases__)
        and not any(
            value.more if isinstance(value, _Field) else type(value).__module__ == "dataclasses"
            for value in defaults.values()
        )
    )


def _standard(cls: type, options: Mapping[str, bool], defaults: Mapping[str, object]) -> type:
    import dataclasses

    for name, value in defaults.items():
        if isinstance(value, _Field):
            setattr(cls, name, value.standard())
    decorate: Any = dataclasses.dataclass(**options)
    made: type = decorate(cls)
    return made


class _LazyFields:
    """Stands for `__dataclass_fields__` until somebody asks."""

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        import dataclasses

        cls = _home(owner)
        body: dict[str, Any] = {"__annotations__": _annotations(cls)}
        body |= {"__module__": cls.__module__, "__doc__": cls.__name__}
        for name, value in cls.__dict__[_DEFAULTS].items():
            body[name] = value.standard() if isinstance(value, _Field) else value
        plain: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(type(cls.__name__, (), body))
        found: dict[str, Any] = plain.__dataclass_fields__
        setattr(cls, _FIELDS, found)
        return found


_LAZY = _LazyFields()


def _home(cls: type) -> type:
    """The class itself, or the one it is derived from, that was made here."""
    return next(c for c in cls.__mro__ if _DEFAULTS in c.__dict__)


def _described(cls: type) -> dict[str, _Field]:
    """Each field of a class that was made here."""
    found = _fields.get(cls)
    if found is None:
        defaults = cls.__dict__[_DEFAULTS]
        given = {name: defaults.get(name, _MISSING) for name in _annotations(cls)}
        found = _fields[cls] = {
            name: value if isinstance(value, _Field) else _Field(default=value)
            for name, value in given.items()
        }
    return found


def _first_init(self: Any, *args: object, **kwargs: object) -> None:
    """The constructor for the first few calls; a class that is made more often gets a compiled one.

    Compiling takes as long as a few dozen of these calls, and most classes are made only now and then.
    """
    cls = _home(type(self))
    calls = _calls[cls] = _calls.get(cls, 0) + 1
    values = _values(cls, args, kwargs) if calls <= _FEW else None
    if values is None:
        init = _make_init(cls)
        type.__setattr__(cls, "__init__", init)
        init(self, *args, **kwargs)
        return
    for name, value in values.items():
        object.__setattr__(self, name, value)
    if hasattr(cls, "__post_init__"):
        self.__post_init__()


def _values(cls: Any, args: tuple[object, ...], kwargs: dict[str, object]) -> dict[str, object] | None:
    """The value of each field; None when the call is wrong, which the compiled constructor words best."""
    fields = _described(cls)
    values = dict(zip(cls.__match_args__, args, strict=False))
    if len(args) > len(cls.__match_args__) or not kwargs.keys() <= fields.keys() - values.keys():
        return None
    values |= kwargs
    for name, field in fields.items():
        if name not in values:
            if field.factory is not _MISSING:
                values[name] = field.factory()
            elif field.default is not _MISSING:
                values[name] = field.default
            elif field.init:
                return None
        elif not field.init:
            return None
    return values


def _make_init(cls: type) -> Callable[..., None]:
    names: dict[str, object] = {"_MADE": _MISSING}
    parameters, lines = ["self"], []
    frozen = cls.__dict__.get("__setattr__") is _refuse_set
    for name, field in _described(cls).items():
        names[f"_set_{name}"] = cls.__dict__[name].__set__
        value, parameter = name, name
        if field.default is not _MISSING:
            names[f"_default_{name}"] = field.default
            value, parameter = name if field.init else f"_default_{name}", f"{name}=_default_{name}"
        elif field.factory is not _MISSING:
            names[f"_factory_{name}"] = field.factory
            made = f"_factory_{name}()"
            value, parameter = (
                f"{made} if {name} is _MADE else {name}" if field.init else made,
                f"{name}=_MADE",
            )
        elif not field.init:
            continue
        parameters += [parameter] if field.init else []
        lines.append(f"    _set_{name}(self, {value})" if frozen else f"    self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or "    pass")
    exec(source, names)  # noqa: S102 - field names only, which Python has parsed as names before
    init = names["__init__"]
    assert callable(init)
    return init


def _annotations(cls: type) -> dict[str, object]:
    """The class's own annotations, as written."""
    # straight from the class: inspect.get_annotations costs more than all the rest
    found: dict[str, object] = cls.__dict__.get("__annotations__", {})  # noqa: RUF063
    return found


def _key(cls: type) -> Callable[[object], object]:
    """What two instances are compared by."""
    key = _keys.get(cls)
    if key is None:
        names = [name for name, field in _described(_home(cls)).items() if field.compare]
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
    fields = _described(_home(self.__class__)).items()
    shown = [f"{name}={getattr(self, name)!r}" for name, field in fields if field.repr]
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_set(self: object, name: str, value: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__match_args__]


def _setstate(self: Any, state: list[object]) -> None:
    if len(state) != len(self.__match_args__):
        raise ValueError("made by another version of the class")
    # a library and a master hold a thousand values: one pass in C, in half the time of a loop (every answer is None)
    any(map(object.__setattr__, repeat(self), self.__match_args__, state))


_OPEN: dict[str, object] = {"__init__": _first_init, "__eq__": _eq, "__repr__": _repr, "__hash__": None}
_FROZEN: dict[str, object] = {
    **_OPEN,
    "__hash__": _hash,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
